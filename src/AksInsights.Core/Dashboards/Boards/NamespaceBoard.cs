using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>A namespace and its workloads: use against requests and limits, what is proposed, what is wrong.</summary>
internal static class NamespaceBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-namespace";

    private const string Chosen = "{in:cluster:cluster} AND {in:namespace:namespace}";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Namespace and workloads",
        FileName = "namespace.json",
        Description = "What workloads use against what they request and are limited to, what AksInsights proposes, and what is wrong with them.",
        Variables = [Shared.Cluster, Shared.Namespace, .. LiveVariables.Workspace, Shared.Address],
        Annotations = [Shared.Openings with { IsEnabled = true }, Shared.Resolutions],
        Rows =
        [
            new DashboardRow(null, [Open(), Savings(), Proposals(), Cpu(), Memory(), Restarts(), Findings()]),
            new DashboardRow("Now, live", [Usage()]),
        ],
    };

    private static StatPanel Open() => new("Open findings") { Width = 14, Height = 4, Queries = [OpenFindings.Counts("namespace-open", Chosen)] };

    private static StatPanel Savings() => Recommendations.Saving("What the proposals save, a month", 10);

    private static TablePanel Proposals() => Recommendations.Table("Use, requests, limits and proposals", "cluster_name") with { Height = 11 };

    private static TimeSeriesPanel Cpu() => Lines("CPU in cores, the ten that use most", "workload-cpu", Measure.Number);

    private static TimeSeriesPanel Memory() => Lines("Memory, the ten that use most", "workload-memory", Measure.Bytes);

    private static TimeSeriesPanel Restarts() => Lines("Restarts", "restarts", Measure.Count) with { IsBars = true, IsStacked = true };

    private static TimeSeriesPanel Lines(string title, string file, Measure measure) => new(title)
    {
        Width = 8,
        Height = 9,
        Measure = measure,
        Queries = [Live.File(file, new PanelColumn("time", ColumnKind.Time), PanelColumn.Text("workload"), PanelColumn.Number("value"))],
        Transformations = [Series.By("workload", "value")],
    };

    private static TablePanel Findings() => new("What is wrong, worst and oldest first") { Width = 24, Height = 9, WhenEmpty = "Nothing is open.", Queries = [OpenFindings.List("namespace-findings", Chosen, 200, "cluster_name")] };

    private static TablePanel Usage() => new("What each container uses within the range")
    {
        Description = "The 95th percentile of all samples of all pods; CPU is in cores. A short range says little about requests: the table above judges weeks.",
        Width = 24,
        Height = 11,
        Queries =
        [
            Live.File(
                "workload-usage",
                PanelColumn.Text("namespace", "Namespace", 100), PanelColumn.Text("workload", "Workload"), PanelColumn.Text("container", "Container", 90), PanelColumn.Number("pods", "Pods", Measure.Count, 55),
                PanelColumn.Number("cpuP95", "CPU p95", Recommendations.Cores, 80), PanelColumn.Number("cpuRequest", "CPU request", Recommendations.Cores, 100), ClusterBoard.UseOfRequest("cpuOfRequest", "CPU, of request") with { Width = 130 },
                PanelColumn.Number("cpuLimit", "CPU limit", Recommendations.Cores, 85), UseOfLimit("cpuOfLimit", "CPU, of limit"),
                PanelColumn.Number("memoryP95", "Memory p95", Measure.Bytes, 105), PanelColumn.Number("memoryRequest", "Memory request", Measure.Bytes, 125), ClusterBoard.UseOfRequest("memoryOfRequest", "Memory, of request") with { Width = 150 },
                PanelColumn.Number("memoryLimit", "Memory limit", Measure.Bytes, 110), UseOfLimit("memoryOfLimit", "Memory, of limit", 125)),
        ],
    };

    private static PanelColumn UseOfLimit(string name, string heading, int width = 100) => PanelColumn.Number(name, heading, Measure.Ratio, width) with { Cell = CellStyle.Text, Thresholds = Thresholds.Full };
}
