using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Evaluation;

/// <summary>Result cells as keys, numbers and JSON.</summary>
internal static class CellText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A cell as part of a key: text as it is, other types in their invariant form; null for an empty or null cell.</summary>
    public static string? Key(object? cell) => cell switch
    {
        null or "" => null,
        string text => text,
        bool b => b ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        DateTime time => Iso(time),
        TimeSpan length => length.ToString("c", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Json(cell),
    };

    /// <summary>A cell as a number: times as seconds since 1970 UTC, lengths of time as seconds; null for what is no finite number.</summary>
    public static double? Number(object? cell) => cell switch
    {
        long number => number,
        double real when double.IsFinite(real) => real,
        decimal exact => (double)exact,
        bool b => b ? 1 : 0,
        DateTime time => (time - DateTime.UnixEpoch).TotalSeconds,
        TimeSpan length => length.TotalSeconds,
        _ => null,
    };

    /// <summary>A cell as compact JSON. Numbers JSON cannot tell, times, lengths of time and identifiers are strings.</summary>
    public static string Json(object? cell)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, cell);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case long number: writer.WriteNumberValue(number); break;
            case double real when double.IsFinite(real): writer.WriteNumberValue(real); break;
            case decimal exact: writer.WriteNumberValue(exact); break;
            case string text: writer.WriteStringValue(text); break;
            case DateTime time: writer.WriteStringValue(Iso(time)); break;
            case DynamicArray array:
                writer.WriteStartArray();
                foreach (var item in array) Write(writer, item);
                writer.WriteEndArray();
                break;
            case DynamicBag bag:
                writer.WriteStartObject();
                foreach (var (name, value) in bag)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture)); break;
        }
    }

    private static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
