using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>All clusters: how many findings are open, how bad, where, and whether the data can be trusted.</summary>
internal static class FleetBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-fleet";

    private const string Chosen = "{in:workspace:workspace}";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Fleet",
        FileName = "fleet.json",
        Description = "What is wrong in which cluster, and whether the data that say so are there.",
        From = "now-7d",
        Variables = [Shared.Workspace, Shared.Address],
        Annotations = [Shared.AllMerges],
        Rows =
        [
            new DashboardRow(null, [Open(), Blind(), LastRun(), OpenOverTime(), Areas(), Clusters(), Turnover(), Worst()]),
            new DashboardRow("Can the data be trusted?", [Health(), Outcomes()]),
        ],
    };

    private static StatPanel Open() => new("Open findings")
    {
        Width = 12,
        Height = 4,
        Queries = [new StoreQuery("fleet-open", $"SELECT {Shared.CountBySeverity}\nFROM v_findings WHERE {Shared.IsOpen} AND {Chosen}", Shared.SeverityCounts(CellStyle.Plain))],
    };

    private static StatPanel Blind() => new("Checks without a verdict")
    {
        Description = "Checks whose newest evaluation could not say anything, for want of data or because the workspace failed. What they would find is not known.",
        Width = 6,
        Height = 4,
        Thresholds = new Thresholds(Palette.Good, (1, Palette.Warning)),
        Queries = [new StoreQuery("fleet-blind", $"SELECT count(*) AS checks FROM v_latest_evaluations WHERE outcome NOT IN ('complete', 'gaps') AND {Chosen}", [PanelColumn.Number("checks", "Checks")])],
    };

    private static StatPanel LastRun() => new("Since the last look")
    {
        Description = "How long before the end of the range the newest window ends that was looked at. When it only grows, nothing is watched.",
        Width = 6,
        Height = 4,
        Measure = new Measure("s", 0),
        Thresholds = new Thresholds(Palette.Good, (1800, Palette.Warning), (7200, Palette.Critical)),
        Queries = [new StoreQuery("fleet-last-run", $"SELECT {{to}} - max(window_end_s) AS ago FROM v_latest_evaluations WHERE {Chosen}", [PanelColumn.Number("ago", "Ago")])],
    };

    private static TimeSeriesPanel OpenOverTime() => new("Open findings over time")
    {
        Width = 12,
        Height = 9,
        IsStacked = true,
        Queries = [OpenFindings.OverTime("fleet-open-over-time", Chosen)],
    };

    private static TablePanel Areas() => new("Where: areas of checks")
    {
        Width = 12,
        Height = 9,
        Queries =
        [
            new StoreQuery(
                "fleet-areas",
                $"""
                SELECT area, count(*) AS open,
                       {Shared.CountBySeverity}
                FROM v_findings WHERE {Shared.IsOpen} AND {Chosen}
                GROUP BY area ORDER BY critical DESC, error DESC, warning DESC, area
                """,
                [
                    PanelColumn.Text("area", "Area", 130) with { Links = [new DataLink("Open its findings", $"/d/{FindingsBoard.Uid}?var-area=${{__value.raw}}&${{store:queryparam}}&${{__url_time_range}}")] },
                    PanelColumn.Number("open", "Open", Measure.Count) with { Cell = CellStyle.Bar, Thresholds = Thresholds.Neutral },
                    .. Shared.SeverityCounts(CellStyle.Text, 75),
                ]),
        ],
    };

    private static TablePanel Clusters() => new("Clusters")
    {
        Description = "Every cluster that some check has had something to say about.",
        Width = 16,
        Height = 8,
        Queries =
        [
            new StoreQuery(
                "fleet-clusters",
                $"""
                SELECT c.cluster_name, c.cluster, c.workspace,
                       {Shared.CountBySeverity},
                       count(f.flapping_since_s) AS flapping, count(f.no_data_since_s) AS blind, min(f.episode_since_s) * 1000 AS oldest
                FROM v_clusters c
                LEFT JOIN v_findings f ON f.cluster = c.cluster AND f.workspace = c.workspace AND f.condition IN ('open', 'clearing')
                WHERE {Chosen.Replace(":workspace:", ":c.workspace:", StringComparison.Ordinal)}
                GROUP BY c.cluster_name, c.cluster, c.workspace ORDER BY critical DESC, error DESC, warning DESC, c.cluster_name
                """,
                [
                    Shared.ClusterName(155), PanelColumn.Hidden("cluster"), PanelColumn.Text("workspace", "Workspace"), .. Shared.SeverityCounts(CellStyle.Background, 68),
                    PanelColumn.Number("flapping", "Come and go", Measure.Count, 105), PanelColumn.Number("blind", "Without data", Measure.Count, 100), Shared.Ago("oldest", "Oldest open", 110),
                ]),
        ],
    };

    private static TimeSeriesPanel Turnover() => new("Opened and resolved")
    {
        Width = 8,
        Height = 8,
        IsBars = true,
        Queries =
        [
            new StoreQuery(
                "fleet-turnover",
                $$"""
                SELECT at_s / {step} * {step} AS time,
                       count(CASE WHEN kind IN ('opened', 'reopened') THEN 1 END) AS opened, count(CASE WHEN kind = 'resolved' THEN 1 END) AS resolved
                FROM v_finding_events
                WHERE kind IN ('opened', 'reopened', 'resolved') AND at_ticks BETWEEN {from} * 10000000 AND {to} * 10000000 AND {{Chosen}}
                GROUP BY 1 ORDER BY 1
                """,
                [
                    new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("opened", "Opened", Measure.Count) with { Color = Palette.Error },
                    PanelColumn.Number("resolved", "Resolved", Measure.Count) with { Color = Palette.Good },
                ]),
        ],
    };

    private static TablePanel Worst() => new("Worst, and oldest first")
    {
        Width = 24,
        Height = 10,
        Queries = [OpenFindings.List("fleet-worst", Chosen, 100)],
    };

    private static TablePanel Health() => new("Which checks have no verdict, and why")
    {
        Width = 14,
        Height = 9,
        WhenEmpty = "Every check has a verdict.",
        Queries =
        [
            new StoreQuery(
                "fleet-health",
                $"SELECT query, outcome, reason, window_end_s * 1000 AS looked_at\nFROM v_latest_evaluations WHERE outcome NOT IN ('complete', 'gaps') AND {Chosen}\nORDER BY query LIMIT 200",
                [PanelColumn.Text("query", "Check", 230), PanelColumn.Text("outcome", "Outcome", 90), PanelColumn.Text("reason", "Why"), Shared.Ago("looked_at", "Looked at")]),
        ],
    };

    private static TimeSeriesPanel Outcomes() => new("Evaluations by outcome")
    {
        Width = 10,
        Height = 9,
        IsBars = true,
        IsStacked = true,
        Queries =
        [
            new StoreQuery(
                "fleet-outcomes",
                $$"""
                SELECT window_end_s / {step} * {step} AS time,
                       count(CASE WHEN outcome = 'complete' THEN 1 END) AS complete, count(CASE WHEN outcome = 'gaps' THEN 1 END) AS gaps,
                       count(CASE WHEN outcome = 'no-data' THEN 1 END) AS nodata, count(CASE WHEN outcome IN ('partial', 'failed', 'too-many') THEN 1 END) AS failed
                FROM v_evaluations
                WHERE window_end_s BETWEEN {from} AND {to} AND {{Chosen}}
                GROUP BY 1 ORDER BY 1
                """,
                [
                    new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("complete", "Complete") with { Color = Palette.Good },
                    PanelColumn.Number("gaps", "Some clusters without data") with { Color = Palette.Warning }, PanelColumn.Number("nodata", "No data") with { Color = Palette.Error },
                    PanelColumn.Number("failed", "Failed") with { Color = Palette.Critical },
                ]),
        ],
    };
}
