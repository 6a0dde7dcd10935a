using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes a panel: what all kinds have in common. Options and fields have writers of their own.</summary>
internal static class PanelWriter
{
    /// <summary>A panel at its place.</summary>
    public static JObject Write(Panel panel, GridPlace place, DataSources sources)
    {
        var json = new JObject { ["id"] = place.Id, ["type"] = TypeOf(panel), ["title"] = panel.Title };
        if (panel.Description is { } description) json["description"] = description;
        json["gridPos"] = Place(place);
        if (panel is TextPanel text)
        {
            json["options"] = new JObject { ["mode"] = "markdown", ["content"] = text.Content };
            json["fieldConfig"] = new JObject { ["defaults"] = new JObject(), ["overrides"] = new JArray() };
            json["transparent"] = text.Title.Length == 0;
            return json;
        }

        json["datasource"] = sources.Of(panel.Queries[0]).Reference();
        // Agents sample every five minutes at most often seen; bars narrower than a minute say nothing, and a step below a second would divide by zero.
        json["interval"] = panel.Queries[0] is LiveQuery ? "10m" : "1m";
        json["targets"] = new JArray(panel.Queries.Select((query, i) => TargetWriter.Write(query, ((char)('A' + i)).ToString(), sources)));
        var transformations = panel is BarGaugePanel gauge ? [.. panel.Transformations, Only(gauge.Legend, gauge.Value)] : panel.Transformations;
        if (transformations.Count > 0)
            json["transformations"] = new JArray(transformations.Select(t => new JObject { ["id"] = t.Id, ["options"] = t.Options.DeepClone() }));
        json["options"] = OptionsWriter.Write(panel);
        json["fieldConfig"] = FieldWriter.Write(panel);
        return json;
    }

    // Further columns would become further bars, or parts of the names of bars.
    private static Transformation Only(params string[] columns) =>
        new("filterFieldsByName", new JObject { ["include"] = new JObject { ["names"] = new JArray(columns.Cast<object>().ToArray()) } });

    /// <summary>The position of a panel.</summary>
    public static JObject Place(GridPlace place) => new() { ["h"] = place.Height, ["w"] = place.Width, ["x"] = place.X, ["y"] = place.Y };

    private static string TypeOf(Panel panel) => panel switch
    {
        StatPanel => "stat",
        TimeSeriesPanel => "timeseries",
        TablePanel => "table",
        BarGaugePanel => "bargauge",
        StateTimelinePanel => "state-timeline",
        TextPanel => "text",
        _ => throw new InvalidOperationException($"A {panel.GetType().Name} cannot be written."),
    };
}
