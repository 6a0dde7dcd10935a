using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace AksInsights.Service.Serving;

/// <summary>A stretch of time, both ends included.</summary>
/// <param name="Start">Its first moment, UTC.</param>
/// <param name="End">Its last moment, UTC.</param>
internal readonly partial record struct TimeRange(DateTime Start, DateTime End)
{
    /// <summary>Reads a <c>timespan</c> of the query API: an ISO 8601 duration up to now, or an interval of two times, or of a time and a duration.</summary>
    /// <returns>False when it is none of these, or ends before it begins.</returns>
    public static bool TryRead(string text, DateTime nowUtc, out TimeRange range)
    {
        range = default;
        var parts = text.Split('/');
        DateTime start, end;
        if (parts.Length == 1)
        {
            if (!TryDuration(parts[0], out var length)) return false;
            (start, end) = (Move(nowUtc, -length), nowUtc);
        }
        else if (parts.Length != 2) return false;
        else if (TryDuration(parts[0], out var before))
        {
            if (!TryTime(parts[1], out end)) return false;
            start = Move(end, -before);
        }
        else if (!TryTime(parts[0], out start)) return false;
        else if (TryDuration(parts[1], out var after)) end = Move(start, after);
        else if (!TryTime(parts[1], out end)) return false;
        range = new TimeRange(start, end);
        return start <= end;
    }

    // Sums that leave the calendar stop at its ends: a range without a limit is what was meant.
    private static DateTime Move(DateTime time, TimeSpan by)
    {
        if (by < TimeSpan.Zero) return time - DateTime.MinValue < -by ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : time + by;
        return DateTime.MaxValue - time < by ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : time + by;
    }

    private static bool TryTime(string text, out DateTime time) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!text.StartsWith('P')) return false;
        // XML's durations are those of ISO 8601 but for weeks.
        if (Weeks().Match(text) is { Success: true } weeks)
        {
            duration = TimeSpan.FromDays(7L * int.Parse(weeks.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            return true;
        }

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex("^P([0-9]{1,5})W$")]
    private static partial Regex Weeks();
}
