using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>Alert rules of Grafana by file provisioning: one for each of the worst severities, with an alert for each finding that is open and that nobody took up.</summary>
/// <remarks>
/// A table with one number and texts is an alert for each row, its texts the labels. For teams whose alerts all come from Grafana; the service's own alerts know more (see docs/alerts.md).
/// JSON is YAML too, so the file is written as JSON.
/// </remarks>
internal sealed class AlertRules : IShippingFormat
{
    private static readonly string[] Severities = ["critical", "error"];

    /// <inheritdoc/>
    public string Name => "alert-rules";

    /// <inheritdoc/>
    public string Purpose => "Grafana alert rules over open findings, for PostgreSQL and SQLite";

    /// <inheritdoc/>
    public IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes)
    {
        if (flavour is not (DashboardFlavour.Postgres or DashboardFlavour.Sqlite)) return [];
        var group = new JObject
        {
            ["orgId"] = 1,
            ["name"] = "AksInsights",
            ["folder"] = Dashboard.MainFolder,
            ["interval"] = "1m",
            ["rules"] = new JArray(Severities.Select(severity => Rule(severity, flavour))),
        };
        var file = new JObject { ["apiVersion"] = 1, ["groups"] = new JArray(group) };
        return [new ShippedFile("provisioning/alerting/aksinsights.yaml", file.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n")];
    }

    /// <summary>Open findings of a severity: a number, and texts that are together different for each finding.</summary>
    internal static string Sql(string severity) => $"""
        SELECT 1 AS value, id AS finding, query, COALESCE(cluster, '') AS cluster, COALESCE(namespace, '') AS namespace, COALESCE(workload, '') AS workload, title
        FROM v_findings
        WHERE condition IN ('open', 'clearing') AND severity = '{severity}' AND workflow = 'new' AND is_latest = 1
        """.ReplaceLineEndings(" ");

    private static JObject Rule(string severity, DashboardFlavour flavour) => new()
    {
        ["uid"] = $"aksinsights-{severity}",
        ["title"] = $"AksInsights: {severity} findings",
        ["condition"] = "B",
        ["data"] = new JArray(
            Step("A", GrafanaNames.DataSourceUid(flavour), Question(Sql(severity), flavour)),
            Step("B", "__expr__", new JObject
            {
                ["refId"] = "B",
                ["type"] = "threshold",
                ["expression"] = "A",
                ["conditions"] = new JArray(new JObject { ["evaluator"] = new JObject { ["type"] = "gt", ["params"] = new JArray(0) } }),
            })),
        // No row is good news; a question that fails is not.
        ["noDataState"] = "OK",
        ["execErrState"] = "Error",
        ["for"] = "0s",
        // Double braces are Grafana's templates.
        ["annotations"] = new JObject { ["summary"] = "{{ $labels.title }}", ["description"] = "{{ $labels.query }} in {{ $labels.cluster }}: aksinsights findings show {{ $labels.finding }}" },
        ["labels"] = new JObject { ["severity"] = severity, ["source"] = "aksinsights" },
    };

    private static JObject Step(string refId, string dataSource, JObject model) => new()
    {
        ["refId"] = refId,
        ["relativeTimeRange"] = new JObject { ["from"] = 600, ["to"] = 0 },
        ["datasourceUid"] = dataSource,
        ["model"] = model,
    };

    private static JObject Question(string sql, DashboardFlavour flavour) => flavour == DashboardFlavour.Postgres
        ? new JObject { ["refId"] = "A", ["rawSql"] = sql, ["rawQuery"] = true, ["format"] = "table", ["editorMode"] = "code" }
        : new JObject { ["refId"] = "A", ["queryText"] = sql, ["rawQueryText"] = sql, ["queryType"] = "table", ["timeColumns"] = new JArray() };
}
