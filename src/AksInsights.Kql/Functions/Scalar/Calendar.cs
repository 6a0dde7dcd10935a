using System.Globalization;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The Gregorian calendar on ticks: where its units begin, and how many lie between two points in time.</summary>
/// <remarks>A day has no zone: all is UTC. Weeks begin on Sunday, as the pages startofweek-function and datetime-diff-function have it.</remarks>
internal static class Calendar
{
    /// <summary>The last tick of the year 9999.</summary>
    public const long LastTick = 3155378975999999999;

    private const int LastMonth = 9999 * 12;

    /// <summary>Whether ticks are a point in time of the years 1 to 9999.</summary>
    public static bool Holds(long ticks) => ticks is >= 0 and <= LastTick;

    /// <summary>A point in time from ticks, or null beyond the calendar.</summary>
    public static Maybe<long> Checked(Int128 ticks) =>
        ticks >= 0 && ticks <= LastTick ? (long)ticks : Maybe<long>.Null;

    /// <summary>A point in time as the platform's type.</summary>
    public static DateTime At(long ticks) => new(ticks, DateTimeKind.Utc);

    /// <summary>Days since 0001-01-01.</summary>
    public static long Day(long ticks) => ticks / TimeSpan.TicksPerDay;

    /// <summary>Weeks since the one of 0001-01-01, which was a Monday.</summary>
    public static long Week(long ticks) => (Day(ticks) + 1) / 7;

    /// <summary>Months since 0001-01.</summary>
    public static long Month(long ticks)
    {
        var date = At(ticks);
        return ((date.Year - 1) * 12) + date.Month - 1;
    }

    /// <summary>The first tick of a day counted as <see cref="Day"/> does. The day after the last is allowed: it ends the calendar.</summary>
    public static Maybe<long> StartOfDay(Int128 day) => Boundary(day * TimeSpan.TicksPerDay);

    /// <summary>The first tick of a week counted as <see cref="Week"/> does. The first week began before the calendar: null.</summary>
    public static Maybe<long> StartOfWeek(Int128 week) => StartOfDay((week * 7) - 1);

    /// <summary>The first tick of a month counted as <see cref="Month"/> does.</summary>
    public static Maybe<long> StartOfMonth(Int128 month)
    {
        if (month == LastMonth) return LastTick + 1;
        if (month < 0 || month > LastMonth) return Maybe<long>.Null;
        return new DateTime(((int)month / 12) + 1, ((int)month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    }

    /// <summary>The same day and time of day some months on; the month's last day where it has no such day. Null beyond the calendar.</summary>
    public static Maybe<long> AddMonths(long ticks, Int128 months)
    {
        var month = Month(ticks) + months;
        if (month < 0 || month >= LastMonth) return Maybe<long>.Null;
        return At(ticks).AddMonths((int)months).Ticks;
    }

    /// <summary>The number of the week by ISO 8601: weeks begin on Monday, and the first is the one with the year's first Thursday.</summary>
    public static int IsoWeek(long ticks) => ISOWeek.GetWeekOfYear(At(ticks));

    /// <summary>The number of the week as the deprecated weekofyear counts: weeks begin on Sunday, and the first is the one with the year's first Wednesday.</summary>
    public static int OldWeek(long ticks) =>
        CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(At(ticks), CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Sunday);

    private static Maybe<long> Boundary(Int128 ticks) => ticks >= 0 && ticks <= LastTick + 1 ? (long)ticks : Maybe<long>.Null;
}
