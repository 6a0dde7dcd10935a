namespace AksInsights.Core.Dashboards.Queries;

/// <summary>What a panel asks, and which columns it gets. Immutable.</summary>
/// <param name="Columns">The columns of the result, in order.</param>
public abstract record PanelQuery(IReadOnlyList<PanelColumn> Columns);

/// <summary>A question to the store, in SQL that PostgreSQL and SQLite both understand.</summary>
/// <remarks>
/// The text may name what a viewer chooses, as <see cref="StoreSql"/> says; each flavour writes that in its own way. The flavour for the API asks the service,
/// which runs the same text, so that the same panel shows the same rows.
/// </remarks>
/// <param name="Name">Its name in the API, unique among different texts.</param>
/// <param name="Sql">The text.</param>
/// <param name="Columns">The columns of the result.</param>
public sealed record StoreQuery(string Name, string Sql, IReadOnlyList<PanelColumn> Columns) : PanelQuery(Columns);

/// <summary>A question to the API that the store cannot answer by itself, for every flavour.</summary>
/// <param name="Name">The name of the list of rows.</param>
/// <param name="Parameters">The variables that narrow it.</param>
/// <param name="Columns">The columns of the result.</param>
public sealed record ServiceQuery(string Name, IReadOnlyList<string> Parameters, IReadOnlyList<PanelColumn> Columns) : PanelQuery(Columns);

/// <summary>A question in KQL, asked by Grafana itself.</summary>
/// <param name="Kql">The text with Grafana's macros.</param>
/// <param name="Target">Whom it is asked.</param>
/// <param name="Columns">The columns of the result.</param>
public sealed record LiveQuery(string Kql, LiveTarget Target, IReadOnlyList<PanelColumn> Columns) : PanelQuery(Columns);

/// <summary>Whom a live question is asked.</summary>
public enum LiveTarget
{
    /// <summary>A Log Analytics workspace.</summary>
    LogAnalytics,

    /// <summary>Azure Resource Graph.</summary>
    ResourceGraph,
}

/// <summary>A question to Prometheus about the service itself.</summary>
/// <param name="Expression">The PromQL.</param>
/// <param name="Legend">What a line is called, with labels in double braces.</param>
/// <param name="IsInstant">Whether only the present value is asked for.</param>
public sealed record MetricQuery(string Expression, string Legend, bool IsInstant = false) : PanelQuery([]);
