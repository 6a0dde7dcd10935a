using System.Runtime.CompilerServices;
using System.Text;
using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes dynamic values: each distinct JSON text is parsed once.</summary>
/// <remarks>
/// The data export writes arrays and objects as JSON, the query API and the portal as a text that holds JSON. So a text that begins with a
/// brace or bracket and is JSON stands for what it holds; any other text is itself.
/// </remarks>
internal sealed class DynamicCollector(ColumnSymbol column) : CodedCollector(column)
{
    private bool _isCsv;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = JsonScan.SkipValue(record, at);
        if (end < 0)
            return end;
        var raw = record[at..end];
        if (raw.SequenceEqual("null"u8))
            Clear(row);
        else
            Look(raw, row, isVerbatim: false);
        return end;
    }

    /// <inheritdoc/>
    public override void ReadField(ReadOnlySpan<byte> field, int row)
    {
        _isCsv = true;
        Look(field, row, isVerbatim: false);
    }

    /// <inheritdoc/>
    protected override string Decode(in RawTexts.Entry entry)
    {
        if (_isCsv)
            return Encoding.UTF8.GetString(entry.Raw).Replace("\"\"", "\"", StringComparison.Ordinal);
        var inside = entry.Raw[0] == '"' ? entry.Raw[1..^1] : [];
        // A text that holds JSON is told from one that does not by its first character, as long as no escape hides it.
        return !inside.IsEmpty && inside[0] is (byte)'{' or (byte)'['
            ? JsonUnescape.Text(inside) is var text && DynamicText.TryParse(text, out _) ? text : Encoding.UTF8.GetString(entry.Raw)
            : Encoding.UTF8.GetString(entry.Raw);
    }

    /// <inheritdoc/>
    protected override Column Finish(int[] codes, List<string> texts)
    {
        // Code 0, the empty spelling, is null. Two spellings may mean the same value, so the pool is not one of distinct values.
        var values = new object?[texts.Count];
        for (var code = 1; code < values.Length; code++)
            values[code] = DynamicText.TryParse(texts[code], out var value) ? value : texts[code];
        return new CodedColumn<object>(Column.Type, codes, new Pool<object>(values, values.Length, isUnique: false));
    }
}
