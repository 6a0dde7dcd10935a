using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>Messages: what waits, what was delivered, what was refused and why.</summary>
internal static class DeliveryBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-delivery";

    private const string InRange = "created_at_s BETWEEN {from} AND {to}";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Alerts and delivery",
        FileName = "delivery.json",
        Description = "Whether what AksInsights has to say arrives: what waits, what was delivered, and what was refused and why.",
        From = "now-7d",
        Rows = [new DashboardRow(null, [Waiting(), Oldest(), Delivered(), Refused(), OverTime(), Channels(), Troubles(), Told()])],
    };

    private static StatPanel Waiting() => Number("Waiting", "delivery-waiting", "SELECT count(*) AS messages FROM v_outbox WHERE state = 'waiting'", new Thresholds(Palette.Good, (50, Palette.Warning)));

    private static StatPanel Oldest() => Number(
        "The oldest waits for", "delivery-oldest", "SELECT {to} - min(created_at_s) AS messages FROM v_outbox WHERE state = 'waiting'", new Thresholds(Palette.Good, (900, Palette.Warning), (3600, Palette.Critical))) with
    { Measure = new Measure("s", 0), WhenEmpty = "none waits" };

    private static StatPanel Delivered() => Number("Delivered in the range", "delivery-delivered", $"SELECT count(*) AS messages FROM v_outbox WHERE state = 'delivered' AND {InRange}", Thresholds.None);

    private static StatPanel Refused() => Number(
        "Refused in the range", "delivery-refused", $"SELECT count(*) AS messages FROM v_outbox WHERE state = 'refused' AND {InRange}", new Thresholds(Palette.Good, (1, Palette.Critical)));

    private static StatPanel Number(string title, string name, string sql, Thresholds thresholds) => new(title)
    {
        Width = 6,
        Height = 4,
        Thresholds = thresholds,
        Queries = [new StoreQuery(name, sql, [PanelColumn.Number("messages", "Messages")])],
    };

    private static TimeSeriesPanel OverTime() => new("Messages by what became of them")
    {
        Width = 14,
        Height = 9,
        IsBars = true,
        IsStacked = true,
        Queries =
        [
            new StoreQuery(
                "delivery-over-time",
                $$"""
                SELECT created_at_s / {step} * {step} AS time, count(CASE WHEN state = 'delivered' THEN 1 END) AS delivered,
                       count(CASE WHEN state = 'waiting' THEN 1 END) AS waiting, count(CASE WHEN state = 'refused' THEN 1 END) AS refused
                FROM v_outbox WHERE {{InRange}}
                GROUP BY 1 ORDER BY 1
                """,
                [
                    new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("delivered", "Delivered", Measure.Count) with { Color = Palette.Good },
                    PanelColumn.Number("waiting", "Waiting", Measure.Count) with { Color = Palette.Warning }, PanelColumn.Number("refused", "Refused", Measure.Count) with { Color = Palette.Critical },
                ]),
        ],
    };

    private static TablePanel Channels() => new("Channels")
    {
        Width = 10,
        Height = 9,
        WhenEmpty = "Nothing was to be sent.",
        Queries =
        [
            new StoreQuery(
                "delivery-channels",
                $"""
                SELECT channel, kind, count(*) AS messages, count(CASE WHEN state = 'refused' THEN 1 END) AS refused, max(attempts) AS attempts, avg(settled_at_s - created_at_s) AS took
                FROM v_outbox WHERE {InRange}
                GROUP BY channel, kind ORDER BY channel, kind
                """,
                [
                    PanelColumn.Text("channel", "Channel"), PanelColumn.Text("kind", "Kind", 85), PanelColumn.Number("messages", "Messages", Measure.Count, 85),
                    PanelColumn.Number("refused", "Refused", Measure.Count, 75) with { Cell = CellStyle.Text, Thresholds = new Thresholds(Palette.Unknown, (1, Palette.Critical)) },
                    PanelColumn.Number("attempts", "Most tries", Measure.Count, 85), PanelColumn.Number("took", "Took", Measure.Seconds, 100),
                ]),
        ],
    };

    private static TablePanel Troubles() => new("Refused, or tried more than once")
    {
        Width = 14,
        Height = 9,
        WhenEmpty = "Everything arrived at once.",
        Queries =
        [
            new StoreQuery(
                "delivery-troubles",
                $"""
                SELECT created_at_s * 1000 AS made, channel, kind, state, attempts, CASE WHEN state = 'waiting' THEN due_at_s * 1000 END AS due, answer
                FROM v_outbox WHERE (state = 'refused' OR attempts > 1) AND {InRange}
                ORDER BY created_at_s DESC, seq DESC LIMIT 200
                """,
                [
                    Shared.Ago("made", "Made", 100), PanelColumn.Text("channel", "Channel", 120), PanelColumn.Text("kind", "Kind", 80), PanelColumn.Text("state", "State", 80) with
                    {
                        Cell = CellStyle.Text,
                        Mappings = [new("delivered", null, Palette.Good), new("waiting", null, Palette.Warning), new("refused", null, Palette.Critical)],
                    },
                    PanelColumn.Number("attempts", "Tries", Measure.Count, 60), PanelColumn.Number("due", "Next try", Measure.Moment, 150), PanelColumn.Text("answer", "What was answered"),
                ]),
        ],
    };

    private static TimeSeriesPanel Told() => new("Events, and those that people are to be told")
    {
        Description = "What is not told is a baseline, muted, flapping, or only worth recording.",
        Width = 10,
        Height = 9,
        IsBars = true,
        Queries =
        [
            new StoreQuery(
                "delivery-told",
                """
                SELECT at_s / {step} * {step} AS time, count(*) AS events, count(CASE WHEN tell <> 0 THEN 1 END) AS told
                FROM v_finding_events WHERE at_ticks BETWEEN {from} * 10000000 AND {to} * 10000000
                GROUP BY 1 ORDER BY 1
                """,
                [new PanelColumn("time", ColumnKind.Time), PanelColumn.Number("events", "Events", Measure.Count) with { Color = Palette.Neutral }, PanelColumn.Number("told", "To be told", Measure.Count) with { Color = Palette.Error }]),
        ],
    };
}
