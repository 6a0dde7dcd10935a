using AksInsights.Core.Findings;

namespace AksInsights.Core.Scorecards;

/// <summary>How clusters stand to a checklist at one moment. Immutable.</summary>
/// <param name="AsOf">The moment.</param>
/// <param name="Clusters">The clusters, by resource id.</param>
public sealed record Scorecard(DateTimeOffset AsOf, IReadOnlyList<ClusterScore> Clusters);

/// <summary>How a cluster stands to a checklist.</summary>
/// <param name="Cluster">Its resource id in lower case.</param>
/// <param name="Items">One result an item, in the order of the file.</param>
public sealed record ClusterScore(string Cluster, IReadOnlyList<ItemScore> Items)
{
    /// <summary>How many items are in a state.</summary>
    public int Count(ItemState state) => Items.Count(i => i.State == state);
}

/// <summary>How a cluster stands to one item.</summary>
/// <param name="Item">The item.</param>
/// <param name="State">Whether the cluster has it.</param>
/// <param name="Evidence">What is known about it, as text; null when nothing is.</param>
/// <param name="Findings">What the queries found against it, worst first; empty unless it failed.</param>
/// <param name="Unknown">Why it, or a part of it, cannot be known, in full sentences; empty when all is.</param>
public sealed record ItemScore(ScorecardItem Item, ItemState State, string? Evidence, IReadOnlyList<ItemFinding> Findings, IReadOnlyList<string> Unknown);

/// <summary>A finding against an item.</summary>
/// <param name="Query">The query that found it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What was found, in one line.</param>
public sealed record ItemFinding(QueryId Query, Severity Severity, string Title);

/// <summary>Whether a cluster has what an item asks for.</summary>
public enum ItemState
{
    /// <summary>It has: all queries ran over fresh data and found nothing against it.</summary>
    Pass,

    /// <summary>It has, as far as a proxy can tell.</summary>
    Likely,

    /// <summary>It has not: a query found something.</summary>
    Fail,

    /// <summary>The data at hand do not say. Never a pass.</summary>
    Unknown,

    /// <summary>The cluster has none of what the item is about.</summary>
    None,
}
