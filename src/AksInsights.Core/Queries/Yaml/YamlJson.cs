using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AksInsights.Core.Queries.Yaml;

/// <summary>Writes YAML nodes as JSON, by YAML's core schema: plain <c>true</c>, <c>false</c>, <c>null</c> and numbers are values, all else is text.</summary>
internal static class YamlJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The node as JSON on one line.</summary>
    public static string Write(YamlNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(node, json);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(YamlNode node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case YamlMap map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key.Text);
                    Write(entry.Value, json);
                }

                json.WriteEndObject();
                break;
            case YamlList list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(item, json);
                json.WriteEndArray();
                break;
            case YamlScalar scalar:
                Write(scalar, json);
                break;
        }
    }

    private static void Write(YamlScalar scalar, Utf8JsonWriter json)
    {
        if (scalar.IsNull) json.WriteNullValue();
        else if (scalar is { IsPlain: true, Text: "true" or "false" }) json.WriteBooleanValue(scalar.Text == "true");
        else if (scalar.IsPlain && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) json.WriteNumberValue(whole);
        else if (scalar.IsPlain && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)) json.WriteNumberValue(real);
        else json.WriteStringValue(scalar.Text);
    }
}
