using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>The tables of a case: its row sets expanded in memory; every other table of the schema is there and empty.</summary>
/// <remarks>Mistakes in the row sets are reported when the case is opened, so that no query runs on half of them.</remarks>
internal sealed class CaseTables : ITableProvider
{
    private const string Time = "TimeGenerated";
    private static readonly TableRows Nothing = new(0, new Dictionary<string, Column>());
    private readonly Dictionary<string, TableRows> _rows = [];
    private readonly RowTestCase _case;
    private readonly FileReport _report;

    private CaseTables(RowTestCase test, IReadOnlyList<TableSymbol> schemas, FileReport report)
    {
        _case = test;
        _report = report;
        Tables = schemas;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TableSymbol> Tables { get; }

    /// <summary>Expands a case's rows.</summary>
    public static CaseTables Open(RowTestCase test, IReadOnlyList<TableSymbol> schemas, FileReport report)
    {
        var tables = new CaseTables(test, schemas, report);
        foreach (var (name, sets) in test.Input) tables.Expand(name, sets);
        return tables;
    }

    /// <inheritdoc/>
    public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
    {
        var rows = _rows.GetValueOrDefault(table.Name, Nothing);
        var unset = table.Columns.Where(c => columns.Contains(c.Name) && !rows.Columns.ContainsKey(c.Name));
        var all = new Dictionary<string, Column>(rows.Columns);
        foreach (var column in unset) all[column.Name] = Constants.Create(column.Type, null, rows.RowCount);
        return rows with { Columns = all };
    }

    private void Expand(string name, IReadOnlyList<RowSet> sets)
    {
        if (Tables.FirstOrDefault(t => t.Name == name) is not { } table)
        {
            _report.UnknownTable(sets.Count > 0 ? sets[0].Span : _case.Span, name, Tables.Select(t => t.Name));
            return;
        }

        var types = table.Columns.ToDictionary(c => c.Name, c => c.Type);
        var hasTime = types.ContainsKey(Time);
        var rows = sets.SelectMany(set => set.Rows.Count > 0 ? Listed(set, hasTime) : Run(set, hasTime)).ToList();
        var columns = new Dictionary<string, Column>();
        foreach (var column in rows.SelectMany(r => r.Keys).Distinct().ToList())
        {
            if (types.TryGetValue(column, out var type)) columns[column] = Build(column, type, rows);
            else _report.UnknownTestColumn(rows.First(r => r.ContainsKey(column))[column].Span, column, name, types.Keys);
        }

        _rows[name] = new TableRows(rows.Count, columns);
    }

    private Column Build(string name, KqlType type, List<Dictionary<string, CellText>> rows)
    {
        var column = ColumnBuilder.Create(type, rows.Count);
        CellText? refused = null;
        foreach (var row in rows)
        {
            var cell = row.GetValueOrDefault(name);
            var read = ValueText.TryRead(cell?.Text, type, _case.Start, out var value) && (cell is not { IsStructure: true } || type == KqlType.Dynamic);
            if (!read && refused is null) _report.CellOfAnotherType((refused = cell!).Span, cell!.Text ?? "", name, type);
            column.AddBoxed(read ? value : null);
        }

        return column.Build();
    }

    private IEnumerable<Dictionary<string, CellText>> Listed(RowSet set, bool hasTime)
    {
        if (set.Series.Count > 0 || set.Count is not null) _report.TwoKindsOfRows(set.Span);
        foreach (var row in set.Rows)
        {
            var cells = new Dictionary<string, CellText>(set.Constants);
            foreach (var (column, cell) in row) cells[column] = cell;
            if (hasTime && !cells.ContainsKey(Time)) _report.RowWithoutTime(row.Count > 0 ? row.First().Value.Span : set.Span);
            yield return cells;
        }
    }

    private List<Dictionary<string, CellText>> Run(RowSet set, bool hasTime)
    {
        var series = new Dictionary<string, IReadOnlyList<SeriesValue>>();
        foreach (var (column, notation) in set.Series)
        {
            if (SeriesNotation.TryExpand(notation.Text ?? "", out var values, out var fault)) series[column] = values;
            else _report.BadSeries(notation.Span, fault, column);
        }

        var count = set.Count ?? (series.Count > 0 ? series.Values.Max(v => v.Count) : 1);
        foreach (var (column, values) in series.Where(s => s.Value.Count != count))
            _report.SeriesOfAnotherLength(set.Series[column].Span, column, values.Count, count);
        return [.. Enumerable.Range(0, count).Select(i => RunRow(set, series, i, hasTime)).OfType<Dictionary<string, CellText>>()];
    }

    private Dictionary<string, CellText>? RunRow(RowSet set, Dictionary<string, IReadOnlyList<SeriesValue>> series, int index, bool hasTime)
    {
        var time = _case.Start + set.From + (index * set.Every);
        var cells = new Dictionary<string, CellText>(set.Constants);
        if (hasTime) cells[Time] = new(time.ToString("O")) { Span = set.Span };
        foreach (var (column, values) in series)
        {
            if (index >= values.Count || values[index].IsMissing) return null;
            cells[column] = new CellText(values[index].Text) { Span = set.Series[column].Span };
        }

        return cells;
    }
}
