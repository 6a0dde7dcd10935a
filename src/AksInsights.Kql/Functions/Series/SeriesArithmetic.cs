using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Arithmetic and comparison of two series item by item, or of a series with one number.</summary>
/// <remarks>An item that is missing in one series or is no number gives a null item; the result is as long as the longer series.</remarks>
internal static class SeriesArithmetic
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Of("series_add", "The sums", (a, b) => a + b, (a, b) => unchecked(a + b)),
        Of("series_subtract", "The differences", (a, b) => a - b, (a, b) => unchecked(a - b)),
        Of("series_multiply", "The products", (a, b) => a * b, (a, b) => unchecked(a * b)),
        Of("series_divide", "The quotients, as reals,", (a, b) => a / b, (a, b) => (double)a / b),
        Of("series_pow", "The powers, as reals,", (a, b) => Math.Pow(a, b), (a, b) => Math.Pow(a, b)),
        Of("series_greater", "Whether the first is greater,", (a, b) => a > b, (a, b) => a > b),
        Of("series_greater_equals", "Whether the first is greater or equal,", (a, b) => a >= b, (a, b) => a >= b),
        Of("series_less", "Whether the first is less,", (a, b) => a < b, (a, b) => a < b),
        Of("series_less_equals", "Whether the first is less or equal,", (a, b) => a <= b, (a, b) => a <= b),
        Of("series_equals", "Whether both are equal,", (a, b) => a == b, (a, b) => a == b),
        Of("series_not_equals", "Whether both differ,", (a, b) => a != b, (a, b) => a != b),
    ];

    /// <summary>The forms of a function of two series of which one may be a number.</summary>
    public static IReadOnlyList<Signature> Forms(KqlType result, ScalarKernel kernel)
    {
        Parameter Series(int i) => Parameter.Dynamic($"series{i}");
        Parameter Number(int i) => new($"series{i}", TypeSet.Number, KqlType.Dynamic);
        return
        [
            new([Series(1), Series(2)], result) { Kernel = _ => kernel },
            new([Series(1), Number(2)], result) { Kernel = _ => kernel },
            new([Number(1), Series(2)], result) { Kernel = _ => kernel },
        ];
    }

    private static FunctionEntry Of(string name, string what, Func<double, double, object> reals, Func<long, long, object> wholes) =>
        new(name, FunctionKind.Scalar, $"{what} of two series item by item, or of a series and one number; null items where one is missing or no number.",
            $"{name}(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", SeriesValues.Page(name))
        {
            Signatures = Forms(KqlType.Dynamic, Map.Of<object, object, object?>((left, right) => Combine(left, right, reals, wholes))),
        };

    private static DynamicArray? Combine(object left, object right, Func<double, double, object> reals, Func<long, long, object> wholes)
    {
        if (!IsOperand(left) || !IsOperand(right)) return null;
        var items = new object?[Math.Max((left as DynamicArray)?.Count ?? 0, (right as DynamicArray)?.Count ?? 0)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = (At(left, i), At(right, i)) switch
            {
                (long a, long b) => wholes(a, b),
                ({ } a, { } b) => reals(DynamicEquality.ToReal(a), DynamicEquality.ToReal(b)),
                _ => null,
            };
        }

        return new DynamicArray(items);
    }

    private static bool IsOperand(object value) => value is DynamicArray || DynamicEquality.IsNumber(value);

    private static object? At(object operand, int index)
    {
        var item = operand is not DynamicArray array ? operand : index < array.Count ? array[index] : null;
        return DynamicEquality.IsNumber(item) ? item : null;
    }
}
