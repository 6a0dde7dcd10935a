namespace AksInsights.Core.Dashboards;

/// <summary>What a set of dashboards reads from.</summary>
public enum DashboardFlavour
{
    /// <summary>Findings from the store in PostgreSQL.</summary>
    Postgres,

    /// <summary>Findings from the store in an SQLite file, through the plugin <c>frser-sqlite-datasource</c>.</summary>
    Sqlite,

    /// <summary>Findings from the service's API, through the plugin <c>yesoreyeram-infinity-datasource</c>.</summary>
    Json,

    /// <summary>Every area of the query library, live from Log Analytics through Azure Monitor.</summary>
    Azure,

    /// <summary>The service itself, from its metrics.</summary>
    Prometheus,
}
