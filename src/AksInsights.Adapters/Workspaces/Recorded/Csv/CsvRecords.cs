using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Reading;

namespace AksInsights.Adapters.Workspaces.Recorded.Csv;

/// <summary>Reads blocks of CSV records. Empty lines are passed over; a name that the header has twice counts once, the first time.</summary>
internal sealed class CsvRecords : IRecordReader
{
    private readonly CellCollector?[] _targets;
    private readonly List<CsvField> _fields = [];
    private readonly List<string> _unknown = [];

    /// <summary>Makes a reader of records with the columns given.</summary>
    public CsvRecords(TableCells cells, IReadOnlyList<string> columns)
    {
        _targets = [.. columns.Select((name, index) => Find(cells, name, isFirst: !columns.Take(index).Contains(name)))];
    }

    /// <inheritdoc/>
    public int Capacity(ReadOnlySpan<byte> block, int lines) => lines + 1;

    /// <inheritdoc/>
    public int Read(ReadOnlySpan<byte> block, ProblemLog problems)
    {
        var rows = 0;
        var line = 0;
        var at = 0;
        while (at < block.Length)
        {
            problems.Line = line;
            var start = at;
            if (TryRecord(block, ref at, rows, problems))
                rows++;
            line += block[start..Math.Min(at, block.Length)].Count((byte)'\n');
        }

        problems.Line = 0;
        foreach (var name in rows > 0 ? _unknown : [])
            problems.Add(RowProblemKind.UnknownColumn, name, $"`{name}`", "a column of the table's schema", rows);
        return rows;
    }

    private bool TryRecord(ReadOnlySpan<byte> block, ref int at, int row, ProblemLog problems)
    {
        var start = at;
        var isBroken = false;
        CsvField field;
        _fields.Clear();
        do
        {
            field = CsvScan.Field(block, at);
            isBroken |= field.IsBroken || !field.IsWhole;
            _fields.Add(field);
            at = field.Next + 1;
        }
        while (field.Next < block.Length && block[field.Next] == ',');

        if (!isBroken && _fields.Count == _targets.Length)
        {
            for (var index = 0; index < _targets.Length; index++)
                _targets[index]?.ReadField(block.Slice(_fields[index].Start, _fields[index].Length), row);
            return true;
        }

        if (isBroken)
            problems.Add(RowProblemKind.BrokenRecord, null, ProblemLog.Quote(block[start..field.Next]), "quotes that are closed, or doubled inside");
        else if (_fields.Count > 1 || field.Length > 0)
            problems.Add(RowProblemKind.RaggedRow, null, $"{_fields.Count} fields", $"{_targets.Length} fields");
        return false;
    }

    private CellCollector? Find(TableCells cells, string name, bool isFirst)
    {
        if (!isFirst)
            return null;
        var target = cells.Find(name, out var isUnknown);
        if (isUnknown)
            _unknown.Add(name);
        return target;
    }
}
