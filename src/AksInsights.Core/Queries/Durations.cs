using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AksInsights.Core.Queries;

/// <summary>Durations as the query files write them: <c>90s</c>, <c>15m</c>, <c>1h30m</c>, <c>-3h</c>, <c>7d</c>.</summary>
public static class Durations
{
    private const string Units = "dhms";

    /// <summary>Reads whole amounts of days, hours, minutes and seconds, largest first, each at most once; a leading minus is for the whole.</summary>
    /// <returns>False when the text is no duration or longer than a <see cref="TimeSpan"/> can hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text)) return false;
        var negative = text[0] == '-';
        var rest = text.AsSpan(negative ? 1 : 0);
        var next = 0;
        var seconds = 0L;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var amount)) return false;
            var unit = Units.IndexOf(rest[digits], next);
            if (unit < 0 || amount > 10_000_000) return false;
            next = unit + 1;
            seconds += amount * SecondsIn(Units[unit]);
            rest = rest[(digits + 1)..];
        }

        duration = TimeSpan.FromSeconds(negative ? -seconds : seconds);
        return next > 0;
    }

    /// <summary>The shortest writing that <see cref="TryParse"/> reads back; fractions of a second are cut off.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero) return "-" + Format(-duration);
        if (duration < TimeSpan.FromSeconds(1)) return "0s";
        var days = duration.Days > 0 ? $"{duration.Days}d" : "";
        var hours = duration.Hours > 0 ? $"{duration.Hours}h" : "";
        var minutes = duration.Minutes > 0 ? $"{duration.Minutes}m" : "";
        var seconds = duration.Seconds > 0 ? $"{duration.Seconds}s" : "";
        return days + hours + minutes + seconds;
    }

    private static long SecondsIn(char unit) => unit switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, _ => 1 };
}
