using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>Which findings to list; what is null does not restrict.</summary>
public sealed record FindingFilter
{
    /// <summary>In this workspace.</summary>
    public WorkspaceId? Workspace { get; init; }

    /// <summary>Of this query.</summary>
    public QueryId? Query { get; init; }

    /// <summary>Of the queries of this area, such as <c>pods</c>.</summary>
    public string? Area { get; init; }

    /// <summary>In one of these conditions.</summary>
    public IReadOnlyCollection<Condition>? Conditions { get; init; }

    /// <summary>At least this bad.</summary>
    public Severity? MinSeverity { get; init; }

    /// <summary>In this cluster, by resource id in lower case.</summary>
    public string? Cluster { get; init; }

    /// <summary>In this namespace of any cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>With an id that begins so.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>At most this many.</summary>
    public int? Limit { get; init; }

    /// <summary>Only what comes behind this in the order of lists: the last finding of the page before.</summary>
    public FindingCursor? After { get; init; }
}

/// <summary>A place in a list of findings, which are ordered worst first, then by query, cluster and id.</summary>
/// <param name="Severity">How bad the finding at the place is.</param>
/// <param name="Query">Its query.</param>
/// <param name="Cluster">Its cluster; empty when it has none.</param>
/// <param name="Id">Its id.</param>
public sealed record FindingCursor(Severity Severity, QueryId Query, string Cluster, FindingId Id)
{
    /// <summary>The place of a finding.</summary>
    public static FindingCursor Of(Finding finding) => new(finding.Severity, finding.Query, finding.Key.Cluster ?? "", finding.Id);
}
