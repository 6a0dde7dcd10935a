using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>The parts of a finding that are stored as JSON objects, whose order is that of the query's declarations.</summary>
internal static class StoredContent
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A key: <c>{"cluster":"...","namespace":null}</c>.</summary>
    public static string Key(FindingKey key) => Write(key, static (writer, key) =>
    {
        foreach (var part in key) writer.WriteString(part.Column, part.Value);
    });

    /// <summary>Reads a key.</summary>
    public static FindingKey ReadKey(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new FindingKey(document.RootElement.EnumerateObject().Select(part => new KeyPart(part.Name, part.Value.GetString())));
    }

    /// <summary>Measures: <c>{"restarts":{"value":3,"unit":"count"}}</c>.</summary>
    public static string Measures(IReadOnlyList<Measure> measures) => Write(measures, static (writer, measures) =>
    {
        foreach (var measure in measures)
        {
            writer.WriteStartObject(measure.Name);
            if (measure.Value is { } value) writer.WriteNumber("value", value);
            else writer.WriteNull("value");
            writer.WriteString("unit", measure.Unit);
            writer.WriteEndObject();
        }
    });

    /// <summary>Reads measures.</summary>
    public static IReadOnlyList<Measure> ReadMeasures(string json)
    {
        if (json == "{}") return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(ReadMeasure)];
    }

    /// <summary>Evidence: <c>{"pods":["a","b"]}</c>.</summary>
    public static string Evidence(IReadOnlyList<EvidenceItem> evidence) => Write(evidence, static (writer, evidence) =>
    {
        foreach (var item in evidence)
        {
            writer.WritePropertyName(item.Name);
            writer.WriteRawValue(item.Json);
        }
    });

    /// <summary>Reads evidence.</summary>
    public static IReadOnlyList<EvidenceItem> ReadEvidence(string json)
    {
        if (json == "{}") return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(item => new EvidenceItem(item.Name, item.Value.GetRawText()))];
    }

    private static Measure ReadMeasure(JsonProperty measure)
    {
        var value = measure.Value.GetProperty("value");
        return new Measure(measure.Name, value.ValueKind == JsonValueKind.Null ? null : value.GetDouble(), measure.Value.GetProperty("unit").GetString() ?? "");
    }

    private static string Write<T>(T content, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer, content);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
