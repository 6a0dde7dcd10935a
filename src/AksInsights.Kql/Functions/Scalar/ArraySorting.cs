using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Sorting arrays, and others along with them.</summary>
internal static class ArraySorting
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Sort("array_sort_asc", "ascending", "array_sort_asc(dynamic([1, 3, 2]), dynamic(['a', 'c', 'b']))", 1),
        Sort("array_sort_desc", "descending", "array_sort_desc(dynamic([1, 3, 2]))", -1),
    ];

    private static FunctionEntry Sort(string name, string order, string example, int sign)
    {
        var kernel = Map.OfRow(row => Sort(row, sign));
        return new(
            name, FunctionKind.Scalar,
            $"An array in {order} order (numbers and times, then texts, then guids, then the rest), and more arrays reordered with it; "
            + "nulls come last unless the last argument is false. Null for an array that has another length than the first.",
            example, name.Replace('_', '-') + "-function")
        {
            MultiColumn = Columns,
            Signatures =
            [
                new([Parameter.Dynamic("array")], KqlType.Dynamic) { Repeats = true, Kernel = _ => kernel },
                new([Parameter.Dynamic("array"), new Parameter("nulls_last", TypeSet.Bool).Constant()], KqlType.Dynamic)
                {
                    Repeats = true,
                    AfterRepeat = 1,
                    Kernel = _ => kernel,
                },
            ],
        };
    }

    private static IReadOnlyList<OutputColumn> Columns(IReadOnlyList<string?> argumentNames, CallShape call)
    {
        var arrays = call.Types.Count - (call.Types[^1] == KqlType.Bool ? 1 : 0);
        return [.. argumentNames.Take(arrays).Select((name, i) => new OutputColumn($"{name ?? $"array{i}"}_sorted", KqlType.Dynamic))];
    }

    private static object? Sort(object?[] row, int sign)
    {
        var count = row[^1] is bool ? row.Length - 1 : row.Length;
        var nullsLast = row[^1] is not false;
        if (row[0] is not DynamicArray first) return count == 1 ? null : new DynamicArray(new object?[count]);
        var order = Order(first, sign, nullsLast);
        if (count == 1) return Reorder(first, order);
        return new DynamicArray([.. row.Take(count).Select(array => Reorder(array, order))]);
    }

    private static int[] Order(DynamicArray array, int sign, bool nullsLast)
    {
        var order = Enumerable.Range(0, array.Count).ToArray();
        Array.Sort(order, (a, b) =>
        {
            var compared = Compare(array[a], array[b], sign, nullsLast);
            // What is equal keeps its order.
            return compared != 0 ? compared : a.CompareTo(b);
        });
        return order;
    }

    private static DynamicArray? Reorder(object? value, int[] order) =>
        value is DynamicArray array && array.Count == order.Length ? new DynamicArray([.. order.Select(i => array[i])]) : null;

    private static int Compare(object? left, object? right, int sign, bool nullsLast)
    {
        if (left is null || right is null) return left is null && right is null ? 0 : (left is null) == nullsLast ? 1 : -1;
        var kind = Kind(left).CompareTo(Kind(right));
        return kind != 0 ? kind : sign * CompareAlike(left, right);
    }

    private static int Kind(object value) => value switch
    {
        long or double or decimal or DateTime or TimeSpan => 0,
        string => 1,
        Guid => 2,
        bool => 3,
        _ => 4,
    };

    private static int CompareAlike(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (Guid a, Guid b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (DynamicArray or DynamicBag, _) or (_, DynamicArray or DynamicBag) => 0,
        _ => DynamicEquality.CompareNumbers(Number(left), Number(right)),
    };

    private static object Number(object value) => value switch
    {
        DateTime instant => instant.Ticks,
        TimeSpan length => length.Ticks,
        _ => value,
    };
}
