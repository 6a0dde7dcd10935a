using System.Text.Json;
using AksInsights.Kql;

namespace AksInsights.Service.Serving;

/// <summary>The member <c>render</c> of an answer: what <c>render</c> said, with the members of the service.</summary>
/// <remarks>Source of the shape: the recorded session CanQueryWithVisualization of Azure/azure-sdk-for-net.</remarks>
internal static class RenderJson
{
    private static readonly string[] Texts = ["title", "kind", "legend", "series", "xAxis", "xColumn", "xTitle", "yAxis", "yColumns", "ySplit", "yTitle", "anomalyColumns"];

    private static readonly string[] Flags = ["accumulate", "isQuerySorted"];

    private static readonly string[] Limits = ["yMin", "yMax"];

    /// <summary>Writes the member into an open object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="visualization">What the query said; null when it has no <c>render</c>, and then all of it is null.</param>
    public static void Write(Utf8JsonWriter json, Visualization? visualization)
    {
        var said = new Dictionary<string, string>(visualization?.Properties ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject("render");
        json.WriteString("visualization", visualization?.Kind);
        foreach (var name in Texts) json.WriteString(name, said.GetValueOrDefault(name));
        foreach (var name in Flags) json.WriteBoolean(name, said.GetValueOrDefault(name) == "true");
        foreach (var name in Limits) json.WriteString(name, said.GetValueOrDefault(name, "NaN"));
        json.WriteEndObject();
    }
}
