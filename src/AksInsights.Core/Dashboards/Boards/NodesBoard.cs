using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>The nodes of a cluster: pressure, disks, pools, and what is wrong with them.</summary>
internal static class NodesBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-nodes";

    private const string Chosen = "{in:cluster:cluster} AND node IS NOT NULL";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Nodes",
        FileName = "nodes.json",
        Description = "The nodes of a cluster: how full they are, how they stand, and what is wrong with them.",
        Variables = [Shared.Cluster, .. LiveVariables.Workspace, Shared.Address],
        Annotations = [Shared.Openings, Shared.Resolutions],
        Rows = [new DashboardRow(null, [Open(), Pools(), Nodes(), Cpu(), Memory(), Disk(), Findings()])],
    };

    private static StatPanel Open() => new("Open findings about nodes") { Width = 10, Height = 6, Queries = [OpenFindings.Counts("nodes-open", Chosen)] };

    private static TablePanel Pools() => new("Pools")
    {
        Description = "What all nodes of a pool together can give to pods, as usage was last rolled up.",
        Width = 14,
        Height = 6,
        Queries =
        [
            new StoreQuery(
                "nodes-pools",
                """
                SELECT node_pool, vm_size, nodes, cpu_allocatable_cores AS cores, memory_allocatable_bytes AS memory, day_s * 1000 AS day
                FROM v_usage_pools WHERE {in:cluster:cluster}
                ORDER BY node_pool, vm_size
                """,
                [
                    PanelColumn.Text("node_pool", "Pool"), PanelColumn.Text("vm_size", "Size"), PanelColumn.Number("nodes", "Nodes", Measure.Count, 80),
                    PanelColumn.Number("cores", "CPU together", Measure.Cores, 130), PanelColumn.Number("memory", "Memory together", Measure.Bytes, 140), Shared.Ago("day", "Seen"),
                ]),
        ],
    };

    private static TablePanel Nodes() => new("Nodes")
    {
        Width = 24,
        Height = 10,
        Queries =
        [
            Live.File(
                "nodes",
                PanelColumn.Text("node", "Node"),
                PanelColumn.Text("status", "Status", 85) with { Cell = CellStyle.Background, Mappings = [new ValueMapping("ready", "ready", Palette.Good), new ValueMapping("not ready", "not ready", Palette.Critical)] },
                PanelColumn.Text("conditions", "Conditions", 140), PanelColumn.Text("pool", "Pool", 80), PanelColumn.Text("vmSize", "Size", 135), PanelColumn.Text("zone", "Zone", 110),
                Full("cpuShare", "CPU"), Full("memoryShare", "Memory"), Full("diskShare", "Fullest disk"), PanelColumn.Number("pods", "Pods", Measure.Count, 60),
                PanelColumn.Text("version", "Kubelet", 80), new PanelColumn("created", ColumnKind.Time) { Heading = "Created", Measure = Measure.Ago, Width = 115 }),
        ],
    };

    private static TimeSeriesPanel Cpu() => Lines("CPU, of what pods may use", "node-cpu");

    private static TimeSeriesPanel Memory() => Lines("Memory, of what pods may use", "node-memory");

    private static TimeSeriesPanel Disk() => Lines("Fullest disk", "node-disk");

    private static TimeSeriesPanel Lines(string title, string file) => new(title)
    {
        Width = 8,
        Height = 9,
        Measure = Measure.Ratio,
        Thresholds = Thresholds.Full,
        HasThresholdLines = true,
        Queries = [Live.File(file, new PanelColumn("time", ColumnKind.Time), PanelColumn.Text("node"), PanelColumn.Number("value"))],
        Transformations = [Series.By("node", "value")],
    };

    private static TablePanel Findings() => new("What is wrong with nodes, worst and oldest first") { Width = 24, Height = 9, WhenEmpty = "Nothing is open.", Queries = [OpenFindings.List("nodes-findings", Chosen, 200, "cluster_name", "namespace")] };

    private static PanelColumn Full(string name, string heading) => PanelColumn.Number(name, heading, Measure.Ratio, 110) with { Cell = CellStyle.Bar, Thresholds = Thresholds.Full };
}
