using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The query's clock: one reading for the whole query.</summary>
internal static class Clock
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("now", FunctionKind.Scalar, "The time at which the query runs, the same for all rows, moved by an offset if one is given.", "now(-2d)", "now-function")
        {
            Signatures =
            [
                new([], KqlType.DateTime) { Kernel = _ => Map.OfRow((site, _) => site.NowTicks) },
                new([Parameter.TimeSpan("offset")], KqlType.DateTime) { Kernel = _ => Map.OfRow((site, row) => Shift(site, row[0], 1)) },
            ],
        },
        new("ago", FunctionKind.Scalar, "The point in time a timespan before the query runs.", "ago(1h)", "ago-function")
        {
            Signatures =
            [
                new([Parameter.TimeSpan("timespan")], KqlType.DateTime) { Kernel = _ => Map.OfRow((site, row) => Shift(site, row[0], -1)) },
            ],
        },
    ];

    private static object? Shift(CallSite site, object? span, int sign)
    {
        if (span is not long ticks) return null;
        var moved = Calendar.Checked(site.NowTicks + (sign * (Int128)ticks));
        return moved.HasValue ? moved.Value : null;
    }
}
