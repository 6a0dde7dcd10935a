using System.Text.RegularExpressions;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>The comment <c># aksinsights: namespace/workload/container</c>, at the end of a key's line or on the line above, that says whose resources stand there.</summary>
internal static partial class Marker
{
    /// <summary>What the comment of an entry names; null when there is none.</summary>
    public static string? Of(SourceDocument document, SourceEntry entry)
    {
        var text = document.Text;
        var start = TextLines.StartOf(text, entry.Key.Span.Start);
        var end = TextLines.EndOf(text, entry.Key.Span.End);
        if (Comment().Match(text[entry.Key.Span.End..end]) is { Success: true } beside) return beside.Groups[1].Value;
        if (start == 0) return null;
        var above = text[TextLines.StartOf(text, Math.Max(0, start - 2))..start].Trim();
        return above.StartsWith('#') && Comment().Match(" " + above) is { Success: true } match ? match.Groups[1].Value : null;
    }

    /// <summary>Whether a marker names a container: by namespace and workload, and by container where it says one.</summary>
    public static bool Names(string marker, ContainerKey key)
    {
        var parts = marker.Split('/');
        return parts.Length is 2 or 3 && parts[0] == key.Namespace && parts[1] == key.Workload && (parts.Length == 2 || parts[2] == key.Container);
    }

    [GeneratedRegex(@"\s#\s*aksinsights:\s*(\S+)\s*$")]
    private static partial Regex Comment();
}
