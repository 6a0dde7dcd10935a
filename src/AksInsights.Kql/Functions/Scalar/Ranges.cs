using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Arrays of equally spaced values.</summary>
internal static class Ranges
{
    // Stated by the page; what lies beyond is cut off without a word.
    private const int MaxItems = 1 << 20;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("range", FunctionKind.Scalar,
            "An array of values from a start up to and including a stop, a step apart (1, or an hour for times, unless given), at most 1048576 of them. "
            + "A negative step goes down; null for a step of zero.",
            "range(1, 8, 3)", "range-function")
        {
            Signatures =
            [
                .. Forms(Number("start"), Number("stop"), Number("step")),
                .. Forms(new("start", TypeSet.TimeSpan), new("stop", TypeSet.TimeSpan), new("step", TypeSet.TimeSpan)),
                .. Forms(new("start", TypeSet.DateTime), new("stop", TypeSet.DateTime), new("step", TypeSet.TimeSpan)),
            ],
        },
    ];

    private static Parameter Number(string name) => Parameter.Common(name, TypeSet.Number);

    private static Signature[] Forms(Parameter start, Parameter stop, Parameter step) =>
    [
        new([start, stop], KqlType.Dynamic) { Kernel = Kernel },
        new([start, stop, step], KqlType.Dynamic) { Kernel = Kernel },
    ];

    private static ScalarKernel Kernel(CallShape call)
    {
        var type = call.Types[0];
        return Map.OfRow(row => row.Contains(null) ? null : type switch
        {
            KqlType.Real => Reals((double)row[0]!, (double)row[1]!, row.Length > 2 ? (double)row[2]! : 1),
            KqlType.Decimal => Decimals((decimal)row[0]!, (decimal)row[1]!, row.Length > 2 ? (decimal)row[2]! : 1),
            _ => Wholes(type, (long)row[0]!, (long)row[1]!, row.Length > 2 ? (long)row[2]! : DefaultStep(type)),
        });
    }

    private static long DefaultStep(KqlType type) => type.IsNumeric() ? 1 : TimeSpan.TicksPerHour;

    private static DynamicArray? Wholes(KqlType type, long start, long stop, long step)
    {
        if (step == 0) return null;
        var count = Count(((Int128)stop - start) / step, step > 0 ? start <= stop : start >= stop);
        var items = new object?[count];
        for (var i = 0; i < items.Length; i++) items[i] = Item(type, start + (i * step));
        return new DynamicArray(items);
    }

    private static object Item(KqlType type, long value) => type switch
    {
        KqlType.DateTime => new DateTime(value, DateTimeKind.Utc),
        KqlType.TimeSpan => new TimeSpan(value),
        _ => value,
    };

    private static DynamicArray? Reals(double start, double stop, double step)
    {
        if (!(Math.Abs(step) > 0) || !double.IsFinite(start)) return null;
        var steps = Math.Floor((stop - start) / step);
        var count = double.IsNaN(steps) || steps < 0 ? 0 : Count((Int128)Math.Min(steps, MaxItems), true);
        // Each item from the start, so that no error adds up.
        return new DynamicArray([.. Enumerable.Range(0, count).Select(i => (object?)(start + (i * step)))]);
    }

    private static DynamicArray? Decimals(decimal start, decimal stop, decimal step)
    {
        if (step == 0) return null;
        var items = new List<object?>();
        for (var item = start; items.Count < MaxItems && (step > 0 ? item <= stop : item >= stop); item += step)
        {
            items.Add(item);
            // One more step would leave the range of the type.
            if (step > 0 ? item > decimal.MaxValue - step : item < decimal.MinValue - step) break;
        }

        return new DynamicArray([.. items]);
    }

    private static int Count(Int128 steps, bool any) => any ? (int)Int128.Min(steps + 1, MaxItems) : 0;
}
