using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>The parts of a finding that are stored as JSON objects, whose order is that of the query's declarations.</summary>
internal static class StoredContent
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One evaluation may write some hundred thousand small objects.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>A key: <c>{"cluster":"...","namespace":null}</c>.</summary>
    public static string Key(FindingKey key) => Write(key, static (writer, key) =>
    {
        foreach (var part in key) writer.WriteString(part.Column, part.Value);
    });

    /// <summary>Reads a key, when somebody looks at it.</summary>
    public static FindingKey ReadKey(string json) => FindingKey.Lazy(() =>
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(part => new KeyPart(part.Name, part.Value.GetString()))];
    });

    /// <summary>Measures: <c>{"restarts":{"value":3,"unit":"count"}}</c>.</summary>
    public static string Measures(IReadOnlyList<Measure> measures) => measures is Unread<Measure> same ? same.Json : Write(measures, static (writer, measures) =>
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
    public static IReadOnlyList<Measure> ReadMeasures(string json) => new Unread<Measure>(json, ReadMeasure);

    /// <summary>Evidence: <c>{"pods":["a","b"]}</c>.</summary>
    public static string Evidence(IReadOnlyList<EvidenceItem> evidence) => evidence is Unread<EvidenceItem> same ? same.Json : Write(evidence, static (writer, evidence) =>
    {
        foreach (var item in evidence)
        {
            writer.WritePropertyName(item.Name);
            writer.WriteRawValue(item.Json);
        }
    });

    /// <summary>Reads evidence.</summary>
    public static IReadOnlyList<EvidenceItem> ReadEvidence(string json) =>
        new Unread<EvidenceItem>(json, static item => new EvidenceItem(item.Name, item.Value.GetRawText()));

    private static Measure ReadMeasure(JsonProperty measure)
    {
        var value = measure.Value.GetProperty("value");
        return new Measure(measure.Name, value.ValueKind == JsonValueKind.Null ? null : value.GetDouble(), measure.Value.GetProperty("unit").GetString() ?? "");
    }

    private static string Write<T>(T content, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        write(writer, content);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A list that is read from its JSON when first asked for: most findings an evaluation loads are refreshed or written back unread.</summary>
    private sealed class Unread<T>(string json, Func<JsonProperty, T> read) : IReadOnlyList<T>
    {
        private T[]? _items;

        /// <summary>The text it is read from.</summary>
        public string Json { get; } = json;

        public int Count => Items.Length;

        private T[] Items => _items ??= Read();

        public T this[int index] => Items[index];

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

        private T[] Read()
        {
            using var document = JsonDocument.Parse(Json);
            return [.. document.RootElement.EnumerateObject().Select(read)];
        }
    }
}
