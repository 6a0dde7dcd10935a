using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>Requests and limits: what proposals save, how sure they are, what they would have done, and how much is used.</summary>
internal static class RightsizingBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-rightsizing";

    private const string Chosen = "{in:cluster:cluster} AND {in:namespace:namespace}";
    private const string InRange = "day_s BETWEEN {from} - 86400 AND {to}";

    private static readonly string[] OfThePast = ["namespace", "workload", "container", "confidence", "reason", "risk", "past_days", "past_kills", "past_throttled", "past_above", "oom_kills"];

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Rightsizing",
        FileName = "rightsizing.json",
        Description = "What proposals for requests and limits save, how sure they are, what they would have done on the past, and how much of what is reserved is used.",
        From = "now-30d",
        Refresh = "1h",
        Variables = [Shared.Clusters, Shared.Namespace],
        Annotations = [Shared.Merges],
        Rows =
        [
            new DashboardRow(null, [Saving(), Containers(), Changes(), Kills(), Table(), Cpu(), Memory(), Accidents()]),
            new DashboardRow("Trust: reasons, and what the proposals would have done on each container's own past", [Past()]),
            new DashboardRow("Pull requests, and namespaces", [Pulls(), Namespaces()]),
        ],
    };

    private static StatPanel Saving() => Recommendations.Saving("What all proposals save, a month", 6);

    private static StatPanel Containers() => Count("Containers judged", "workload", "count", Thresholds.Neutral);

    private static StatPanel Changes() => Count("Containers to change", "changes", "sum", Thresholds.Neutral);

    private static StatPanel Count(string title, string field, string calculation, Thresholds thresholds) => new(title)
    {
        Width = 6,
        Height = 4,
        Fields = [field],
        Calculation = calculation,
        Thresholds = thresholds,
        WhenEmpty = "no usage yet",
        Queries = [Recommendations.Rows()],
    };

    private static StatPanel Kills() => new("Killed for memory in the range")
    {
        Width = 6,
        Height = 4,
        Thresholds = new Thresholds(Palette.Good, (1, Palette.Error)),
        Queries = [new StoreQuery("rightsizing-kills", $"SELECT coalesce(sum(oom_kills), 0) AS kills FROM v_usage_days WHERE {InRange} AND {Chosen}", [PanelColumn.Number("kills", "Kills")])],
    };

    private static TablePanel Table() => Recommendations.Table("Containers, and what is proposed");

    private static TimeSeriesPanel Cpu() => Reserved(
        "CPU in cores: requested, and the greatest use of a day", "rightsizing-cpu", "sum(cpu_request_cores * pods) AS requested, sum(cpu_max_cores * pods) AS used", Measure.Number);

    private static TimeSeriesPanel Memory() => Reserved(
        "Memory: requested, and the greatest use of a day", "rightsizing-memory", "sum(memory_request_bytes * pods) AS requested, sum(memory_max_bytes * pods) AS used", Measure.Bytes);

    private static TimeSeriesPanel Reserved(string title, string name, string sums, Measure measure) => new(title)
    {
        Description = "All pods of all containers that are known; the greatest uses of different containers need not fall together.",
        Width = 8,
        Height = 8,
        Measure = measure,
        Queries =
        [
            new StoreQuery(
                name,
                $"SELECT day_s AS time, {sums}\nFROM v_usage_days WHERE {InRange} AND {Chosen}\nGROUP BY day_s ORDER BY day_s",
                [
                    new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("requested", "Requested", measure) with { Color = Palette.Warning },
                    PanelColumn.Number("used", "Greatest use", measure) with { Color = Palette.Neutral },
                ]),
        ],
    };

    private static TimeSeriesPanel Accidents() => new("Restarts, and those of them that were kills for memory")
    {
        Width = 8,
        Height = 8,
        IsBars = true,
        Queries =
        [
            new StoreQuery(
                "rightsizing-accidents",
                $"SELECT day_s AS time, sum(restarts) AS restarts, sum(oom_kills) AS kills\nFROM v_usage_days WHERE {InRange} AND {Chosen}\nGROUP BY day_s ORDER BY day_s",
                [
                    new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("restarts", "Restarts", Measure.Count) with { Color = Palette.Warning },
                    PanelColumn.Number("kills", "Killed for memory", Measure.Count) with { Color = Palette.Critical },
                ]),
        ],
    };

    private static TablePanel Past() => new("Why, and what would have happened")
    {
        Description = "Kills and throttled time that the proposal would have meant on the container's own past, next to what happened.",
        Width = 24,
        Height = 11,
        WhenEmpty = "No usage has been rolled up yet.",
        Queries = [Recommendations.Rows(ForThePast)],
    };

    private static TablePanel Namespaces() => new("Namespaces: requested, and the greatest use of the newest day")
    {
        Width = 10,
        Height = 9,
        Queries =
        [
            new StoreQuery(
                "rightsizing-namespaces",
                $$"""
                SELECT namespace, count(*) AS containers, sum(cpu_request_cores * pods) AS cpu_request, sum(cpu_max_cores * pods) AS cpu_used,
                       sum(memory_request_bytes * pods) AS memory_request, sum(memory_max_bytes * pods) AS memory_used
                FROM v_usage_days
                WHERE day_s = (SELECT max(day_s) FROM v_usage_days WHERE day_s <= {to}) AND {{Chosen}}
                GROUP BY namespace ORDER BY cpu_request DESC, namespace
                """,
                [
                    PanelColumn.Text("namespace", "Namespace"), PanelColumn.Number("containers", "Containers", Measure.Count, 95), PanelColumn.Number("cpu_request", "CPU requested", Measure.Cores, 120),
                    PanelColumn.Number("cpu_used", "CPU used", Measure.Cores, 110), PanelColumn.Number("memory_request", "Memory requested", Measure.Bytes, 140), PanelColumn.Number("memory_used", "Memory used", Measure.Bytes, 115),
                ]),
        ],
    };

    private static TablePanel Pulls() => new("Pull requests")
    {
        Description = "As `aksinsights propose --store` saw them last; it opens them, keeps them up to date and notes here what became of them.",
        Width = 14,
        Height = 9,
        WhenEmpty = "None is noted.",
        Queries =
        [
            new StoreQuery(
                "rightsizing-pulls",
                $$"""
                SELECT state, title, link, repository, saving, opened_s * 1000 AS opened, ended_s * 1000 AS ended, seen_s * 1000 AS seen
                FROM v_proposals p
                WHERE {{Shared.ProposalScope}} AND (p.namespace IS NULL OR {in:p.namespace:namespace})
                ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, coalesce(ended_s, opened_s) DESC, link LIMIT 200
                """,
                [
                    PanelColumn.Text("state", "State", 75) with { Cell = CellStyle.Text, Mappings = [new("open", null, Palette.Warning), new("merged", null, Palette.Good), new("closed", null, Palette.Unknown)] },
                    PanelColumn.Text("title", "What it changes") with { Links = [new DataLink("Open the pull request", "${__data.fields.link:raw}")] }, PanelColumn.Hidden("link"),
                    PanelColumn.Text("repository", "Repository", 200), PanelColumn.Number("saving", "Saves a month", Measure.Dollars, 115), Shared.Ago("opened", "Opened", 110),
                    Shared.Ago("ended", "Merged or closed", 130), Shared.Ago("seen", "Looked at", 110),
                ]),
        ],
    };

    private static PanelColumn ForThePast(PanelColumn column) => !OfThePast.Contains(column.Name) ? column with { IsHidden = true } : column.Name switch
    {
        "workload" => column with { Width = 180 },
        "reason" => PanelColumn.Text("reason", "Why"),
        "risk" => PanelColumn.Text("risk", "Risk"),
        "past_days" => PanelColumn.Number("past_days", "Days", new Measure("none", 0), 60),
        "oom_kills" => PanelColumn.Number("oom_kills", "Killed", Measure.Count, 70),
        "past_kills" => PanelColumn.Number("past_kills", "Would be killed", Measure.Count, 120) with { Cell = CellStyle.Text, Thresholds = new Thresholds(Palette.Good, (1, Palette.Critical)) },
        "past_throttled" => PanelColumn.Number("past_throttled", "Would be throttled", new Measure("percentunit", 2), 140),
        "past_above" => PanelColumn.Number("past_above", "CPU above request", new Measure("percentunit", 1), 140),
        _ => column,
    };
}
