using System.Runtime.CompilerServices;
using System.Text;
using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes text. A JSON number, truth value, array or object in a text column is taken as its JSON; null is the empty text.</summary>
internal sealed class TextCollector(ColumnSymbol column) : CodedCollector(column)
{
    private bool _isCsv;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        if ((uint)at >= (uint)record.Length)
            return ~at;
        if (record[at] == '"')
        {
            var length = Predict(record[(at + 1)..], row);
            if (length >= 0)
                return at + length + 2;
        }

        var end = JsonScan.SkipValue(record, at);
        if (end < 0)
            return end;
        var raw = record[at..end];
        if (raw[0] == '"')
            Look(raw[1..^1], row, isVerbatim: false);
        else if (raw.SequenceEqual("null"u8))
            Clear(row);
        else
            Look(raw, row, isVerbatim: true);
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
        if (entry.IsVerbatim)
            return Encoding.UTF8.GetString(entry.Raw);
        return _isCsv ? Encoding.UTF8.GetString(entry.Raw).Replace("\"\"", "\"", StringComparison.Ordinal) : JsonUnescape.Text(entry.Raw);
    }

    /// <inheritdoc/>
    protected override Column Finish(int[] codes, List<string> texts) =>
        new CodedColumn<string>(Column.Type, codes, new Pool<string>([.. texts], texts.Count, isUnique: true));
}
