using System.Text.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Puts the pages of a Resource Graph answer, in its form of columns and rows, together.</summary>
internal sealed class ResourcePages
{
    private ResultColumn[] _columns = [];
    private ColumnBuilder[]? _cells;
    private bool _isCut;

    /// <summary>Adds a page.</summary>
    /// <returns>What asks for the next page; null when this was the last.</returns>
    /// <exception cref="AnswerFormatException">The page is not of the service's shape.</exception>
    public string? Add(JsonElement page)
    {
        try
        {
            return AddPage(page);
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException)
        {
            // What JsonElement throws where a member is missing or of another kind.
            throw new AnswerFormatException(failure.Message);
        }
    }

    /// <summary>The whole answer, or what came of it.</summary>
    public LogsQueryOutcome Outcome()
    {
        ResultTable[] tables = [new ResultTable("PrimaryResult", _columns, [.. _cells!.Select(c => c.Build())], _cells!.Length == 0 ? 0 : _cells[0].Count)];
        return _isCut
            ? new LogsQueryOutcome.Partial(tables, new LogsError("Resource Graph gave the first page only, as the rows have no `id` to keep their order by."))
            : new LogsQueryOutcome.Complete(tables);
    }

    private string? AddPage(JsonElement page)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object) throw new AnswerFormatException("There is no `data`.");
        var columns = data.GetProperty("columns").EnumerateArray().Select(c => new ResultColumn(c.GetProperty("name").GetString()!, TypeOf(c.GetProperty("type").GetString()))).ToArray();
        if (_cells is null) (_columns, _cells) = (columns, [.. columns.Select(c => ColumnBuilder.Create(c.Type))]);
        else if (!columns.SequenceEqual(_columns)) throw new AnswerFormatException("The pages have different columns.");
        foreach (var row in data.GetProperty("rows").EnumerateArray())
        {
            if (row.GetArrayLength() != _columns.Length) throw new AnswerFormatException($"A row has {row.GetArrayLength()} cells, and there are {_columns.Length} columns.");
            for (var column = 0; column < _columns.Length; column++) _cells[column].AddBoxed(Cell(row[column], _columns[column]));
        }

        var token = page.TryGetProperty("$skipToken", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        _isCut = string.IsNullOrEmpty(token) && page.TryGetProperty("resultTruncated", out var truncated) && truncated.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
        return string.IsNullOrEmpty(token) ? null : token;
    }

    private static KqlType TypeOf(string? name) => name switch
    {
        "integer" => KqlType.Long,
        "number" => KqlType.Real,
        "boolean" => KqlType.Bool,
        "string" => KqlType.String,
        "datetime" => KqlType.DateTime,
        "object" or "array" => KqlType.Dynamic,
        _ => throw new AnswerFormatException($"A column is of the unknown type `{name}`."),
    };

    private static object? Cell(JsonElement cell, ResultColumn column)
    {
        if (cell.ValueKind == JsonValueKind.Null) return null;
        return column.Type switch
        {
            KqlType.String => cell.ValueKind == JsonValueKind.String ? cell.GetString() : throw Unexpected(column),
            KqlType.Long => cell.ValueKind == JsonValueKind.Number && cell.TryGetInt64(out var whole) ? whole : throw Unexpected(column),
            KqlType.Real => cell.ValueKind == JsonValueKind.Number ? cell.GetDouble() : throw Unexpected(column),
            // Resource Graph writes the truth values of computed columns as numbers.
            KqlType.Bool => cell.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, JsonValueKind.Number => cell.GetInt32() != 0, _ => throw Unexpected(column) },
            KqlType.DateTime => cell.ValueKind == JsonValueKind.String && cell.TryGetDateTimeOffset(out var time) ? time.UtcTicks : throw Unexpected(column),
            _ => DynamicText.TryParse(cell.GetRawText(), out var value) ? value : throw Unexpected(column),
        };
    }

    private static AnswerFormatException Unexpected(ResultColumn column) => new($"The column `{column.Name}` of type {column.Type.Name()} has a cell that is not of that type.");
}
