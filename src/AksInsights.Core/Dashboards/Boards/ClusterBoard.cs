using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>One cluster: how full it is, what happened to its pods, what is wrong.</summary>
internal static class ClusterBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-cluster";

    private const string Chosen = "{in:cluster:cluster}";

    private static readonly Thresholds Commitment = new(Palette.Good, (0.8, Palette.Warning), (1, Palette.Critical));

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Cluster",
        FileName = "cluster.json",
        Description = "One cluster: how full it is, what happened to its pods, and what is wrong. Findings come from AksInsights, the rest live from Log Analytics.",
        Variables = [Shared.Cluster, .. LiveVariables.Workspace, Shared.Address],
        Annotations = [Shared.Openings with { IsEnabled = true }, Shared.Resolutions, Shared.Merges],
        Rows =
        [
            new DashboardRow(null, [Open(), Pods(), Cpu(), Memory(), CpuOverTime(), MemoryOverTime(), Namespaces(), Findings()]),
            new DashboardRow("Where findings are", [Areas(), OpenOverTime()]),
        ],
    };

    private static StatPanel Open() => new("Open findings") { Width = 10, Height = 4, Queries = [OpenFindings.Counts("cluster-open", Chosen)] };

    private static StatPanel Pods() => new("Nodes and pods")
    {
        Description = "Restarts and kills for memory are those within the range; the rest is the end of the range.",
        Width = 14,
        Height = 4,
        Queries =
        [
            Live.File(
                "cluster-pods",
                PanelColumn.Number("nodes", "Nodes") with { Thresholds = Thresholds.Neutral },
                PanelColumn.Number("notReady", "Not ready") with { Thresholds = Thresholds.NoneAllowed(Palette.Critical) },
                PanelColumn.Number("pods", "Running pods") with { Thresholds = Thresholds.Neutral },
                PanelColumn.Number("restarts", "Restarts") with { Thresholds = new Thresholds(Palette.Good, (1, Palette.Warning), (50, Palette.Error)) },
                PanelColumn.Number("kills", "Killed for memory") with { Thresholds = Thresholds.NoneAllowed(Palette.Error) }),
        ],
    };

    private static StatPanel Cpu() => Shares("CPU, of what pods may use", "cpu");

    private static StatPanel Memory() => Shares("Memory, of what pods may use", "memory");

    private static StatPanel Shares(string title, string resource) => new(title)
    {
        Description = "Used, requested, and the sum of all limits that are set. Requests above 100 % cannot be; limits above 100 % mean that not everything can be used at once.",
        Width = 12,
        Height = 4,
        Measure = Measure.Ratio,
        Fields = [$"{resource}Used", $"{resource}Requested", $"{resource}Limits"],
        Queries =
        [
            Live.File(
                "cluster-now",
                [
                    .. new[] { "cpu", "memory" }.SelectMany(r => new[]
                    {
                        PanelColumn.Number($"{r}Used", $"{Word(r)} used", Measure.Ratio) with { Thresholds = Thresholds.Full },
                        PanelColumn.Number($"{r}Requested", $"{Word(r)} requested", Measure.Ratio) with { Thresholds = Commitment },
                        PanelColumn.Number($"{r}Limits", $"{Word(r)} limits", Measure.Ratio) with { Thresholds = new Thresholds(Palette.Neutral, (1.5, Palette.Warning)) },
                    }),
                ]),
        ],
    };

    private static string Word(string resource) => resource == "cpu" ? "CPU" : "Memory";

    private static TimeSeriesPanel CpuOverTime() => OverTime("CPU in cores", "cluster-cpu", Measure.Number);

    private static TimeSeriesPanel MemoryOverTime() => OverTime("Memory", "cluster-memory", Measure.Bytes);

    private static TimeSeriesPanel OverTime(string title, string file, Measure measure) => new(title)
    {
        Width = 12,
        Height = 8,
        Measure = measure,
        Queries =
        [
            Live.File(
                file, new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("used", "Used") with { Color = Palette.Neutral },
                PanelColumn.Number("requested", "Requested") with { Color = Palette.Warning }, PanelColumn.Number("allocatable", "Pods may use") with { Color = Palette.Critical }),
        ],
    };

    private static TablePanel Namespaces() => new("Namespaces")
    {
        Description = "What pods use and request at the end of the range. Use of well over 100 % of the requests means that the scheduler was told too little.",
        Width = 24,
        Height = 9,
        Queries =
        [
            Live.File(
                "cluster-namespaces",
                PanelColumn.Text("namespace", "Namespace") with { Links = [LiveVariables.ToNamespace] }, PanelColumn.Number("pods", "Pods", Measure.Count, 80),
                PanelColumn.Number("cpuUsed", "CPU used", Measure.Cores, 130), PanelColumn.Number("cpuRequested", "CPU requested", Measure.Cores, 130), UseOfRequest("cpuShare", "CPU, of request"),
                PanelColumn.Number("memoryUsed", "Memory used", Measure.Bytes, 130), PanelColumn.Number("memoryRequested", "Memory requested", Measure.Bytes, 150), UseOfRequest("memoryShare", "Memory, of request")),
        ],
    };

    private static TablePanel Findings() => new("What is wrong, worst and oldest first") { Width = 24, Height = 10, WhenEmpty = "Nothing is open.", Queries = [OpenFindings.List("cluster-findings", Chosen, 200, "cluster_name")] };

    private static TablePanel Areas() => new("By area of checks")
    {
        Width = 10,
        Height = 8,
        Queries =
        [
            new StoreQuery(
                "cluster-areas",
                $"SELECT area, {Shared.CountBySeverity}\nFROM v_findings WHERE {Shared.IsOpen} AND {Chosen}\nGROUP BY area ORDER BY critical DESC, error DESC, warning DESC, area",
                [PanelColumn.Text("area", "Area"), .. Shared.SeverityCounts(CellStyle.Text, 80)]),
        ],
    };

    private static TimeSeriesPanel OpenOverTime() => new("Open findings over time")
    {
        Width = 14,
        Height = 8,
        IsStacked = true,
        Queries = [OpenFindings.OverTime("cluster-open-over-time", Chosen)],
    };

    /// <summary>Use as a share of a request: little is dear, and much is dangerous.</summary>
    internal static PanelColumn UseOfRequest(string name, string heading) => PanelColumn.Number(name, heading, Measure.Ratio) with
    {
        Cell = CellStyle.Bar,
        Thresholds = new Thresholds(Palette.Neutral, (0.4, Palette.Good), (1, Palette.Warning), (2, Palette.Error)),
    };
}
