using System.Text;
using System.Text.Json;
using AksInsights.Kql.Results;

namespace AksInsights.Service.Commands;

/// <summary>Writes results as JSON on standard output.</summary>
internal static class JsonText
{
    /// <summary>Writes an array with an object for each item, one item a line.</summary>
    public static void WriteArray<T>(TextWriter to, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        to.Write('[');
        for (var i = 0; i < items.Count; i++)
        {
            to.Write(i == 0 ? "\n" : ",\n");
            WriteObject(to, json => members(json, items[i]));
        }

        to.Write(items.Count == 0 ? "]\n" : "\n]\n");
    }

    /// <summary>Writes one object, without a line break.</summary>
    public static void WriteObject(TextWriter to, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ResultJson.Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        to.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Writes a member that is an array of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
