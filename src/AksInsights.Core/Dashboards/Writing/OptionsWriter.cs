using System.Text.RegularExpressions;
using AksInsights.Core.Dashboards.Panels;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes the options of each kind of panel, all that Grafana's types demand.</summary>
internal static class OptionsWriter
{
    /// <summary>The options.</summary>
    public static JObject Write(Panel panel) => panel switch
    {
        StatPanel stat => Stat(stat),
        TimeSeriesPanel => new JObject { ["legend"] = Legend(), ["tooltip"] = Tooltip("multi") },
        TablePanel table => Table(table),
        BarGaugePanel => BarGauge(),
        StateTimelinePanel => StateTimeline(),
        _ => throw new InvalidOperationException($"A {panel.GetType().Name} has no options."),
    };

    private static JObject Stat(StatPanel stat) => new()
    {
        ["colorMode"] = stat.IsFilled ? "background" : "value",
        ["graphMode"] = stat.HasSparkline ? "area" : "none",
        ["justifyMode"] = "auto",
        ["orientation"] = "auto",
        ["percentChangeColorMode"] = "standard",
        ["reduceOptions"] = Reduce(stat.Calculation, Named(stat, stat.Fields), stat.IsPerRow),
        ["showPercentChange"] = false,
        ["textMode"] = "auto",
        ["wideLayout"] = true,
    };

    private static JObject Table(TablePanel table)
    {
        var json = new JObject { ["cellHeight"] = "sm", ["enablePagination"] = true, ["frameIndex"] = 0, ["showHeader"] = true };
        if (table.SortedBy is { } column) json["sortBy"] = new JArray(new JObject { ["displayName"] = column, ["desc"] = true });
        return json;
    }

    private static JObject BarGauge() => new()
    {
        ["displayMode"] = "gradient",
        ["legend"] = new JObject { ["calcs"] = new JArray(), ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = false },
        ["maxVizHeight"] = 40,
        ["minVizHeight"] = 16,
        ["minVizWidth"] = 8,
        ["namePlacement"] = "auto",
        ["orientation"] = "horizontal",
        ["reduceOptions"] = Reduce("lastNotNull", "", isPerRow: true),
        ["showUnfilled"] = true,
        ["sizing"] = "manual",
        ["text"] = new JObject { ["titleSize"] = 14, ["valueSize"] = 14 },
        ["valueMode"] = "color",
    };

    private static JObject StateTimeline() => new()
    {
        ["alignValue"] = "left",
        ["legend"] = Legend(),
        ["mergeValues"] = true,
        ["perPage"] = 20,
        ["rowHeight"] = 0.85,
        ["showValue"] = "never",
        ["tooltip"] = Tooltip("single"),
    };

    private static JObject Legend() => new() { ["calcs"] = new JArray(), ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true };

    private static JObject Tooltip(string mode) => new() { ["mode"] = mode, ["sort"] = mode == "multi" ? "desc" : "none" };

    // Grafana looks fields up by what people see, not by the name of the column.
    private static string Named(Panel panel, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0) return "";
        var all = panel.Queries.SelectMany(query => query.Columns).ToList();
        var shown = columns.Select(name => all.FirstOrDefault(column => column.Name == name)?.Heading ?? name);
        return $"/^({string.Join('|', shown.Select(Regex.Escape))})$/";
    }

    private static JObject Reduce(string calculation, string fields, bool isPerRow)
    {
        var json = new JObject { ["calcs"] = new JArray(calculation), ["fields"] = fields, ["values"] = isPerRow };
        if (isPerRow) json["limit"] = 25;
        return json;
    }
}
