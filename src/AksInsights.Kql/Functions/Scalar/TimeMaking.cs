using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Points and lengths of time made of numbers.</summary>
internal static class TimeMaking
{
    private static readonly long Epoch = DateTime.UnixEpoch.Ticks;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("make_datetime", FunctionKind.Scalar, "A point in time from its parts; null when one of them is null or out of its range.",
            "make_datetime(2017, 10, 01, 12, 11, 0.1234567)", "make-datetime-function")
        {
            Signatures = [Parts("year", "month", "day"), Parts("year", "month", "day", "hour"), Parts("year", "month", "day", "hour", "minute"),
                Parts("year", "month", "day", "hour", "minute", "second"), Whole(KqlType.DateTime)],
        },
        new("make_timespan", FunctionKind.Scalar, "A timespan from hours, minutes and seconds, or from days and these; null when one is null or out of its range.",
            "make_timespan(1, 12, 30, 55.123)", "make-timespan-function")
        {
            Signatures = [Spans("hour", "minute"), Spans("hour", "minute", "second"), Spans("day", "hour", "minute", "second"), Whole(KqlType.TimeSpan)],
        },
        Unix("seconds", TimeSpan.TicksPerSecond, 1, "1546300800"),
        Unix("milliseconds", TimeSpan.TicksPerMillisecond, 1, "1546300800000"),
        Unix("microseconds", TimeSpan.TicksPerMicrosecond, 1, "1546300800000000"),
        Unix("nanoseconds", 1, TimeSpan.NanosecondsPerTick, "1546300800000000000"),
    ];

    private static Signature Parts(params string[] names) => new(Reals(names), KqlType.DateTime) { Kernel = _ => Map.OfRow(MakeDateTime) };

    private static Signature Spans(params string[] names) => new(Reals(names), KqlType.TimeSpan) { Kernel = _ => Map.OfRow(MakeTimeSpan) };

    // The value itself, or what its text says.
    private static Signature Whole(KqlType type) => new([new("value", TypeSet.Any, type)], type)
    {
        Kernel = _ => Map.Of<long, long>(ticks => ticks),
    };

    private static Parameter[] Reals(string[] names) => [.. names.Select(Parameter.Real)];

    private static object? MakeDateTime(object?[] row)
    {
        if (row.Contains(null)) return null;
        double Part(int index) => index < row.Length ? (double)row[index]! : 0;
        if (!TryWhole(Part(0), 1, 9999, out var year) || !TryWhole(Part(1), 1, 12, out var month)) return null;
        if (!TryWhole(Part(2), 1, DateTime.DaysInMonth(year, month), out var day)) return null;
        if (!TryTimeOfDay(Part(3), Part(4), Part(5), out var timeOfDay)) return null;
        return new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + timeOfDay;
    }

    private static object? MakeTimeSpan(object?[] row)
    {
        if (row.Contains(null)) return null;
        var withDays = row.Length == 4;
        var second = row.Length > 2 ? (double)row[^1]! : 0;
        var days = 0;
        if (withDays && !TryWhole((double)row[0]!, 0, TimeSpan.MaxValue.Days - 1, out days)) return null;
        var hour = (double)row[withDays ? 1 : 0]!;
        var minute = (double)row[withDays ? 2 : 1]!;
        return TryTimeOfDay(hour, minute, second, out var ticks) ? (days * TimeSpan.TicksPerDay) + ticks : null;
    }

    private static bool TryTimeOfDay(double hour, double minute, double second, out long ticks)
    {
        ticks = 0;
        if (!TryWhole(hour, 0, 23, out var hours) || !TryWhole(minute, 0, 59, out var minutes) || !(second >= 0 && second < 60)) return false;
        // By way of decimal, so that 0.1234567 is what was written and not the real just below it.
        var fraction = Math.Min((long)((decimal)second * TimeSpan.TicksPerSecond), (60 * TimeSpan.TicksPerSecond) - 1);
        ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + fraction;
        return true;
    }

    private static bool TryWhole(double value, int min, int max, out int whole)
    {
        var inRange = value >= min && value < max + 1.0;
        whole = inRange ? (int)value : 0;
        return inRange;
    }

    private static FunctionEntry Unix(string unit, long ticksPerUnit, long unitsPerTick, string example) => new(
        $"unixtime_{unit}_todatetime", FunctionKind.Scalar,
        $"The point in time some {unit} after 1970-01-01; null beyond the years 1 to 9999.",
        $"unixtime_{unit}_todatetime({example})", $"unixtime-{unit}-todatetime-function")
    {
        Signatures =
        [
            new([Parameter.Long(unit)], KqlType.DateTime)
            {
                Kernel = _ => Map.OfMaybe<long, long>(value => Calendar.Checked(Epoch + ((Int128)value * ticksPerUnit / unitsPerTick))),
            },
            new([Parameter.Real(unit)], KqlType.DateTime)
            {
                Kernel = _ => Map.OfMaybe<double, long>(value => FromReal(value * ticksPerUnit / unitsPerTick)),
            },
        ],
    };

    private static Maybe<long> FromReal(double ticks) =>
        Math.Abs(ticks) <= Calendar.LastTick ? Calendar.Checked(Epoch + (Int128)Math.Round(ticks)) : Maybe<long>.Null;
}
