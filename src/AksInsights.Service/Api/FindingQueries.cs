using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Commands;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>Filters and cursors of lists of findings, as they stand in the address of a request.</summary>
internal static class FindingQueries
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1000;

    /// <summary>Reads a filter; what cannot be read is named.</summary>
    public static FindingFilter? Read(IQueryCollection query, out string? mistake)
    {
        mistake = null;
        string? Text(string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;
        var known = new[] { "workspace", "query", "condition", "severity", "cluster", "namespace", "limit", "after" };
        if (query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            mistake = $"`{unknown}` is no filter. There are {string.Join(", ", known.Select(k => $"`{k}`"))}.";
        var severity = default(Severity);
        if (Text("severity") is { } worst && !SeverityText.TryParse(worst, out severity)) mistake = $"`severity` is `{worst}`. Allowed: `info`, `warning`, `error`, `critical`.";
        var queryId = default(QueryId);
        if (Text("query") is { } name && !QueryId.TryParse(name, out queryId)) mistake = $"`query` is `{name}`, which is no name of a query such as `pods/crash-loop`.";
        var limit = DefaultLimit;
        if (Text("limit") is { } number && !(int.TryParse(number, out limit) && limit is > 0 and <= MostLimit)) mistake = $"`limit` is `{number}`, where a number from 1 to {MostLimit} is expected.";
        var conditions = Conditions(Text("condition"), ref mistake);
        var after = Text("after") is { } cursor ? ReadCursor(cursor, ref mistake) : null;
        if (mistake is not null) return null;
        return new FindingFilter
        {
            Workspace = Text("workspace") is { } workspace ? new WorkspaceId(workspace) : null,
            Query = Text("query") is null ? null : queryId,
            Conditions = conditions,
            MinSeverity = Text("severity") is null ? null : severity,
            Cluster = Text("cluster")?.ToLowerInvariant(),
            Namespace = Text("namespace"),
            Limit = limit,
            After = after,
        };
    }

    /// <summary>The place behind a finding, for the next page.</summary>
    public static string Cursor(Finding finding) => string.Join('~', SeverityText.Format(finding.Severity), finding.Query.Value, finding.Id.Value, finding.Key.Cluster ?? "");

    private static FindingCursor? ReadCursor(string text, ref string? mistake)
    {
        var parts = text.Split('~', 4);
        if (parts.Length == 4 && SeverityText.TryParse(parts[0], out var severity) && QueryId.TryParse(parts[1], out var query) && FindingId.IsValid(parts[2]))
            return new FindingCursor(severity, query, parts[3], new FindingId(parts[2]));
        mistake = "`after` is no cursor of this API; give what `next` of the page before said.";
        return null;
    }

    private static IReadOnlyCollection<Condition> Conditions(string? text, ref string? mistake)
    {
        if (text is null) return [Condition.Open, Condition.Clearing];
        var conditions = new List<Condition>();
        foreach (var word in text.Split(','))
        {
            if (Enum.TryParse<Condition>(word, ignoreCase: true, out var condition) && !char.IsAsciiDigit(word[0])) conditions.Add(condition);
            else mistake = $"`condition` has `{word}`. Allowed: {string.Join(", ", Enum.GetNames<Condition>().Select(n => $"`{FindingJson.Kebab(n)}`"))}, with commas between.";
        }

        return conditions;
    }
}
