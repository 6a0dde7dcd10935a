using System.Globalization;
using System.Text;

namespace AksInsights.Kql.Types;

/// <summary>Dynamic values as text: JSON, and the looser notation of <c>dynamic(...)</c> literals.</summary>
public static class DynamicText
{
    /// <summary>Reads one strict JSON value (RFC 8259). Whole numbers that fit are <c>long</c>, other numbers <c>double</c>.</summary>
    /// <remarks>A name that occurs twice keeps its first place and its last value. False beyond 256 levels of nesting.</remarks>
    public static bool TryParse(string text, out object? value)
    {
        var reader = new DynamicReader(text, 0, lenient: false);
        return reader.TryReadWhole(out value);
    }

    /// <summary>
    /// Reads one value in the notation of a dynamic literal: JSON, or with single-quoted strings, typed literals such as
    /// <c>datetime(2020-01-01)</c>, lengths of time such as <c>1h</c>, nested <c>dynamic(...)</c> and comments.
    /// </summary>
    public static bool TryParseLenient(string text, out object? value)
    {
        var reader = new DynamicReader(text, 0, lenient: true);
        return reader.TryReadWhole(out value);
    }

    /// <summary>Reads a literal's value that starts inside a query text.</summary>
    /// <param name="text">The query.</param>
    /// <param name="start">Where the value starts.</param>
    /// <param name="value">The value; null when it could not be read.</param>
    /// <param name="end">The index behind the value and the white space after it; after a failure, where reading stopped.</param>
    public static bool TryParseLiteral(string text, int start, out object? value, out int end)
    {
        var reader = new DynamicReader(text, start, lenient: true);
        var read = reader.TryReadValue(out value);
        end = reader.Position;
        return read;
    }

    /// <summary>Writes a value as compact JSON: bags in their order, whole reals with <c>.0</c>, date-times as ISO strings.</summary>
    /// <remarks>Values JSON cannot tell (date-time, timespan, guid, decimal, NaN, infinities) are written as strings.</remarks>
    public static string Format(object? value)
    {
        var json = new StringBuilder();
        Append(json, value);
        return json.ToString();
    }

    /// <summary>Appends a value as compact JSON.</summary>
    public static void Append(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null: json.Append("null"); break;
            case bool b: json.Append(b ? "true" : "false"); break;
            case long number: json.Append(number); break;
            case double real when double.IsFinite(real): json.Append(NumberText.FormatReal(real)); break;
            case double real: AppendString(json, NumberText.FormatReal(real)); break;
            case decimal exact: AppendString(json, exact.ToString(CultureInfo.InvariantCulture)); break;
            case string text: AppendString(json, text); break;
            case DateTime instant: AppendString(json, DateTimeText.Format(instant.Ticks)); break;
            case TimeSpan length: AppendString(json, TimeSpanText.Format(length.Ticks)); break;
            case Guid id: AppendString(json, id.ToString()); break;
            case DynamicArray array: AppendArray(json, array); break;
            case DynamicBag bag: AppendBag(json, bag); break;
            default:
                throw new InvalidOperationException($"A dynamic value never holds a {value.GetType().Name}.");
        }
    }

    private static void AppendArray(StringBuilder json, DynamicArray array)
    {
        json.Append('[');
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            Append(json, array[i]);
        }

        json.Append(']');
    }

    private static void AppendBag(StringBuilder json, DynamicBag bag)
    {
        json.Append('{');
        var first = true;
        foreach (var (name, item) in bag)
        {
            if (!first)
                json.Append(',');
            first = false;
            AppendString(json, name);
            json.Append(':');
            Append(json, item);
        }

        json.Append('}');
    }

    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }
}
