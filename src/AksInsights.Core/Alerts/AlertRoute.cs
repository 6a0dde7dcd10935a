using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Which findings are told to which channels, together with what, and how often. Immutable.</summary>
public sealed record AlertRoute
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Which findings it takes.</summary>
    public RouteMatch Match { get; init; } = new();

    /// <summary>The names of the channels it leads to; the channels of a namespace's owner come instead, where an owner has any.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>What findings of one message have in common, as columns of their key, <c>query</c> or <c>owner</c>.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = ["cluster", "namespace", "workload", "node"];

    /// <summary>How long to wait for more of the same group before the first message.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a problem that stays open and that nobody acknowledged is told again; null tells it once.</summary>
    public TimeSpan? Repeat { get; init; }

    /// <summary>When nothing is told; what happens then is told afterwards, if it is still so.</summary>
    public IReadOnlyList<MuteTime> MuteTimes { get; init; } = [];

    /// <summary>Whether later routes are looked at too when this one has taken a finding.</summary>
    public bool Continue { get; init; }
}

/// <summary>Conditions that must all hold; an empty one holds always. Patterns may hold stars.</summary>
public sealed record RouteMatch
{
    /// <summary>Queries, as <c>area/name</c>.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Areas of the library.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>At least this bad.</summary>
    public Severity MinSeverity { get; init; } = Severity.Info;

    /// <summary>Clusters, by resource id or its last part.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>Namespaces; a finding without one fits only when none are named.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Further columns of the key, each with a pattern: <c>workloadKind</c>, <c>workload</c>, <c>container</c>, <c>node</c>, and <c>owner</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a finding is taken.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="severity">How bad it counts as.</param>
    /// <param name="owner">Who owns its namespace, if anybody.</param>
    public bool Takes(Finding finding, Severity severity, string? owner) =>
        severity >= MinSeverity
        && Glob.MatchesAny(Queries, finding.Query.Value)
        && Glob.MatchesAny(Areas, finding.Query.Area)
        && (Glob.MatchesAny(Clusters, finding.Key.Cluster) || Glob.MatchesAny(Clusters, ClusterName.Of(finding.Key.Cluster)))
        && Glob.MatchesAny(Namespaces, finding.Key["namespace"])
        && Labels.All(label => Glob.MatchesAny([label.Value], label.Key == "owner" ? owner : finding.Key[label.Key]));
}

/// <summary>The short name of a cluster.</summary>
public static class ClusterName
{
    /// <summary>The last part of a resource id; what is none is given back as it is.</summary>
    public static string? Of(string? resourceId) => resourceId?[(resourceId.LastIndexOf('/') + 1)..];
}

/// <summary>A team that owns namespaces.</summary>
public sealed record NamespaceOwner
{
    /// <summary>The team's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespaces; patterns may hold stars.</summary>
    public required IReadOnlyList<string> Namespaces { get; init; }

    /// <summary>In these clusters only; all when empty.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>Where its findings are told instead of the channels of a route; empty leaves them to the route.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The most a finding in its namespaces counts as, as for a playground; null leaves severities as they are.</summary>
    public Severity? MaxSeverity { get; init; }

    /// <summary>Whether a finding is in its namespaces.</summary>
    public bool Owns(FindingKey key) =>
        key["namespace"] is { } name
        && Glob.MatchesAny(Namespaces, name)
        && (Glob.MatchesAny(Clusters, key.Cluster) || Glob.MatchesAny(Clusters, ClusterName.Of(key.Cluster)));
}
