using System.Text;
using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>What the values of a column look like. Flags, because one column may hold several kinds.</summary>
[Flags]
internal enum ValueKinds
{
    /// <summary>Nothing but nulls.</summary>
    None = 0,

    /// <summary>A whole number of 64 bits.</summary>
    Whole = 1,

    /// <summary>Another number.</summary>
    Real = 2,

    /// <summary>True or false.</summary>
    Truth = 4,

    /// <summary>A text that is an ISO 8601 date-time with a zone.</summary>
    Instant = 8,

    /// <summary>Another text.</summary>
    Text = 16,

    /// <summary>An array or an object.</summary>
    Container = 32,
}

/// <summary>Finds out what a column holds instead of decoding it.</summary>
internal sealed class KindCollector(string name) : CellCollector(new ColumnSymbol(name, KqlType.Error))
{
    /// <summary>All kinds met so far.</summary>
    public ValueKinds Kinds { get; private set; }

    /// <summary>The narrowest type that holds every value of these kinds.</summary>
    public static KqlType TypeOf(ValueKinds kinds) => kinds switch
    {
        ValueKinds.Whole => KqlType.Long,
        ValueKinds.Real or (ValueKinds.Whole | ValueKinds.Real) => KqlType.Real,
        ValueKinds.Truth => KqlType.Bool,
        ValueKinds.Instant => KqlType.DateTime,
        _ => (kinds & ValueKinds.Container) != 0 ? KqlType.Dynamic : KqlType.String,
    };

    /// <inheritdoc/>
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = JsonScan.SkipValue(record, at);
        if (end < 0)
            return end;
        var raw = record[at..end];
        Kinds |= raw[0] switch
        {
            (byte)'"' => OfString(raw[1..^1]),
            (byte)'{' or (byte)'[' => ValueKinds.Container,
            (byte)'t' or (byte)'f' => ValueKinds.Truth,
            (byte)'n' => ValueKinds.None,
            _ => OfNumber(raw),
        };
        return end;
    }

    /// <inheritdoc/>
    public override void ReadField(ReadOnlySpan<byte> field, int row)
    {
        if (field.IsEmpty)
            return;
        var text = Encoding.UTF8.GetString(field);
        Kinds |= bool.TryParse(text, out _) ? ValueKinds.Truth
            : JsonScan.SkipNumber(field, 0) == field.Length ? OfNumber(field)
            : field[0] is (byte)'{' or (byte)'[' && DynamicText.TryParse(text.Replace("\"\"", "\"", StringComparison.Ordinal), out _) ? ValueKinds.Container
            : OfString(field);
    }

    /// <inheritdoc/>
    public override CellPart End(int rows) => new(this, rows, null, null);

    /// <inheritdoc/>
    public override void Clear(int row)
    {
    }

    /// <inheritdoc/>
    public override Column Assemble(IReadOnlyList<CellPart> parts, int rows) =>
        throw new InvalidOperationException("A column whose type is being inferred was asked for its cells.");

    private static ValueKinds OfString(ReadOnlySpan<byte> text) =>
        IsoInstant.Read(text, out _) == text.Length && !text.IsEmpty ? ValueKinds.Instant : ValueKinds.Text;

    private static ValueKinds OfNumber(ReadOnlySpan<byte> number) =>
        long.TryParse(number, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? ValueKinds.Whole
            : ValueKinds.Real;
}
