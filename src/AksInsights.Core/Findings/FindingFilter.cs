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

    /// <summary>At most this bad.</summary>
    public Severity? MaxSeverity { get; init; }

    /// <summary>In this cluster, by resource id in lower case.</summary>
    public string? Cluster { get; init; }

    /// <summary>In this namespace of any cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>With an id that begins so.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>About which people have said this.</summary>
    public WorkflowKind? Workflow { get; init; }

    /// <summary>With each of these words in title, message or key, letters A to Z in any case.</summary>
    public IReadOnlyCollection<string>? Words { get; init; }

    /// <summary>In which order the list is; places (<see cref="After"/>) are for <see cref="FindingOrder.WorstFirst"/> only.</summary>
    public FindingOrder Order { get; init; }

    /// <summary>Without so many of the first. Cost: they are read all the same; <see cref="After"/> goes on without.</summary>
    public int Skip { get; init; }

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

/// <summary>In which order findings are listed.</summary>
public enum FindingOrder
{
    /// <summary>By severity, then query, cluster and id.</summary>
    WorstFirst,

    /// <summary>What became a problem last comes first.</summary>
    NewestFirst,

    /// <summary>What has been a problem for longest comes first.</summary>
    OldestFirst,
}
