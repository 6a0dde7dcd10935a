using System.Globalization;
using System.Text.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Puts the cells of one column of an answer into a column of the engine.</summary>
/// <remarks>
/// Source of the encodings: learn.microsoft.com/azure/azure-monitor/logs/api/response-format, and the recorded sessions of Azure.Monitor.Query. A cell that
/// is not of its column's type makes the answer unreadable: a null in its place would be a wrong answer.
/// </remarks>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type.</param>
internal sealed class AnswerCells(string name, KqlType type)
{
    private readonly ColumnBuilder _cells = ColumnBuilder.Create(type);

    /// <summary>The column's name.</summary>
    public string Name => name;

    /// <summary>Its type.</summary>
    public KqlType Type => type;

    /// <summary>How many cells there are.</summary>
    public int Count => _cells.Count;

    /// <summary>Adds the cell that a reader stands at; it is one value, not an array or object.</summary>
    /// <exception cref="AnswerFormatException">It is not of the type.</exception>
    public void Add(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            _cells.AddNull();
            return;
        }

        if (!TryAdd(ref json)) throw new AnswerFormatException($"The column `{name}` of type {type.Name()} has a cell that is not of that type.");
    }

    /// <summary>Adds a cell that is an array or object of JSON, which only dynamic columns have.</summary>
    /// <exception cref="AnswerFormatException">The column is of another type.</exception>
    public void AddNested(string json)
    {
        if (type != KqlType.Dynamic) throw new AnswerFormatException($"The column `{name}` of type {type.Name()} has a cell that is an array or object.");
        AddDynamic(json);
    }

    /// <summary>The column.</summary>
    public Column Build() => _cells.Build();

    private bool TryAdd(ref Utf8JsonReader json)
    {
        switch (_cells)
        {
            case ColumnBuilder<string> texts when json.TokenType == JsonTokenType.String:
                texts.Add(json.GetString()!);
                return true;
            case ColumnBuilder<bool> flags:
                return TryFlag(flags, ref json);
            case ColumnBuilder<double> reals:
                return TryReal(reals, ref json);
            case ColumnBuilder<long> numbers:
                return TryWhole(numbers, ref json);
            case ColumnBuilder<decimal> exacts:
                return TryDecimal(exacts, ref json);
            case ColumnBuilder<Guid> guids when json.TokenType == JsonTokenType.String && json.TryGetGuid(out var guid):
                guids.Add(guid);
                return true;
            case ColumnBuilder<object>:
                AddDynamic(json.TokenType == JsonTokenType.String ? json.GetString()! : TextOf(ref json));
                return true;
            default:
                return false;
        }
    }

    private static bool TryFlag(ColumnBuilder<bool> flags, ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return false;
        flags.Add(json.TokenType == JsonTokenType.True);
        return true;
    }

    private static bool TryReal(ColumnBuilder<double> reals, ref Utf8JsonReader json)
    {
        double? value = json.TokenType switch
        {
            JsonTokenType.Number => json.GetDouble(),
            JsonTokenType.String => json.GetString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => null,
            },
            _ => null,
        };
        if (value is { } real) reals.Add(real);
        return value is not null;
    }

    private bool TryWhole(ColumnBuilder<long> numbers, ref Utf8JsonReader json)
    {
        long value;
        if (type is KqlType.Int or KqlType.Long)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out value)) return false;
        }
        else if (json.TokenType != JsonTokenType.String) return false;
        else if (type == KqlType.DateTime)
        {
            if (!json.TryGetDateTimeOffset(out var time)) return false;
            value = time.UtcTicks;
        }
        else if (TimeSpan.TryParseExact(json.GetString(), "c", CultureInfo.InvariantCulture, out var span)) value = span.Ticks;
        else return false;
        numbers.Add(value);
        return true;
    }

    private static bool TryDecimal(ColumnBuilder<decimal> exacts, ref Utf8JsonReader json)
    {
        decimal value;
        if (json.TokenType == JsonTokenType.Number ? !json.TryGetDecimal(out value) : !decimal.TryParse(json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        exacts.Add(value);
        return true;
    }

    // A dynamic value is a text that holds JSON; what holds none is that text.
    private void AddDynamic(string text) => _cells.AddBoxed(DynamicText.TryParse(text, out var value) ? value : text);

    private static string TextOf(ref Utf8JsonReader json) => System.Text.Encoding.UTF8.GetString(json.ValueSpan);
}
