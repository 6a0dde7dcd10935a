using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes how fields look: first what holds for all of a panel's, then what single columns say.</summary>
internal static class FieldWriter
{
    /// <summary>The field configuration.</summary>
    public static JObject Write(Panel panel) => new()
    {
        ["defaults"] = Defaults(panel),
        ["overrides"] = new JArray(panel.Queries.SelectMany(q => q.Columns).DistinctBy(c => c.Name).Select(c => Override(panel, c)).OfType<JObject>()),
    };

    private static JObject Defaults(Panel panel)
    {
        var json = new JObject { ["color"] = new JObject { ["mode"] = panel is TimeSeriesPanel ? "palette-classic" : "thresholds" } };
        if (panel is TimeSeriesPanel { HasThresholdLines: true } or not TimeSeriesPanel) json["thresholds"] = Steps(panel.Thresholds);
        if (panel is not TablePanel) Unit(json, panel.Measure);
        if (panel is TimeSeriesPanel { Min: { } least }) json["min"] = least;
        if (panel is BarGaugePanel) json["min"] = 0;
        if (((panel as TimeSeriesPanel)?.Max ?? (panel as BarGaugePanel)?.Max) is { } most) json["max"] = most;
        // In a table it would stand in every empty cell.
        if (panel is not TablePanel && panel.WhenEmpty is { } empty) json["noValue"] = empty;
        if (panel is StateTimelinePanel timeline) json["mappings"] = Mappings(timeline.States);
        if (Custom(panel) is { } custom) json["custom"] = custom;
        return json;
    }

    private static JObject? Custom(Panel panel) => panel switch
    {
        TimeSeriesPanel series => Series(series),
        TablePanel => new JObject { ["align"] = "auto", ["cellOptions"] = new JObject { ["type"] = "auto" }, ["filterable"] = true, ["inspect"] = false },
        // A state holds until the next one; rows have the changes only.
        StateTimelinePanel => new JObject { ["fillOpacity"] = 80, ["lineWidth"] = 0, ["spanNulls"] = true },
        _ => null,
    };

    private static JObject Series(TimeSeriesPanel series) => new()
    {
        ["drawStyle"] = series.IsBars ? "bars" : "line",
        ["lineWidth"] = series.IsBars ? 0 : 1,
        ["fillOpacity"] = series.IsBars ? 80 : series.IsStacked ? 30 : 8,
        ["showPoints"] = "never",
        ["spanNulls"] = false,
        ["stacking"] = new JObject { ["mode"] = series.IsStacked ? "normal" : "none", ["group"] = "A" },
        ["thresholdsStyle"] = new JObject { ["mode"] = series.HasThresholdLines ? "dashed" : "off" },
    };

    private static JObject? Override(Panel panel, PanelColumn column)
    {
        var properties = new JArray(Properties(panel, column).Select(p => new JObject { ["id"] = p.Id, ["value"] = p.Value }));
        if (properties.Count == 0) return null;
        return new JObject { ["matcher"] = new JObject { ["id"] = "byName", ["options"] = column.Name }, ["properties"] = properties };
    }

    private static IEnumerable<(string Id, JToken Value)> Properties(Panel panel, PanelColumn column)
    {
        var hidden = new JObject { ["legend"] = true, ["tooltip"] = true, ["viz"] = true };
        // Grafana before 12 knows the second name only.
        if (column.IsHidden && panel is TablePanel) return [("custom.hideFrom", hidden), ("custom.hidden", true)];
        return column.IsHidden ? [] : Look(panel, column);
    }

    private static IEnumerable<(string Id, JToken Value)> Look(Panel panel, PanelColumn column)
    {
        // A bar is called by what its row is about, unless its field has a name.
        if (panel is not BarGaugePanel && column.Heading is { } heading) yield return ("displayName", heading);
        if (column.Measure is { } measure)
        {
            yield return ("unit", measure.Unit);
            if (measure.Decimals is { } decimals) yield return ("decimals", decimals);
        }

        if (column.Color is { } color) yield return ("color", new JObject { ["mode"] = "fixed", ["fixedColor"] = color });
        if (column.Thresholds is { } thresholds) yield return ("thresholds", Steps(thresholds));
        if (column.Mappings.Count > 0) yield return ("mappings", Mappings(column.Mappings));
        if (column.Links.Count > 0) yield return ("links", Links(column.Links));
        if (panel is not TablePanel) yield break;
        if (column.Width is { } width) yield return ("custom.width", width);
        if (column.Cell != CellStyle.Plain) yield return ("custom.cellOptions", Cell(column.Cell));
        if (column.Cell == CellStyle.Bar) yield return ("min", 0);
        if (column is { Cell: CellStyle.Bar, Measure.Unit: "percentunit" }) yield return ("max", 1);
    }

    private static JObject Cell(CellStyle style) => style switch
    {
        CellStyle.Text => new JObject { ["type"] = "color-text" },
        CellStyle.Background => new JObject { ["type"] = "color-background", ["mode"] = "basic" },
        _ => new JObject { ["type"] = "gauge", ["mode"] = "basic", ["valueDisplayMode"] = "text" },
    };

    private static void Unit(JObject json, Measure measure)
    {
        json["unit"] = measure.Unit;
        if (measure.Decimals is { } decimals) json["decimals"] = decimals;
    }

    private static JObject Steps(Thresholds thresholds) => new()
    {
        ["mode"] = "absolute",
        ["steps"] = new JArray(thresholds.Steps.Select(s => Step(s.From, s.Color)).Prepend(Step(null, thresholds.Base))),
    };

    private static JObject Step(double? from, string color) => new() { ["color"] = color, ["value"] = from };

    private static JArray Mappings(IReadOnlyList<ValueMapping> mappings)
    {
        var options = new JObject();
        foreach (var mapping in mappings)
        {
            var result = new JObject { ["index"] = options.Count };
            if (mapping.Text is { } text) result["text"] = text;
            if (mapping.Color is { } color) result["color"] = color;
            options[mapping.Value] = result;
        }

        return new JArray(new JObject { ["type"] = "value", ["options"] = options });
    }

    private static JArray Links(IReadOnlyList<DataLink> links) => new(links.Select(link => new JObject { ["title"] = link.Title, ["url"] = link.Url, ["targetBlank"] = false }));
}
