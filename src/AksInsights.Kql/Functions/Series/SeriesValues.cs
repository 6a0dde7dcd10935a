using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Dynamic arrays read as series of numbers, and what the entries of the series functions share.</summary>
internal static class SeriesValues
{
    /// <summary>The items as reals; null unless the value is an array of numbers only.</summary>
    public static double[]? Read(object? value)
    {
        if (value is not DynamicArray array) return null;
        var numbers = new double[array.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!DynamicEquality.IsNumber(array[i])) return null;
            numbers[i] = DynamicEquality.ToReal(array[i]!);
        }

        return numbers;
    }

    /// <summary>An array of reals.</summary>
    public static DynamicArray ToArray(IEnumerable<double> numbers) => new([.. numbers.Select(number => (object?)number)]);

    /// <summary>The page of a function of the family: its name with hyphens.</summary>
    public static string Page(string name) => name.Replace('_', '-') + "-function";

    /// <summary>An optional number argument as the kernel sees it; the fallback where it is left out or null.</summary>
    public static double Number(object?[] row, int index, double fallback) => row.Length > index && row[index] is double number ? number : fallback;

    /// <summary>An optional whole-number argument; the fallback where it is left out or null.</summary>
    public static long Whole(object?[] row, int index, long fallback) => row.Length > index && row[index] is long number ? number : fallback;

    /// <summary>An optional text argument; the fallback where it is left out or empty.</summary>
    public static string Text(object?[] row, int index, string fallback) => row.Length > index && row[index] is string { Length: > 0 } text ? text : fallback;

    /// <summary>The columns <c>function_argument_suffix</c> of a call, after its first argument.</summary>
    public static MultiColumnShape Columns(string function, params (string Suffix, KqlType Type)[] columns) =>
        (names, _) => [.. columns.Select(column => new OutputColumn($"{function}_{(names.Count > 0 ? names[0] : "")}_{column.Suffix}", column.Type))];
}
