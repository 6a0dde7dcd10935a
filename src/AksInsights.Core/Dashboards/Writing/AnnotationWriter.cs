using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes marks in time: Grafana's own, which every dashboard has, and ours.</summary>
internal static class AnnotationWriter
{
    /// <summary>The list of annotations.</summary>
    public static JArray Write(Dashboard board, DataSources sources) => new(new[] { BuiltIn() }.Concat(board.Annotations.Select(a => Write(a, sources))));

    private static JObject BuiltIn() => new()
    {
        ["builtIn"] = 1,
        ["datasource"] = new JObject { ["type"] = "grafana", ["uid"] = "-- Grafana --" },
        ["enable"] = true,
        ["hide"] = true,
        ["iconColor"] = "rgba(0, 211, 255, 1)",
        ["name"] = "Annotations & Alerts",
        ["type"] = "dashboard",
    };

    private static JObject Write(Annotation annotation, DataSources sources) => new()
    {
        ["name"] = annotation.Name,
        ["datasource"] = sources.Of(annotation.Query).Reference(),
        ["enable"] = annotation.IsEnabled,
        ["iconColor"] = annotation.Color,
        ["target"] = TargetWriter.Write(annotation.Query, "Anno", sources),
    };
}
