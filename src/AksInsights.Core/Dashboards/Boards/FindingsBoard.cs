using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>All findings: which are open and for how long, when they came and went, and which come back.</summary>
internal static class FindingsBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-findings";

    private const string Chosen = Shared.Scope + " AND {in:namespace:namespace} AND {in:area:area} AND {in:severity:severity}";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Findings",
        FileName = "findings.json",
        Description = "Which problems are open and for how long, when they came and went, and which come back.",
        Variables = [Shared.Workspace, Shared.Clusters, Shared.Namespace, Shared.Area, Shared.Severity, Shared.Address],
        Annotations = [Shared.Openings, Shared.Resolutions],
        Rows =
        [
            new DashboardRow(null, [Open(), Opened(), Resolved(), Flapping(), Silenced(), List(), Timeline(), Age(), OpenOverTime()]),
            new DashboardRow("What comes back, and who says most", [Returning(), Checks()]),
        ],
    };

    private static StatPanel Open() => new("Open findings") { Width = 12, Height = 4, Queries = [OpenFindings.Counts("findings-open", Chosen)] };

    private static StatPanel Opened() => Number("Opened", "findings-opened", Happened("'opened', 'reopened'"), Thresholds.Neutral);

    private static StatPanel Resolved() => Number("Resolved", "findings-resolved", Happened("'resolved'"), Thresholds.None);

    private static StatPanel Flapping() => Number(
        "Come and go", "findings-flapping", $"SELECT count(*) AS findings FROM v_findings WHERE flapping_since_s IS NOT NULL AND {Shared.IsOpen} AND {Chosen}", new Thresholds(Palette.Good, (1, Palette.Warning)));

    private static StatPanel Silenced() => Number(
        "Dealt with", "findings-silenced", $"SELECT count(*) AS findings FROM v_findings WHERE workflow <> 'new' AND {Shared.IsOpen} AND {Chosen}", Thresholds.Neutral);

    private static StatPanel Number(string title, string name, string sql, Thresholds thresholds) => new(title)
    {
        Description = "Opened and resolved are those within the range; dealt with is what somebody acknowledged, suppressed or called a false positive.",
        Width = 3,
        Height = 4,
        Thresholds = thresholds,
        Queries = [new StoreQuery(name, sql, [PanelColumn.Number("findings", "Findings")])],
    };

    private static string Happened(string kinds) =>
        $"SELECT count(*) AS findings FROM v_finding_events\nWHERE kind IN ({kinds}) AND at_ticks BETWEEN {{from}} * 10000000 AND {{to}} * 10000000 AND {Chosen}";

    private static TablePanel List() => new("Open findings, worst and oldest first")
    {
        Description = "The text leads to the finding on the web page of AksInsights, whose address can be set above; cluster and namespace lead to their dashboards.",
        Width = 24,
        Height = 11,
        WhenEmpty = "Nothing is open.",
        Queries = [OpenFindings.List("findings-list", Chosen, 500)],
    };

    private static StateTimelinePanel Timeline() => new("When they came and went")
    {
        Description = "The thirty worst findings that were open in the range.",
        Width = 24,
        Height = 12,
        States = [.. Shared.SeverityColors, new ValueMapping("over", "over", "rgba(128, 128, 128, 0.15)")],
        Queries =
        [
            new StoreQuery(
                "findings-timeline",
                $$"""
                WITH shown AS (
                    SELECT id, substr(title, 1, 70) AS title, severity_rank FROM v_findings
                    WHERE condition <> 'pending' AND ({{Shared.IsOpen}} OR condition_since_s >= {from}) AND episode_since_s <= {to} AND {{Chosen}}
                    ORDER BY severity_rank DESC, episode_since_s, id LIMIT 30
                ),
                turns AS (
                    SELECT s.id, s.title, s.severity_rank, e.seq, e.at_s, CASE WHEN e.kind = 'resolved' THEN 'over' ELSE e.severity END AS state
                    FROM shown s JOIN v_finding_events e ON e.finding_id = s.id
                    WHERE e.at_s <= {to} AND e.kind IN ('opened', 'reopened', 'escalated', 'deescalated', 'resolved')
                )
                SELECT CASE WHEN t.at_s < {from} THEN {from} ELSE t.at_s END AS time, t.title AS finding, t.state
                FROM turns t
                WHERE t.at_s >= {from} OR t.seq = (SELECT max(b.seq) FROM turns b WHERE b.id = t.id AND b.at_s < {from})
                ORDER BY 1, t.severity_rank DESC, t.seq
                """,
                [new PanelColumn("time", ColumnKind.Time), PanelColumn.Text("finding"), PanelColumn.Text("state")]),
        ],
        Transformations = [Series.By("finding", "state")],
    };

    private static BarGaugePanel Age() => new("Age of what is open")
    {
        Width = 8,
        Height = 8,
        Value = "findings",
        Legend = "age",
        Thresholds = Thresholds.Neutral,
        Queries =
        [
            new StoreQuery(
                "findings-age",
                $$"""
                SELECT age, count(*) AS findings
                FROM (SELECT episode_since_s, CASE WHEN {to} - episode_since_s < 3600 THEN 'under an hour' WHEN {to} - episode_since_s < 86400 THEN 'under a day'
                             WHEN {to} - episode_since_s < 604800 THEN 'under a week' ELSE 'longer' END AS age
                      FROM v_findings WHERE {{Shared.IsOpen}} AND {{Chosen}}) ages
                GROUP BY age ORDER BY max(episode_since_s) DESC
                """,
                [PanelColumn.Text("age"), PanelColumn.Number("findings")]),
        ],
    };

    private static TimeSeriesPanel OpenOverTime() => new("Open findings over time")
    {
        Description = "By the severity that they began with.",
        Width = 16,
        Height = 8,
        IsStacked = true,
        Queries = [OpenFindings.OverTime("findings-open-over-time", Chosen)],
    };

    private static TablePanel Returning() => new("Come back most often")
    {
        Width = 12,
        Height = 9,
        WhenEmpty = "Nothing came back.",
        Queries =
        [
            new StoreQuery(
                "findings-returning",
                $"""
                SELECT severity, title, cluster_name, cluster, episode, flapping_since_s * 1000 AS flapping, condition, id
                FROM v_findings WHERE is_latest = 1 AND (episode > 1 OR flapping_since_s IS NOT NULL) AND {Chosen}
                ORDER BY episode DESC, severity_rank DESC, id LIMIT 50
                """,
                [
                    Shared.SeverityColumn(), PanelColumn.Text("title", "What was found") with { Links = [Shared.ToFinding] }, Shared.ClusterName(130), PanelColumn.Hidden("cluster"),
                    PanelColumn.Number("episode", "Times", Measure.Count, 70), Shared.Ago("flapping", "Comes and goes since", 150), PanelColumn.Text("condition", "Now", 90), PanelColumn.Hidden("id"),
                ]),
        ],
    };

    private static TablePanel Checks() => new("Checks by what they said in the range")
    {
        Width = 12,
        Height = 9,
        Queries =
        [
            new StoreQuery(
                "findings-checks",
                $$"""
                SELECT query, count(CASE WHEN kind IN ('opened', 'reopened') THEN 1 END) AS opened, count(CASE WHEN kind = 'resolved' THEN 1 END) AS resolved,
                       count(CASE WHEN kind = 'flapping-started' THEN 1 END) AS flapping, count(CASE WHEN tell <> 0 THEN 1 END) AS told
                FROM v_finding_events
                WHERE at_ticks BETWEEN {from} * 10000000 AND {to} * 10000000 AND {{Chosen}}
                GROUP BY query ORDER BY opened DESC, query LIMIT 100
                """,
                [
                    PanelColumn.Text("query", "Check"), PanelColumn.Number("opened", "Opened", Measure.Count) with { Cell = CellStyle.Bar, Thresholds = Thresholds.Neutral },
                    PanelColumn.Number("resolved", "Resolved", Measure.Count, 90), PanelColumn.Number("flapping", "Came and went", Measure.Count, 120), PanelColumn.Number("told", "To be told", Measure.Count, 90),
                ]),
        ],
    };
}
