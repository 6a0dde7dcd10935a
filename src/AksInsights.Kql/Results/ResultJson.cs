using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Results;

/// <summary>Writes results as the query API of Log Analytics does: <c>{"tables":[{"name","columns":[{"name","type"}],"rows":[[...]]}]}</c>.</summary>
/// <remarks>
/// Date-times are ISO 8601 in UTC, lengths of time .NET's "c", decimals and guids text, reals that JSON cannot tell <c>"NaN"</c> and <c>"Infinity"</c>,
/// dynamic values text that holds JSON. Source: learn.microsoft.com/azure/azure-monitor/logs/api/response-format.
/// </remarks>
public static class ResultJson
{
    /// <summary>The options that keep KQL readable: quotes and letters of all languages are written as they are.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the member <c>tables</c> into an open object.</summary>
    public static void WriteTables(Utf8JsonWriter json, IReadOnlyList<ResultTable> tables)
    {
        json.WriteStartArray("tables");
        foreach (var table in tables) WriteTable(json, table);
        json.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter json, ResultTable table)
    {
        json.WriteStartObject();
        WriteHead(json, table);
        json.WriteStartArray("rows");
        for (var row = 0; row < table.RowCount; row++) WriteRow(json, table, row);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a table's name and columns into an open object; its rows are the next member.</summary>
    public static void WriteHead(Utf8JsonWriter json, ResultTable table)
    {
        json.WriteString("name", table.Name);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one row as an array, for writers that send rows as they go.</summary>
    public static void WriteRow(Utf8JsonWriter json, ResultTable table, int row)
    {
        json.WriteStartArray();
        for (var column = 0; column < table.Columns.Count; column++) WriteCell(json, table.Columns[column].Type, table[row, column]);
        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, KqlType type, object? cell)
    {
        if (cell is null) json.WriteNullValue();
        else if (type == KqlType.Dynamic) json.WriteStringValue(DynamicText.Format(cell));
        else if (cell is bool flag) json.WriteBooleanValue(flag);
        else if (cell is long whole) json.WriteNumberValue(whole);
        else if (cell is double real && double.IsFinite(real)) json.WriteNumberValue(real);
        else json.WriteStringValue(CellText(cell));
    }

    /// <summary>A cell as text: what a JSON string would hold, and what CSV and tables show.</summary>
    internal static string CellText(object cell) => cell switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double real => double.IsFinite(real) ? real.ToString("R", CultureInfo.InvariantCulture) : NotFinite(real),
        decimal exact => exact.ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid guid => guid.ToString("D"),
        DynamicArray or DynamicBag => DynamicText.Format(cell),
        _ => throw new UnreachableException($"A cell of {cell.GetType().Name}"),
    };

    private static string NotFinite(double real) => double.IsNaN(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity";
}
