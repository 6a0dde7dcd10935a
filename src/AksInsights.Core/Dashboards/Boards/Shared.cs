using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>What several dashboards have in common: columns, variables and links that look the same everywhere.</summary>
internal static class Shared
{
    /// <summary>The severities, worst first.</summary>
    public static IReadOnlyList<string> Severities { get; } = ["critical", "error", "warning", "info"];

    /// <summary>SQL: a count for each severity, worst first.</summary>
    public const string CountBySeverity = """
        count(CASE WHEN severity = 'critical' THEN 1 END) AS critical,
               count(CASE WHEN severity = 'error' THEN 1 END) AS error,
               count(CASE WHEN severity = 'warning' THEN 1 END) AS warning,
               count(CASE WHEN severity = 'info' THEN 1 END) AS info
        """;

    /// <summary>SQL: what is wrong now.</summary>
    public const string IsOpen = "condition IN ('open', 'clearing')";

    /// <summary>SQL: within the chosen workspaces and clusters.</summary>
    public const string Scope = "{in:workspace:workspace} AND {in:cluster:cluster}";

    /// <summary>The words and colours of severities.</summary>
    public static IReadOnlyList<ValueMapping> SeverityColors { get; } = [.. Severities.Select(severity => new ValueMapping(severity, null, ColorOf(severity)))];

    /// <summary>The workspaces of the store.</summary>
    public static QueryVariable Workspace { get; } = new(
        "workspace", "Workspace", new StoreQuery("workspaces", "SELECT DISTINCT workspace FROM v_clusters ORDER BY workspace", [PanelColumn.Text("workspace")]));

    /// <summary>The clusters of the store.</summary>
    public static QueryVariable Clusters { get; } = new("cluster", "Cluster", ClusterQuery) { Regex = Variable.LastPart };

    /// <summary>One of the clusters of the store.</summary>
    public static QueryVariable Cluster { get; } = Clusters with { IsMulti = false };

    /// <summary>The namespaces with findings or usage.</summary>
    public static QueryVariable Namespace { get; } = new("namespace", "Namespace", new StoreQuery(
        "namespaces",
        """
        SELECT namespace FROM v_findings WHERE namespace IS NOT NULL AND {in:cluster:cluster}
        UNION
        SELECT namespace FROM v_usage_days WHERE {in:cluster:cluster}
        ORDER BY namespace
        """,
        [PanelColumn.Text("namespace")]));

    /// <summary>The areas of the query library that have findings.</summary>
    public static QueryVariable Area { get; } = new(
        "area", "Area", new StoreQuery("areas", "SELECT DISTINCT area FROM v_findings ORDER BY area", [PanelColumn.Text("area")]));

    /// <summary>The severities.</summary>
    public static ChoiceVariable Severity { get; } = new("severity", "Severity", Severities);

    /// <summary>Where the web page is; links to single findings begin with it.</summary>
    public static TextVariable Address { get; } = new("page", "Web page", "http://localhost:8080");

    /// <summary>Marks where problems began.</summary>
    public static Annotation Openings { get; } = Events("Opened", "'opened', 'reopened'", Palette.Error, enabled: false);

    /// <summary>Marks where problems ended.</summary>
    public static Annotation Resolutions { get; } = Events("Resolved", "'resolved'", Palette.Good, enabled: false);

    /// <summary>SQL: pull requests <c>p</c> about a chosen cluster, about several, or about one that no check knows.</summary>
    public const string ProposalScope =
        "(p.cluster_name IS NULL OR p.cluster_name NOT IN (SELECT c.cluster_name FROM v_clusters c)\n"
        + "       OR p.cluster_name IN (SELECT c.cluster_name FROM v_clusters c WHERE {in:c.cluster:cluster}))";

    /// <summary>Marks where pull requests with other requests and limits were merged, in all clusters.</summary>
    public static Annotation AllMerges { get; } = Merged("marks-merged-all", "1 = 1");

    /// <summary>Marks where pull requests with other requests and limits were merged, in the chosen clusters.</summary>
    public static Annotation Merges { get; } = Merged("marks-merged", ProposalScope);

    private static StoreQuery ClusterQuery => new("clusters", "SELECT DISTINCT cluster FROM v_clusters ORDER BY cluster", [PanelColumn.Text("cluster")]);

    /// <summary>The colour of a severity.</summary>
    public static string ColorOf(string severity) => severity switch
    {
        "critical" => Palette.Critical,
        "error" => Palette.Error,
        "warning" => Palette.Warning,
        _ => Palette.Info,
    };

    /// <summary>A column of counts for each severity; where there is none the cell is quiet.</summary>
    public static IReadOnlyList<PanelColumn> SeverityCounts(CellStyle cell, int? width = 90) =>
    [
        .. Severities.Select(severity => PanelColumn.Number(severity, Capital(severity), Measure.Count, width) with
        {
            Cell = cell, Thresholds = new Thresholds(cell == CellStyle.Background ? "transparent" : Palette.Unknown, (1, ColorOf(severity))),
        }),
    ];

    /// <summary>Series in the colours of the severities.</summary>
    public static IReadOnlyList<PanelColumn> SeveritySeries() =>
        [.. Severities.Select(severity => PanelColumn.Number(severity, Capital(severity), Measure.Count) with { Color = ColorOf(severity) })];

    /// <summary>The severity of a finding.</summary>
    public static PanelColumn SeverityColumn() => PanelColumn.Text("severity", "Severity", 90) with { Cell = CellStyle.Background, Mappings = SeverityColors };

    /// <summary>A moment, in milliseconds since 1970, as the time that has passed.</summary>
    public static PanelColumn Ago(string name, string heading, int width = 130) => PanelColumn.Number(name, heading, Measure.Ago, width);

    /// <summary>The name of a cluster, which leads to its dashboard; the query also gives <c>cluster</c>.</summary>
    public static PanelColumn ClusterName(int? width = 170) => PanelColumn.Text("cluster_name", "Cluster", width) with { Links = [ToCluster] };

    /// <summary>Leads to the dashboard of the cluster of a row.</summary>
    public static DataLink ToCluster { get; } = new("Open the cluster", $"/d/{ClusterBoard.Uid}?var-cluster=${{__data.fields.cluster}}&${{store:queryparam}}&${{__url_time_range}}");

    /// <summary>Leads to the dashboard of the namespace of a row.</summary>
    public static DataLink ToNamespace { get; } = new(
        "Open the namespace", $"/d/{NamespaceBoard.Uid}?var-cluster=${{__data.fields.cluster}}&var-namespace=${{__data.fields.namespace}}&${{store:queryparam}}&${{__url_time_range}}");

    /// <summary>Leads to the web page of the finding of a row.</summary>
    public static DataLink ToFinding { get; } = new("Open the finding", "${page}/findings/${__data.fields.id}");

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static Annotation Merged(string name, string where) => new("Merged pull requests", Palette.Neutral, new StoreQuery(
        name,
        $$"""
        SELECT ended_s AS time, title AS text, repository AS tags
        FROM v_proposals p
        WHERE state = 'merged' AND ended_s BETWEEN {from} AND {to} AND {{where}}
        ORDER BY ended_s LIMIT 200
        """,
        [new PanelColumn("time", ColumnKind.Time), PanelColumn.Text("text"), PanelColumn.Text("tags")]));

    private static Annotation Events(string name, string kinds, string color, bool enabled) => new(name, color, new StoreQuery(
        $"marks-{name.ToLowerInvariant()}",
        $$"""
        SELECT at_s AS time, title AS text, severity AS tags
        FROM v_finding_events
        WHERE kind IN ({{kinds}}) AND severity_rank >= 2 AND at_ticks BETWEEN {from} * 10000000 AND {to} * 10000000 AND {in:cluster:cluster}
        ORDER BY at_s LIMIT 200
        """,
        [new PanelColumn("time", ColumnKind.Time), PanelColumn.Text("text"), PanelColumn.Text("tags")]))
    {
        IsEnabled = enabled,
    };
}
