using System.Globalization;

namespace AksInsights.Service.Commands;

/// <summary>Times as people type them.</summary>
internal static class InputTime
{
    /// <summary>Reads an absolute time; one without a zone is UTC.</summary>
    public static bool TryRead(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
