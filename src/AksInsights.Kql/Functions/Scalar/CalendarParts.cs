using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The parts of a point in time: its day of the month, its hour and so on.</summary>
internal static class CalendarParts
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Part<Year>("getyear", "The year.", "getyear(datetime(2015-10-12))", "getyear-function"),
        Part<MonthOfYear>("monthofyear", "The month, 1 to 12.", "monthofyear(datetime(2015-12-14))", "monthofyear-function") with
        {
            Aliases = ["getmonth"],
        },
        Part<DayOfMonth>("dayofmonth", "The day of the month, 1 to 31.", "dayofmonth(datetime(2015-12-14))", "day-of-month-function"),
        Part<DayOfYear>("dayofyear", "The day of the year, 1 to 366.", "dayofyear(datetime(2015-12-14))", "day-of-year-function"),
        Part<HourOfDay>("hourofday", "The hour, 0 to 23.", "hourofday(datetime(2015-12-14 18:54))", "hour-of-day-function"),
        Part<WeekOfYear>(
            "week_of_year", "The number of the week by ISO 8601: the first week is the one with the year's first Thursday.",
            "week_of_year(datetime(2020-12-31))", "week-of-year-function"),
        Part<OldWeekOfYear>(
            "weekofyear", "The number of the week, the first being the one with the year's first Wednesday; deprecated for week_of_year.",
            "weekofyear(datetime(2020-12-31))", "week-of-year-function"),
        Part<SinceSunday>(
            "dayofweek", "The number of days since the preceding Sunday, as a timespan.",
            "dayofweek(datetime(1947-11-30 10:00:05))", "day-of-week-function", KqlType.TimeSpan),
    ];

    private static FunctionEntry Part<TPart>(string name, string description, string example, string page, KqlType type = KqlType.Int)
        where TPart : ISpanFunction<long, long>
    {
        var kernel = new SpanMap<TPart, long, long>();
        return new(name, FunctionKind.Scalar, description, example, page)
        {
            Signatures = [new([Parameter.DateTime("date")], type) { Kernel = _ => kernel }],
        };
    }

    private readonly struct Year : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.At(ticks).Year;
    }

    private readonly struct MonthOfYear : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.At(ticks).Month;
    }

    private readonly struct DayOfMonth : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.At(ticks).Day;
    }

    private readonly struct DayOfYear : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.At(ticks).DayOfYear;
    }

    private readonly struct HourOfDay : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => ticks / TimeSpan.TicksPerHour % 24;
    }

    private readonly struct WeekOfYear : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.IsoWeek(ticks);
    }

    private readonly struct OldWeekOfYear : ISpanFunction<long, long>
    {
        public static long Apply(long ticks) => Calendar.OldWeek(ticks);
    }

    private readonly struct SinceSunday : ISpanFunction<long, long>
    {
        // 0001-01-01 was a Monday.
        public static long Apply(long ticks) => (Calendar.Day(ticks) + 1) % 7 * TimeSpan.TicksPerDay;
    }
}
