using System.Globalization;

namespace AksInsights.Kql.Types;

/// <summary>Lengths of time as text: what <c>timespan(...)</c> and <c>totimespan</c> take, and the form they are shown in.</summary>
/// <remarks>
/// Shapes: <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, <c>d:hh:mm:ss</c>, a number with a unit (<c>1.5h</c>, <c>15 seconds</c>), and a whole number
/// of days. Source: learn.microsoft.com/kusto/query/scalar-data-types/timespan.
/// </remarks>
internal static class TimeSpanText
{
    /// <summary>Reads a length of time. Unit of the result: ticks of 100 ns.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        text = text.Trim();
        var negative = text.StartsWith("-");
        if (negative)
            text = text[1..];
        var read = text.Contains(':') ? TryClock(text, out ticks) : TryAmount(text, out ticks);
        if (negative)
            ticks = -ticks;
        return read;
    }

    /// <summary>Writes ticks of 100 ns as <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static string Format(long ticks) => new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Reads a number without a sign followed by a unit: <c>5m</c>, <c>1.5h</c>, <c>10 microseconds</c>.</summary>
    public static bool TryAmount(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.'))
            length++;
        var unit = text[length..].TrimStart();
        if (!decimal.TryParse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return false;
        if (unit.IsEmpty && text[..length].Contains('.'))
            return false;
        var ticksPerUnit = unit.IsEmpty ? TimeSpan.TicksPerDay : TicksPerUnit(unit);
        if (ticksPerUnit == 0 || amount > long.MaxValue / Math.Max(1m, ticksPerUnit))
            return false;
        ticks = (long)(amount * ticksPerUnit);
        return true;
    }

    /// <summary>The ticks of one unit, by any of its names in lower case; 0 when the name is no unit.</summary>
    public static decimal TicksPerUnit(ReadOnlySpan<char> unit) => unit switch
    {
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "ms" or "milli" or "millis" or "millisec" or "millisecs" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "micro" or "micros" or "microsec" or "microsecs" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "nano" or "nanos" or "nanosec" or "nanosecs" or "nanosecond" or "nanoseconds" => 0.01m,
        "tick" or "ticks" => 1,
        _ => 0,
    };

    private static bool TryClock(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var cursor = new TextCursor(text);
        var day = 0;
        if (!cursor.TryNumber(1, 8, out var first))
            return false;
        if (cursor.TryChar('.'))
        {
            day = first;
            if (!cursor.TryNumber(1, 2, out first))
                return false;
        }
        else if (text.Count(':') == 3)
        {
            day = first;
            if (!cursor.TryChar(':') || !cursor.TryNumber(1, 2, out first))
                return false;
        }

        var second = 0;
        long fraction = 0;
        if (!cursor.TryChar(':') || !cursor.TryNumber(1, 2, out var minute))
            return false;
        if (cursor.TryChar(':') && !(cursor.TryNumber(1, 2, out second) && (!cursor.TryChar('.') || cursor.TryFraction(out fraction))))
            return false;
        if (!cursor.AtEnd || first > 23 || minute > 59 || second > 59 || day > TimeSpan.MaxValue.Days - 1)
            return false;
        ticks = (day * TimeSpan.TicksPerDay) + (((((first * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }
}
