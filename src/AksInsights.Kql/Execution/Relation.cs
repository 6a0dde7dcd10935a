using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Execution;

/// <summary>A materialised row set: cells by column variable. Columns are gathered when read.</summary>
internal sealed class Relation(IReadOnlyList<ColumnVariable> columns, Cells[] cells, int rowCount)
{
    public IReadOnlyList<ColumnVariable> Columns { get; } = columns;

    public int RowCount { get; } = rowCount;

    public Cells[] Cells { get; } = cells;

    public Column this[int column] => Cells[column].Dense;

    /// <summary>All rows as one chunk.</summary>
    public Chunk ToChunk() => new(Cells, RowCount);

    /// <summary>Some rows, in the order given.</summary>
    public Relation Select(int[] rows)
    {
        var selection = new RowSelection(rows);
        return new Relation(Columns, Array.ConvertAll(Cells, c => c.Select(selection)), rows.Length);
    }

    /// <summary>The columns named, in that order; all must be here.</summary>
    public Relation Project(IReadOnlyList<ColumnVariable> output)
    {
        if (ReferenceEquals(output, Columns)) return this;
        var layout = new Layout(Columns);
        return new Relation(output, output.Select(v => Cells[layout.SlotOf(v)]).ToArray(), RowCount);
    }

    /// <summary>The same rows under other variables, column for column.</summary>
    public Relation Rename(IReadOnlyList<ColumnVariable> output) => new(output, Cells, RowCount);
}

/// <summary>A run of rows on its way through a pipeline. Owned by one worker.</summary>
internal sealed class Chunk(Cells[] cells, int length)
{
    public Cells[] Cells { get; } = cells;

    public int Length { get; } = length;

    public Column this[int slot] => Cells[slot].Dense;

    /// <summary>Some rows, in the order given.</summary>
    public Chunk Select(RowSelection rows) => new(Array.ConvertAll(Cells, c => c.Select(rows)), rows.Count);
}

/// <summary>Which slot holds which column variable.</summary>
internal sealed class Layout
{
    private readonly Dictionary<ColumnVariable, int> _slots = [];

    public Layout(IReadOnlyList<ColumnVariable> columns)
    {
        Columns = columns;
        for (var i = 0; i < columns.Count; i++) _slots[columns[i]] = i;
    }

    public IReadOnlyList<ColumnVariable> Columns { get; }

    public int SlotOf(ColumnVariable column) => _slots.TryGetValue(column, out var slot)
        ? slot
        : throw new InvalidOperationException($"The plan reads column `{column.Name}`, which its input does not give.");
}
