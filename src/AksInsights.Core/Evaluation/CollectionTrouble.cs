using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>Data that is not there, and the queries that can say nothing for want of it.</summary>
public sealed record CollectionTrouble
{
    private CollectionTrouble(DataTroubleKind kind, string? cluster, string? table, string reason, IEnumerable<QueryId> blind)
    {
        Kind = kind;
        Cluster = cluster;
        Table = table;
        Reason = reason;
        Blind = [.. blind.Distinct().OrderBy(query => query.Value, StringComparer.Ordinal)];
    }

    /// <summary>The cluster whose data it is, by resource id in lower case; null when it is the whole workspace.</summary>
    public string? Cluster { get; }

    /// <summary>The table; null when it is all tables of a cluster, or when the workspace does not answer.</summary>
    public string? Table { get; }

    /// <summary>What is wrong and what to do, in full sentences.</summary>
    public string Reason { get; }

    /// <summary>The queries without a verdict, in order.</summary>
    public IReadOnlyList<QueryId> Blind { get; }

    /// <summary>What is wrong in one line.</summary>
    public string Title => $"{What} ({Blind.Count} {(Blind.Count == 1 ? "check" : "checks")} without a verdict)";

    internal DataTroubleKind Kind { get; }

    private string What => (Kind, Table) switch
    {
        (DataTroubleKind.NotMeasured, _) => "The workspace does not say how fresh its tables are",
        (DataTroubleKind.TableMissing, _) => Cluster is null ? $"{Table} is not collected" : $"{DataTroubles.ShortName(Cluster)} does not collect {Table}",
        (_, null) => $"{DataTroubles.ShortName(Cluster!)} sends nothing",
        _ => $"{DataTroubles.ShortName(Cluster!)} has no new rows in {Table}",
    };

    /// <summary>All that the queries miss: one trouble for a table, or for a table of one cluster, or for a cluster that sends nothing at all.</summary>
    internal static IReadOnlyList<CollectionTrouble> Find(IReadOnlyList<EvaluationPlan> plans, WorkspaceHealth health)
    {
        var troubles = plans
            .SelectMany(plan => Coverage.Of(plan.Requires, health).Troubles.Select(trouble => (Trouble: trouble, plan.Query)))
            .ToLookup(blind => Place(blind.Trouble, health));
        return
        [
            .. troubles.Select(place => Of(place.Key, [.. place], health))
                .OrderBy(t => t.Cluster is not null).ThenBy(t => t.Cluster, StringComparer.Ordinal).ThenBy(t => t.Table, StringComparer.Ordinal),
        ];
    }

    /// <summary>What is told together.</summary>
    private static (DataTroubleKind Kind, string? Cluster, string? Table) Place(DataTrouble trouble, WorkspaceHealth health)
    {
        if (trouble.Kind == DataTroubleKind.NotMeasured) return (trouble.Kind, null, null);
        return trouble.Cluster is { } cluster && health.IsSilent(cluster)
            ? (DataTroubleKind.TableStale, cluster, null)
            : (trouble.Kind, trouble.Cluster, trouble.Table);
    }

    private static CollectionTrouble Of(
        (DataTroubleKind Kind, string? Cluster, string? Table) place, IReadOnlyList<(DataTrouble Trouble, QueryId Query)> blind, WorkspaceHealth health)
    {
        var reason = place switch
        {
            (DataTroubleKind.TableStale, { } cluster, null) => Silence(cluster, health),
            (DataTroubleKind.TableMissing, _, { } table) when TableWriter.IsAgent(table) && CollectionPreset.Guess(place.Cluster, health) is { } preset => $"{blind[0].Trouble.Reason} {preset}",
            // Queries differ in how old a table may be; the strictest says the most.
            _ => blind[0].Trouble.Reason,
        };
        return new CollectionTrouble(place.Kind, place.Cluster, place.Table, reason, blind.Select(b => b.Query));
    }

    private static string Silence(string cluster, WorkspaceHealth health)
    {
        var newest = health.Newest(cluster)!;
        var minutes = (long)Math.Ceiling((health.At - newest.Newest).TotalMinutes);
        return $"{DataTroubles.ShortName(cluster)} has sent no row into any table for {minutes} minutes. Its newest is in {newest.Table}.";
    }
}
