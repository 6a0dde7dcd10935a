using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>What AksInsights proposes for requests and limits. The service makes it anew from usage, so every flavour asks the service's API.</summary>
internal static class Recommendations
{
    /// <summary>The name of the list of rows.</summary>
    public const string Name = "recommendations";

    private static readonly IReadOnlyList<string> Parameters = ["cluster", "namespace"];

    /// <summary>Cores without the word, which would need room in each cell.</summary>
    public static Measure Cores { get; } = new("none", 2);

    /// <summary>All columns of a row, as the service gives them.</summary>
    public static IReadOnlyList<PanelColumn> Columns { get; } =
    [
        PanelColumn.Text("cluster_name", "Cluster", 120), PanelColumn.Hidden("cluster"), PanelColumn.Text("namespace", "Namespace", 95), PanelColumn.Text("workload", "Workload"), PanelColumn.Text("container", "Container", 85),
        PanelColumn.Number("replicas", "Pods", new Measure("none", 1), 60),
        PanelColumn.Number("cpu_p95", "CPU p95", Cores, 75), PanelColumn.Number("cpu_request", "CPU request", Cores, 105), Use("cpu_use", "Used of it"),
        PanelColumn.Number("cpu_limit", "CPU limit", Cores, 80), Proposed("cpu_proposed", "CPU proposed", Cores, 115),
        PanelColumn.Number("memory_p95", "Memory p95", Measure.Bytes, 105), PanelColumn.Number("memory_request", "Memory request", Measure.Bytes, 125), Use("memory_use", "Used of that"),
        PanelColumn.Number("memory_limit", "Memory limit", Measure.Bytes, 105), Proposed("memory_proposed", "Memory proposed", Measure.Bytes, 140),
        PanelColumn.Number("saving", "Saves a month", Measure.Dollars, 115) with { Cell = CellStyle.Text, Thresholds = new Thresholds(Palette.Warning, (0, Palette.Unknown), (0.01, Palette.Good)) },
        PanelColumn.Text("confidence", "Trust", 70) with { Cell = CellStyle.Text, Mappings = [new("high", "high", Palette.Good), new("medium", "medium", Palette.Warning), new("low", "low", Palette.Error)] },
        PanelColumn.Hidden("reason"), PanelColumn.Hidden("risk"), PanelColumn.Hidden("oom_kills", ColumnKind.Number), PanelColumn.Hidden("restarts", ColumnKind.Number),
        PanelColumn.Hidden("past_days", ColumnKind.Number), PanelColumn.Hidden("past_kills", ColumnKind.Number), PanelColumn.Hidden("past_throttled", ColumnKind.Number), PanelColumn.Hidden("past_above", ColumnKind.Number),
        PanelColumn.Hidden("changes", ColumnKind.Number),
    ];

    /// <summary>The rows, with some columns shown or hidden otherwise.</summary>
    public static ServiceQuery Rows(Func<PanelColumn, PanelColumn>? look = null) => new(Name, Parameters, [.. Columns.Select(look ?? (column => column))]);

    /// <summary>A table of all containers, what saves most first.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="hidden">Columns that would say the same in every row.</param>
    public static TablePanel Table(string title, params string[] hidden) => new(title)
    {
        Description = "From weeks of usage that AksInsights keeps. CPU is in cores. Where nothing is proposed, use is not shown. What is proposed, and why: `aksinsights recommend`, or the page of recommendations.",
        Width = 24,
        Height = 12,
        WhenEmpty = "No usage has been rolled up yet.",
        SortedBy = "Saves a month",
        Queries = [Rows(column => hidden.Contains(column.Name) ? PanelColumn.Hidden(column.Name, column.Kind) : column)],
    };

    /// <summary>The sum of what all proposals save.</summary>
    public static StatPanel Saving(string title, int width) => new(title)
    {
        Width = width,
        Height = 4,
        Measure = Measure.Dollars,
        Fields = ["saving"],
        Calculation = "sum",
        Thresholds = new Thresholds(Palette.Warning, (0, Palette.Good)),
        WhenEmpty = "no usage yet",
        Queries = [Rows()],
    };

    private static PanelColumn Use(string name, string heading) => ClusterBoard.UseOfRequest(name, heading) with { Cell = CellStyle.Text, Width = 95 };

    private static PanelColumn Proposed(string name, string heading, Measure measure, int width) => PanelColumn.Number(name, heading, measure, width) with { Cell = CellStyle.Text, Thresholds = Thresholds.Neutral };
}
