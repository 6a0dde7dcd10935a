using System.Globalization;

namespace AksInsights.Service.Serving;

/// <summary>What the header <c>Prefer</c> of a query asks for.</summary>
/// <param name="Wait">How long the query may run.</param>
/// <param name="Statistics">Whether the answer says what the query cost.</param>
/// <param name="Render">Whether the answer says what <c>render</c> said.</param>
internal sealed record RequestPreferences(TimeSpan Wait, bool Statistics, bool Render)
{
    // Source: learn.microsoft.com/azure/azure-monitor/logs/api/timeouts.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(3);

    /// <summary>Reads the header; what is not known in it is passed over, as the header's own specification (RFC 7240) asks.</summary>
    /// <param name="header">Its text; null when it is not there.</param>
    /// <param name="maxWait">The longest wait that is granted.</param>
    public static RequestPreferences Read(string? header, TimeSpan maxWait)
    {
        var wanted = (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part.Key, part => part.First().ElementAtOrDefault(1) ?? "true", StringComparer.OrdinalIgnoreCase);
        var wait = wanted.TryGetValue("wait", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : DefaultWait;
        return new RequestPreferences(wait < maxWait ? wait : maxWait, IsTrue("include-statistics"), IsTrue("include-render"));

        bool IsTrue(string name) => string.Equals(wanted.GetValueOrDefault(name), "true", StringComparison.OrdinalIgnoreCase);
    }
}
