using System.Text.Json;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads the head of an answer of the query API: the columns of its first table, up to the first row.</summary>
/// <remarks>Source: learn.microsoft.com/azure/azure-monitor/logs/api/response-format. A second table of the answer is not looked at.</remarks>
internal static class QueryAnswerHead
{
    /// <summary>Reads the head.</summary>
    /// <param name="bytes">The start of the file.</param>
    /// <param name="length">The length of the head, the bracket that opens the rows included.</param>
    /// <param name="columns">The columns, in the order of a row's cells.</param>
    /// <returns>False when the bytes do not begin so.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int length, out IReadOnlyList<ColumnSymbol> columns)
    {
        length = 0;
        columns = [];
        var found = new List<ColumnSymbol>();
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || !FindProperty(ref reader, "tables"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return false;
            if (!reader.Read() || !FindProperty(ref reader, "columns"u8) || !ReadColumns(ref reader, found))
                return false;
            if (!FindInside(ref reader, "rows"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return false;
        }
        catch (JsonException)
        {
            // Not JSON, so not an answer: what it is instead is for the caller to find out.
            return false;
        }

        length = (int)reader.BytesConsumed;
        columns = found;
        return true;
    }

    private static bool FindProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.StartObject && FindInside(ref reader, name);

    private static bool FindInside(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                return true;
            if (!reader.TrySkip())
                return false;
        }

        return false;
    }

    private static bool ReadColumns(ref Utf8JsonReader reader, List<ColumnSymbol> columns)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryColumn(ref reader, out var column))
                return false;
            columns.Add(column);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryColumn(ref Utf8JsonReader reader, out ColumnSymbol column)
    {
        string? name = null;
        var type = KqlType.String;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isType = reader.ValueTextEquals("type"u8);
            if (!reader.Read())
                break;
            if (isName && reader.TokenType == JsonTokenType.String)
                name = reader.GetString();
            else if (isType && reader.TokenType == JsonTokenType.String && KqlTypes.TryParse(reader.GetString() ?? "", out var named))
                type = named;
            else if (!reader.TrySkip())
                break;
        }

        column = new ColumnSymbol(name ?? "", type);
        return name is not null && reader.TokenType == JsonTokenType.EndObject;
    }
}
