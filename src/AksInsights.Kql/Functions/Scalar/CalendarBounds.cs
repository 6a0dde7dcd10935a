using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Where the day, week, month or year of a point in time begins and ends.</summary>
internal static class CalendarBounds
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Start("day", (ticks, offset) => Calendar.StartOfDay(Calendar.Day(ticks) + (Int128)offset)) with { KeepsName = true },
        Start("week", (ticks, offset) => Calendar.StartOfWeek(Calendar.Week(ticks) + (Int128)offset)),
        Start("month", (ticks, offset) => Calendar.StartOfMonth(Calendar.Month(ticks) + (Int128)offset)),
        Start("year", (ticks, offset) => Calendar.StartOfMonth((Calendar.At(ticks).Year - 1 + (Int128)offset) * 12)),
        End("day", (ticks, offset) => Calendar.StartOfDay(Calendar.Day(ticks) + (Int128)offset + 1)),
        End("week", (ticks, offset) => Calendar.StartOfWeek(Calendar.Week(ticks) + (Int128)offset + 1)),
        End("month", (ticks, offset) => Calendar.StartOfMonth(Calendar.Month(ticks) + (Int128)offset + 1)),
        End("year", (ticks, offset) => Calendar.StartOfMonth((Calendar.At(ticks).Year + (Int128)offset) * 12)),
    ];

    private static FunctionEntry Start(string unit, Func<long, long, Maybe<long>> start) => new(
        $"startof{unit}", FunctionKind.Scalar,
        $"The first tick of the {unit} of a point in time{Note(unit)}, shifted by a number of {unit}s. Null beyond the years 1 to 9999.",
        $"startof{unit}(datetime(2017-01-01 10:10:17), -1)", $"startof{unit}-function")
    {
        Signatures = Forms(unit == "day" ? new SpanMap<DayStart, long, long>() : null, (ticks, offset) => Within(start(ticks, offset))),
    };

    private static FunctionEntry End(string unit, Func<long, long, Maybe<long>> next) => new(
        $"endof{unit}", FunctionKind.Scalar,
        $"The last tick of the {unit} of a point in time{Note(unit)}, shifted by a number of {unit}s. Null beyond the years 1 to 9999.",
        $"endof{unit}(datetime(2017-01-01 10:10:17), -1)", $"endof{unit}-function")
    {
        Signatures = Forms(null, (ticks, offset) => Before(next(ticks, offset))),
    };

    private static string Note(string unit) => unit == "week" ? ", weeks being Sunday to Saturday" : "";

    private static IReadOnlyList<Signature> Forms(ScalarKernel? plain, Func<long, long, Maybe<long>> bound)
    {
        plain ??= Map.OfMaybe<long, long>(ticks => bound(ticks, 0));
        var shifted = Map.OfMaybe(bound);
        return
        [
            new([Parameter.DateTime("date")], KqlType.DateTime) { Kernel = _ => plain },
            new([Parameter.DateTime("date"), Parameter.Long("offset")], KqlType.DateTime) { Kernel = _ => shifted },
        ];
    }

    private static Maybe<long> Within(Maybe<long> start) => start.HasValue && start.Value > Calendar.LastTick ? Maybe<long>.Null : start;

    private static Maybe<long> Before(Maybe<long> next) => next is { HasValue: true, Value: > 0 } ? next.Value - 1 : Maybe<long>.Null;

    private readonly struct DayStart : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => ticks - (ticks % TimeSpan.TicksPerDay);
    }
}
