using AksInsights.Core.Findings;

namespace AksInsights.Service.Api;

/// <summary>Filters and cursors of lists of findings, as they stand in the address of a request.</summary>
internal static class FindingQueries
{
    /// <summary>In which condition.</summary>
    public static readonly ApiParameter<IReadOnlyCollection<Condition>> Conditions =
        ApiParameters.Some<Condition>("condition", "In one of these conditions.", otherwise: "open,clearing");

    /// <summary>What findings are narrowed by.</summary>
    public static readonly ApiParameter[] Filters =
        [ApiParameters.Severity, ApiParameters.Area, ApiParameters.Query, ApiParameters.Cluster, ApiParameters.Namespace, ApiParameters.Workspace, Conditions];

    /// <summary>What is asked for; conditions are those of open findings when nothing is said.</summary>
    public static FindingFilter Read(RequestQuery query) => Scope(query) with
    {
        Conditions = query.Get(Conditions) ?? [Condition.Open, Condition.Clearing],
        MinSeverity = query.Get(ApiParameters.Severity),
    };

    /// <summary>What findings are about: query, area, cluster, namespace and workspace.</summary>
    public static FindingFilter Scope(RequestQuery query) => new()
    {
        Workspace = query.Get(ApiParameters.Workspace),
        Query = query.Get(ApiParameters.Query),
        Area = query.Get(ApiParameters.Area),
        Cluster = query.Get(ApiParameters.Cluster),
        Namespace = query.Get(ApiParameters.Namespace),
    };

    /// <summary>The place behind a finding, for the next page.</summary>
    public static string Cursor(Finding finding) => string.Join('~', SeverityText.Format(finding.Severity), finding.Query.Value, finding.Id.Value, finding.Key.Cluster ?? "");

    /// <summary>Reads a place; null when there is none.</summary>
    public static FindingCursor? After(RequestQuery query)
    {
        if (query.Get(ApiParameters.After) is not { } text) return null;
        var parts = text.Split('~', 4);
        if (parts.Length == 4 && SeverityText.TryParse(parts[0], out var severity) && QueryId.TryParse(parts[1], out var id) && FindingId.IsValid(parts[2]))
            return new FindingCursor(severity, id, parts[3], new FindingId(parts[2]));
        query.WrongPlace();
        return null;
    }
}
