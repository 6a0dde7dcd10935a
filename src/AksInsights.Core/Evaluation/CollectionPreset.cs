using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>Names the choice in Container Insights' settings that explains why tables are missing.</summary>
/// <remarks>Source: MicrosoftDocs/azure-monitor-docs, containers/kubernetes-monitoring-enable.md, presets and groups of collected data.</remarks>
internal static class CollectionPreset
{
    // The preset Cost-optimized takes a snapshot every five minutes, the others one a minute.
    private static readonly TimeSpan SlowInterval = TimeSpan.FromMinutes(4);

    /// <summary>The tables that tell the presets apart.</summary>
    public static IReadOnlyList<string> Tables { get; } = [FreshnessProbe.HeartbeatTable, "Perf", "InsightsMetrics", "KubeNodeInventory", "ContainerLogV2"];

    /// <summary>The preset that collects what a cluster sends, as its documentation calls it, or else the tables; null when the cluster sends nothing.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="health">The tables, <see cref="Tables"/> among them.</param>
    public static string? Name(string cluster, WorkspaceHealth health)
    {
        var sent = Tables.Where(t => health.Tables.GetValueOrDefault(t) is TableHealth.Known known && known.Clusters.Any(row => row.Cluster == cluster)).ToList();
        bool Has(string table) => sent.Contains(table);
        return (Has(FreshnessProbe.HeartbeatTable), Has("Perf"), Has("InsightsMetrics"), Has("KubeNodeInventory")) switch
        {
            (true, true, true, true) => IntervalOf(cluster, health) >= SlowInterval ? "Cost-optimized" : "Standard",
            (true, false, false, false) => "Logs and Events",
            (true, false, true, true) => "Workloads, Deployments and HPAs",
            (false, true, true, false) => "Performance",
            _ => sent.Count == 0 ? null : $"a selection of its own ({string.Join(", ", sent)})",
        };
    }

    private static TimeSpan IntervalOf(string cluster, WorkspaceHealth health) =>
        ((TableHealth.Known)health.Tables[FreshnessProbe.HeartbeatTable]).Clusters.First(row => row.Cluster == cluster).Interval ?? TimeSpan.Zero;

    /// <summary>A sentence that says which setting collects just what is there, and which collects more; null when none is recognised.</summary>
    /// <param name="cluster">The cluster; null for what holds for all of them.</param>
    /// <param name="health">The tables that were measured.</param>
    public static string? Guess(string? cluster, WorkspaceHealth health)
    {
        bool Has(string table) => health.Tables.GetValueOrDefault(table) is TableHealth.Known known
            && known.Clusters.Any(row => cluster is null || row.Cluster == cluster);
        bool Lacks(string table) => health.Tables.ContainsKey(table) && !Has(table);

        var inventory = Has(FreshnessProbe.HeartbeatTable);
        if (inventory && Lacks("Perf") && Lacks("InsightsMetrics"))
            return "The preset Logs and Events collects just that; the preset Standard collects all tables.";
        if (inventory && Lacks("Perf") && Has("InsightsMetrics"))
            return "The choice Workloads, Deployments and HPAs leaves Perf out; the preset Standard collects all tables.";
        if (Lacks(FreshnessProbe.HeartbeatTable) && (Has("Perf") || Has("InsightsMetrics")))
            return "The choice Performance leaves every inventory out; the preset Standard collects all tables.";
        return null;
    }
}
