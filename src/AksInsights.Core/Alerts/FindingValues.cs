using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>What templates can say about a finding.</summary>
internal static class FindingValues
{
    /// <summary>The values by name.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="severity">How bad it is, or was at the time that is told of.</param>
    /// <param name="at">The time that ages are counted to.</param>
    /// <param name="notes">What the library says.</param>
    public static Dictionary<string, object?> Of(Finding finding, Severity severity, DateTimeOffset at, FindingNotes notes)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var part in finding.Key) values[part.Column] = part.Value;
        values["id"] = finding.Id.Value;
        values["query"] = finding.Query.Value;
        values["area"] = finding.Query.Area;
        values["check"] = notes.Check(finding.Query);
        values["title"] = finding.Content.Title;
        values["message"] = finding.Content.Message;
        values["severity"] = SeverityText.Format(severity);
        values["clusterName"] = ClusterName.Of(finding.Key.Cluster);
        values["since"] = AgeText.At(finding.EpisodeSince);
        values["age"] = AgeText.Of(at - finding.EpisodeSince);
        values["measured"] = notes.Measured(finding);
        values["action"] = notes.Action(finding);
        return values;
    }
}
