using System.Buffers;
using System.Text;
using System.Text.Json;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Takes the tokens of an answer one after the other and keeps its tables as columns; whatever else is in the answer is passed over.</summary>
internal sealed class AnswerTables
{
    // {"tables":[{"columns":[{"name":...}],"rows":[[cell]]}]}: how deep each of these lies.
    private const int MemberDepth = 1;
    private const int TableDepth = 2;
    private const int TableMemberDepth = 3;
    private const int ItemDepth = 4;
    private const int CellDepth = 5;

    private readonly List<ResultTable> _tables = [];
    private readonly List<AnswerCells> _columns = [];
    private ArrayBufferWriter<byte>? _nested;
    private Utf8JsonWriter? _copy;
    private string _member = "";
    private string _tableMember = "";
    private string _columnMember = "";
    private string _tableName = "";
    private string _columnName = "";
    private KqlType _columnType;
    private int _cell;
    private bool _hasTables;

    /// <summary>The tables that have ended.</summary>
    public IReadOnlyList<ResultTable> Tables => _hasTables ? _tables : throw new AnswerFormatException("The answer has no tables.");

    /// <summary>Whether there was a member <c>tables</c>.</summary>
    public bool HasTables => _hasTables;

    /// <summary>The error beside the tables; null when there is none.</summary>
    public LogsError? Error { get; private set; }

    /// <summary>Takes the token that a reader stands at.</summary>
    /// <exception cref="AnswerFormatException">The answer is not of the service's shape.</exception>
    public void Take(ref Utf8JsonReader json)
    {
        if (_copy is not null) Copy(ref json);
        else if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == MemberDepth) _member = json.GetString()!;
        else if (_member == "tables") TakeTables(ref json);
        else if (_member == "error" && json.TokenType == JsonTokenType.StartObject && json.CurrentDepth == MemberDepth) Copy(ref json);
    }

    private void TakeTables(ref Utf8JsonReader json)
    {
        switch (json.CurrentDepth)
        {
            case MemberDepth:
                _hasTables |= json.TokenType == JsonTokenType.EndArray;
                break;
            case TableDepth when json.TokenType == JsonTokenType.StartObject:
                (_tableName, _tableMember) = ("", "");
                _columns.Clear();
                break;
            case TableDepth when json.TokenType == JsonTokenType.EndObject:
                EndTable();
                break;
            case TableMemberDepth when json.TokenType == JsonTokenType.PropertyName:
                _tableMember = json.GetString()!;
                break;
            case TableMemberDepth when json.TokenType == JsonTokenType.String && _tableMember == "name":
                _tableName = json.GetString()!;
                break;
            case >= ItemDepth when _tableMember == "columns":
                TakeColumn(ref json);
                break;
            case >= ItemDepth when _tableMember == "rows":
                TakeRow(ref json);
                break;
        }
    }

    private void TakeColumn(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName) _columnMember = json.GetString()!;
        else if (json.TokenType == JsonTokenType.String && _columnMember == "name") _columnName = json.GetString()!;
        else if (json.TokenType == JsonTokenType.String && _columnMember == "type")
        {
            if (!KqlTypes.TryParse(json.GetString(), out _columnType)) throw new AnswerFormatException($"The column `{_columnName}` is of the unknown type `{json.GetString()}`.");
        }
        else if (json.TokenType == JsonTokenType.EndObject) _columns.Add(new AnswerCells(_columnName, _columnType));
    }

    private void TakeRow(ref Utf8JsonReader json)
    {
        if (json.CurrentDepth == ItemDepth)
        {
            if (json.TokenType == JsonTokenType.EndArray && _cell != _columns.Count) throw new AnswerFormatException($"A row has {_cell} cells, and there are {_columns.Count} columns.");
            _cell = 0;
            return;
        }

        if (_cell == _columns.Count) throw new AnswerFormatException($"A row has more cells than the {_columns.Count} columns.");
        if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) Copy(ref json);
        else _columns[_cell++].Add(ref json);
    }

    private void EndTable()
    {
        var rows = _columns.Count == 0 ? 0 : _columns[0].Count;
        var columns = _columns.Select(c => new ResultColumn(c.Name, c.Type)).ToArray();
        _tables.Add(new ResultTable(_tableName, columns, [.. _columns.Select(c => c.Build())], rows));
    }

    /// <summary>Copies an array or object until it ends, then gives it to whom it belongs: a small part of an answer that is looked at as a whole.</summary>
    private void Copy(ref Utf8JsonReader json)
    {
        _copy ??= new Utf8JsonWriter(_nested = new ArrayBufferWriter<byte>(), ResultJson.Options);
        CopyToken(_copy, ref json);
        if (json.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject) || json.CurrentDepth > (_member == "tables" ? CellDepth : MemberDepth)) return;
        _copy.Dispose();
        _copy = null;
        if (_member == "tables")
        {
            _columns[_cell++].AddNested(Encoding.UTF8.GetString(_nested!.WrittenSpan));
            return;
        }

        using var error = JsonDocument.Parse(_nested!.WrittenMemory);
        Error = LogsErrorReader.Read(error.RootElement);
    }

    private static void CopyToken(Utf8JsonWriter to, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject: to.WriteStartObject(); break;
            case JsonTokenType.EndObject: to.WriteEndObject(); break;
            case JsonTokenType.StartArray: to.WriteStartArray(); break;
            case JsonTokenType.EndArray: to.WriteEndArray(); break;
            case JsonTokenType.PropertyName: to.WritePropertyName(json.GetString()!); break;
            case JsonTokenType.String: to.WriteStringValue(json.GetString()); break;
            case JsonTokenType.Number: to.WriteRawValue(json.ValueSpan); break;
            case JsonTokenType.True or JsonTokenType.False: to.WriteBooleanValue(json.GetBoolean()); break;
            default: to.WriteNullValue(); break;
        }
    }
}
