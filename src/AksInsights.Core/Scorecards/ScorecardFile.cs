using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Scorecards;

/// <summary>A checklist for clusters: what is looked at, which queries find that it is not kept, and what is shown as evidence. Immutable.</summary>
/// <remarks>The JSON schema that editors use is generated from this record and its comments.</remarks>
public sealed record ScorecardFile
{
    /// <summary>Queries that say how clusters are set up, for evidence: one row a cluster, with the column <c>cluster</c>. By a name of the author's choice.</summary>
    public IReadOnlyDictionary<string, FactsQuery> Facts { get; init; } = new OrderedDictionary<string, FactsQuery>();

    /// <summary>What is looked at, in the order of display.</summary>
    public required IReadOnlyList<ScorecardItem> Items { get; init; }
}

/// <summary>A query that says how clusters are set up.</summary>
public sealed record FactsQuery
{
    /// <summary>Whom the query asks; <c>log-analytics</c> when not given.</summary>
    public QuerySource Source { get; init; } = QuerySource.LogAnalytics;

    /// <summary>The KQL, which begins with the window as every query of the library does.</summary>
    public required string Query { get; init; }

    internal QueryText? Text { get; init; }
}

/// <summary>One thing that is looked at.</summary>
public sealed record ScorecardItem
{
    /// <summary>Its name, which does not change: lower-case letters and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked for, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>Why it is asked for.</summary>
    public required string Why { get; init; }

    /// <summary>The queries of the library whose findings say that a cluster does not have it; none when nothing at hand can say so.</summary>
    public IReadOnlyList<string> Fails { get; init; } = [];

    /// <summary>What is shown about a cluster: text with columns of facts in braces. Left out for a cluster of which one of them is not known.</summary>
    public TextTemplate? Evidence { get; init; }

    /// <summary>A column of facts that is a number: a cluster with none of it is not judged. Left out when the item concerns every cluster.</summary>
    public string? OnlyWith { get; init; }

    /// <summary>A column of facts that proves by being known that a cluster has it, even when a query of <c>fails</c> has no data.</summary>
    public string? ProvenBy { get; init; }

    /// <summary>Why a cluster without findings has it likely and not surely; not given when it is sure.</summary>
    public string? Likely { get; init; }

    /// <summary>What would be needed to know, when it cannot be known.</summary>
    public required string Needs { get; init; }
}
