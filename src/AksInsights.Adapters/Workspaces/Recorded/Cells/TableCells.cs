using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>The collectors of the wanted columns of a table, for one worker. Not thread-safe.</summary>
internal class TableCells
{
    private readonly IReadOnlySet<string>? _known;
    private readonly Dictionary<string, CellCollector> _byName = new(StringComparer.Ordinal);
    private readonly List<CellCollector> _all = [];
    private ProblemLog _problems = ProblemLog.None;
    private int _capacity;

    /// <summary>Makes collectors.</summary>
    /// <param name="wanted">The columns to decode.</param>
    /// <param name="known">The names that the schema of the table has; null when it has none and no name is unknown.</param>
    public TableCells(IEnumerable<ColumnSymbol> wanted, IReadOnlySet<string>? known)
    {
        _known = known;
        foreach (var column in wanted)
            Add(CellCollectors.Create(column));
    }

    /// <summary>The collectors, in the order of the wanted columns.</summary>
    public IReadOnlyList<CellCollector> All => _all;

    /// <summary>The collector of a column met in a file; null when the column is not wanted.</summary>
    public virtual CellCollector? Find(string name, out bool isUnknown)
    {
        isUnknown = _known is not null && !_known.Contains(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>Starts a block.</summary>
    public void Begin(int capacity, ProblemLog problems)
    {
        _capacity = capacity;
        _problems = problems;
        foreach (var collector in _all)
            collector.Begin(capacity, problems);
    }

    /// <summary>Ends a block: the cells of each column, in the order of the wanted columns.</summary>
    public CellPart[] End(int rows) => [.. _all.Select(collector => collector.End(rows))];

    /// <summary>Makes the cells from a row on null until they are read.</summary>
    public void Clear(int row)
    {
        foreach (var collector in _all)
            collector.Clear(row);
    }

    /// <summary>Adds a collector, also in the middle of a block.</summary>
    protected void Add(CellCollector collector)
    {
        collector.Begin(_capacity, _problems);
        _all.Add(collector);
        _byName.Add(collector.Column.Name, collector);
    }
}
