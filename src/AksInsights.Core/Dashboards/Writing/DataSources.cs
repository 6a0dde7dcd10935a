using AksInsights.Core.Dashboards.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>The data sources of a flavour: each is chosen by the viewer, through a variable, and none by a uid of some installation.</summary>
internal sealed class DataSources(DashboardFlavour flavour)
{
    private static readonly DataSource Azure = new("azure", "Azure Monitor", "grafana-azure-monitor-datasource");
    private static readonly DataSource Api = new("api", "AksInsights API", "yesoreyeram-infinity-datasource");
    private static readonly DataSource Metrics = new("prometheus", "Prometheus", "prometheus");

    private readonly DataSource _store = flavour switch
    {
        DashboardFlavour.Postgres => new("store", "Findings", "grafana-postgresql-datasource"),
        DashboardFlavour.Sqlite => new("store", "Findings", "frser-sqlite-datasource"),
        _ => Api with { Variable = "store" },
    };

    /// <summary>The flavour.</summary>
    public DashboardFlavour Flavour => flavour;

    /// <summary>The data source that answers a query.</summary>
    public DataSource Of(PanelQuery query) => query switch
    {
        StoreQuery => _store,
        // In the flavour for the API the store is the API.
        ServiceQuery => flavour == DashboardFlavour.Json ? _store : Api,
        LiveQuery => Azure,
        MetricQuery => Metrics,
        _ => throw new InvalidOperationException($"No data source answers a {query.GetType().Name}."),
    };

    /// <summary>The data source that knows subscriptions.</summary>
    public static DataSource Subscriptions => Azure;
}

/// <summary>A data source that the viewer chooses.</summary>
/// <param name="Variable">The name of the variable.</param>
/// <param name="Label">What people see.</param>
/// <param name="Type">The id of the plugin.</param>
internal sealed record DataSource(string Variable, string Label, string Type)
{
    /// <summary>How panels name it.</summary>
    public JObject Reference() => new() { ["type"] = Type, ["uid"] = $"${{{Variable}}}" };
}
