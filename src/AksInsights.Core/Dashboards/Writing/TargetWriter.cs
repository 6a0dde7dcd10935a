using AksInsights.Core.Dashboards.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes what a panel asks, in the form of the data source that is asked.</summary>
internal static class TargetWriter
{
    /// <summary>A question of a panel.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="refId">Its letter in the panel.</param>
    /// <param name="sources">The data sources.</param>
    public static JObject Write(PanelQuery query, string refId, DataSources sources)
    {
        var target = new JObject { ["refId"] = refId, ["datasource"] = sources.Of(query).Reference() };
        target.Merge(query switch
        {
            StoreQuery store => Store(store, sources.Flavour),
            ServiceQuery service => Api(service.Name, service.Parameters, service.Columns),
            LiveQuery { Target: LiveTarget.ResourceGraph } live => ResourceGraph(live),
            LiveQuery live => LogAnalytics(live),
            MetricQuery metric => Metric(metric),
            _ => throw new InvalidOperationException($"A {query.GetType().Name} cannot be written."),
        });
        return target;
    }

    /// <summary>A question of a variable: SQL alone where the data source wants no more.</summary>
    public static JToken OfVariable(PanelQuery query, DataSources sources)
    {
        if (query is StoreQuery store && sources.Flavour != DashboardFlavour.Json) return StoreSql.Write(store.Sql, sources.Flavour);
        var target = Write(query, "A", sources);
        if (query is StoreQuery or ServiceQuery) return new JObject { ["refId"] = "variable", ["queryType"] = "infinity", ["infinityQuery"] = target };
        target.Remove("datasource");
        return target;
    }

    private static JObject Store(StoreQuery query, DashboardFlavour flavour)
    {
        if (flavour == DashboardFlavour.Json) return Api(query.Name, StoreSql.Names(query.Sql), query.Columns);
        var sql = StoreSql.Write(query.Sql, flavour);
        if (flavour == DashboardFlavour.Postgres) return new JObject { ["rawSql"] = sql, ["rawQuery"] = true, ["format"] = "table", ["editorMode"] = "code" };
        return new JObject { ["queryText"] = sql, ["rawQueryText"] = sql, ["queryType"] = "table", ["timeColumns"] = new JArray("time") };
    }

    private static JObject Api(string name, IReadOnlyList<string> parameters, IReadOnlyList<PanelColumn> columns) => new()
    {
        ["type"] = "json",
        ["source"] = "url",
        ["parser"] = "backend",
        ["format"] = "table",
        // The data source has the address of the service.
        ["url"] = $"/api/v1/panels/{name}",
        ["url_options"] = new JObject { ["method"] = "GET", ["params"] = new JArray(parameters.Select(Parameter)), ["headers"] = new JArray() },
        ["root_selector"] = "items",
        ["columns"] = new JArray(columns.Select(column => new JObject { ["selector"] = column.Name, ["text"] = column.Name, ["type"] = ApiType(column.Kind) })),
        ["filters"] = new JArray(),
    };

    private static JObject Parameter(string name) => new() { ["key"] = name, ["value"] = StoreSql.ApiValue(name) };

    private static string ApiType(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Time => "timestamp_epoch_s",
        ColumnKind.Flag => "boolean",
        _ => "string",
    };

    private static JObject LogAnalytics(LiveQuery query) => new()
    {
        ["queryType"] = "Azure Log Analytics",
        ["azureLogAnalytics"] = new JObject
        {
            ["query"] = query.Kql,
            ["resources"] = new JArray("$loganalytics"),
            ["resultFormat"] = "table",
            // The query has the times itself.
            ["dashboardTime"] = false,
        },
    };

    private static JObject ResourceGraph(LiveQuery query) => new()
    {
        ["queryType"] = "Azure Resource Graph",
        ["azureResourceGraph"] = new JObject { ["query"] = query.Kql, ["resultFormat"] = "table" },
        ["subscriptions"] = new JArray("$subscription"),
    };

    private static JObject Metric(MetricQuery query) => new()
    {
        ["expr"] = query.Expression,
        ["legendFormat"] = query.Legend,
        ["range"] = !query.IsInstant,
        ["instant"] = query.IsInstant,
        ["format"] = query.IsInstant ? "table" : "time_series",
        ["editorMode"] = "code",
    };
}
