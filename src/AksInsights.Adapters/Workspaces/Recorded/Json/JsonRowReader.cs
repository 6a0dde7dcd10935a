using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads rows that are arrays of cells in the order of columns, as the query API answers.</summary>
internal sealed class JsonRowReader : IJsonElementReader
{
    private readonly CellCollector?[] _targets;
    private readonly List<int> _starts = [];
    private readonly List<string> _unknown = [];
    private int _rows;

    /// <summary>Makes a reader of rows with the columns given.</summary>
    public JsonRowReader(TableCells cells, IReadOnlyList<ColumnSymbol> columns)
    {
        _targets = [.. columns.Select(column => Find(cells, column.Name))];
    }

    /// <inheritdoc/>
    public void Begin() => _rows = 0;

    /// <inheritdoc/>
    public void End(ProblemLog problems)
    {
        problems.Line = 0;
        foreach (var name in _rows > 0 ? _unknown : [])
            problems.Add(RowProblemKind.UnknownColumn, name, $"`{name}`", "a column of the table's schema", _rows);
    }

    /// <inheritdoc/>
    public bool TryRead(ReadOnlySpan<byte> block, int start, int length, int row, ProblemLog problems)
    {
        var record = block.Slice(start, length);
        _starts.Clear();
        var broken = Walk(record);
        if (broken >= 0)
        {
            problems.BrokenRecord(record, broken, "an array of cells");
            return false;
        }

        if (_starts.Count != _targets.Length)
        {
            problems.Add(RowProblemKind.RaggedRow, null, $"{_starts.Count} cells", $"{_targets.Length} cells");
            return false;
        }

        for (var index = 0; index < _targets.Length; index++)
            _targets[index]?.ReadJson(record, _starts[index], row);
        _rows++;
        return true;
    }

    /// <summary>Finds the cells; -1, or the place where the row is broken.</summary>
    private int Walk(ReadOnlySpan<byte> record)
    {
        if (record[0] != '[')
            return 0;
        var at = JsonScan.SkipSpace(record, 1);
        if (at < record.Length && record[at] == ']')
            return AtEnd(record, at);
        while (true)
        {
            _starts.Add(at);
            var end = JsonScan.SkipValue(record, at);
            if (end < 0)
                return ~end;
            at = JsonScan.SkipSpace(record, end);
            if (at < record.Length && record[at] == ']')
                return AtEnd(record, at);
            if (at >= record.Length || record[at] != ',')
                return at;
            at = JsonScan.SkipSpace(record, at + 1);
        }
    }

    private static int AtEnd(ReadOnlySpan<byte> record, int at)
    {
        at = JsonScan.SkipSpace(record, at + 1);
        return at == record.Length ? -1 : at;
    }

    private CellCollector? Find(TableCells cells, string name)
    {
        var target = cells.Find(name, out var isUnknown);
        if (isUnknown)
            _unknown.Add(name);
        return target;
    }
}
