using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>Questions about findings that several dashboards ask, each with its own bounds.</summary>
internal static class OpenFindings
{
    /// <summary>Findings that are open, worst and then oldest first, each with links.</summary>
    /// <param name="name">The name of the question.</param>
    /// <param name="where">SQL: which of them.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="hidden">Columns that would say the same in every row.</param>
    public static StoreQuery List(string name, string where, int most, params string[] hidden) => new(
        name,
        $"""
        SELECT severity, title, cluster_name, cluster, namespace, coalesce(workload, node) AS subject, query, episode_since_s * 1000 AS since, workflow, id
        FROM v_findings
        WHERE {Shared.IsOpen} AND {where}
        ORDER BY severity_rank DESC, episode_since_s, id LIMIT {most}
        """,
        [
            .. new[]
            {
                Shared.SeverityColumn(), PanelColumn.Text("title", "What was found") with { Links = [Shared.ToFinding] }, Shared.ClusterName(120), PanelColumn.Hidden("cluster"),
                PanelColumn.Text("namespace", "Namespace", 100) with { Links = [Shared.ToNamespace] }, PanelColumn.Text("subject", "Workload or node", 180), PanelColumn.Text("query", "Check", 215),
                Shared.Ago("since", "Since", 100), PanelColumn.Text("workflow", "Said of it", 85), PanelColumn.Hidden("id"),
            }.Select(column => hidden.Contains(column.Name) ? PanelColumn.Hidden(column.Name, column.Kind) : column),
        ]);

    /// <summary>How many are open, by severity.</summary>
    /// <param name="name">The name of the question.</param>
    /// <param name="where">SQL: which of them.</param>
    public static StoreQuery Counts(string name, string where) =>
        new(name, $"SELECT {Shared.CountBySeverity}\nFROM v_findings WHERE {Shared.IsOpen} AND {where}", Shared.SeverityCounts(CellStyle.Plain));

    /// <summary>How many were open at each moment of the range, by the severity that they began with.</summary>
    /// <param name="name">The name of the question.</param>
    /// <param name="where">SQL: which of them.</param>
    public static StoreQuery OverTime(string name, string where) => new(
        name,
        $$"""
        WITH RECURSIVE moments (time) AS (
            SELECT {from} / {step} * {step}
            UNION ALL
            SELECT time + {step} FROM moments WHERE time + {step} <= {to}
        ),
        episodes AS (
            SELECT severity, opened_s, resolved_s FROM v_episodes
            WHERE opened_s <= {to} AND (resolved_s IS NULL OR resolved_s > {from}) AND {{where}}
        )
        SELECT m.time, {{Shared.CountBySeverity}}
        FROM moments m
        LEFT JOIN episodes e ON e.opened_s <= m.time AND (e.resolved_s IS NULL OR e.resolved_s > m.time)
        GROUP BY m.time ORDER BY m.time
        """,
        [new PanelColumn("time", ColumnKind.Time), .. Shared.SeveritySeries()]);
}
