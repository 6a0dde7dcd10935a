using System.Text;
using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Csv;

/// <summary>A CSV file with a header, as the portal downloads it: <c>TimeGenerated [UTC]</c> names a column of date-times.</summary>
internal sealed class CsvShape : FileShape
{
    private const string UtcMark = " [UTC]";
    private string[] _columns = [];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnSymbol> Declared { get; } = new List<ColumnSymbol>();

    /// <inheritdoc/>
    public override FileHead ReadHead(ReadOnlySpan<byte> bytes, bool isAll)
    {
        var end = CsvScan.SkipRecord(bytes, 0);
        if (end < 0 && !isAll)
            return new FileHead(0, IsIncomplete: true);
        var header = end < 0 ? bytes : bytes[..end];
        var names = new List<string>();
        for (var at = 0; at < header.Length;)
        {
            var field = CsvScan.Field(header, at);
            if (!field.IsWhole || field.IsBroken)
                return new FileHead(0, Refusal: $"a header with broken quotes, {ProblemLog.Quote(header)}");
            names.Add(Name(header.Slice(field.Start, field.Length)));
            at = field.Next + 1;
        }

        _columns = [.. names];
        return new FileHead(header.Length);
    }

    /// <inheritdoc/>
    public override int WholeRecords(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        while (CsvScan.SkipRecord(bytes, whole) is var next and >= 0)
            whole = next;
        return whole;
    }

    /// <inheritdoc/>
    public override IRecordReader CreateReader(TableCells cells) => new CsvRecords(cells, _columns);

    private string Name(ReadOnlySpan<byte> field)
    {
        var name = Encoding.UTF8.GetString(field).Replace("\"\"", "\"", StringComparison.Ordinal);
        if (!name.EndsWith(UtcMark, StringComparison.Ordinal))
            return name;
        name = name[..^UtcMark.Length];
        ((List<ColumnSymbol>)Declared).Add(new ColumnSymbol(name, KqlType.DateTime));
        return name;
    }
}
