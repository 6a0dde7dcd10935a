using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>Names the choice in Container Insights' settings that explains why tables are missing.</summary>
/// <remarks>Source: MicrosoftDocs/azure-monitor-docs, containers/kubernetes-monitoring-enable.md, presets and groups of collected data.</remarks>
internal static class CollectionPreset
{
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
