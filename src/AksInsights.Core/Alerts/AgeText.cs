using System.Globalization;

namespace AksInsights.Core.Alerts;

/// <summary>Times and ages as alerts and digests write them.</summary>
internal static class AgeText
{
    /// <summary>How long something has lasted, in its largest unit that says enough: <c>40 min</c>, <c>5 h</c>, <c>3 days</c>.</summary>
    public static string Of(TimeSpan age) => age.TotalHours switch
    {
        < 1 => $"{Math.Max(0, (int)age.TotalMinutes)} min",
        < 48 => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} days",
    };

    /// <summary>A moment, UTC: <c>2026-11-24 07:05Z</c>.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
