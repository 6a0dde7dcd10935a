using AksInsights.Kql.Results;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Testing;

/// <summary>Runs the cases of test files.</summary>
public static class KqlTestRunner
{
    /// <summary>Runs every case of a file, in order.</summary>
    public static IEnumerable<KqlTestOutcome> Run(KqlTestFile file, CancellationToken cancellation = default) =>
        file.Cases.Select(one => new KqlTestOutcome(file, one, Failure(one, cancellation)));

    private static string? Failure(KqlTestCase one, CancellationToken cancellation)
    {
        var engine = new KqlEngine(new TestTables(one.Tables));
        var compiled = engine.TryCompile(one.Query, null, out var query, out var diagnostics, one.NowUtc, cancellation);
        if (one.Expected is KqlTestExpectation.Error error)
        {
            var found = diagnostics.Select(d => (d.Code, Place: PlaceOf(one.Query, d.Span))).ToArray();
            return found.Any(f => f.Code == error.Code && (error.Place is null || f.Place == error.Place))
                ? null
                : $"expected error {error.Code} at {error.Place ?? "any place"}, got {(found.Length == 0 ? "none" : string.Join(", ", found.Select(f => $"{f.Code} at {f.Place}")))}";
        }

        if (!compiled || query is null) return $"expected rows, got {string.Join("; ", diagnostics.Select(d => $"{d.Code} at {PlaceOf(one.Query, d.Span)}: {d.Message}"))}";
        try
        {
            var result = query.Execute(new KqlRun { NowUtc = one.NowUtc, Parallelism = 2 }, cancellation);
            return Compare(result.Tables[0], (KqlTestExpectation.Rows)one.Expected);
        }
        catch (KqlException failed)
        {
            return $"expected rows, got {failed.Failure}: {failed.Message}";
        }
    }

    private static string PlaceOf(string text, TextSpan span)
    {
        var before = text[..Math.Min(span.Start, text.Length)];
        var line = before.Count(c => c == '\n') + 1;
        return $"{line}:{before.Length - before.LastIndexOf('\n')}";
    }

    private static string? Compare(ResultTable table, KqlTestExpectation.Rows expected)
    {
        var columns = table.Columns.Select(c => $"{c.Name}: {c.Type.Name()}").ToArray();
        if (!columns.SequenceEqual(expected.Columns)) return $"expected columns [{string.Join(", ", expected.Columns)}], got [{string.Join(", ", columns)}]";
        var wanted = expected.Cells.Select(row => Texts(row, table.Columns)).ToList();
        var got = Enumerable.Range(0, table.RowCount).Select(r => RowText(table, r)).ToList();
        if (!expected.Ordered)
        {
            wanted.Sort(StringComparer.Ordinal);
            got.Sort(StringComparer.Ordinal);
        }

        return wanted.SequenceEqual(got) ? null : $"expected rows\n    {string.Join("\n    ", wanted)}\n  got\n    {string.Join("\n    ", got)}";
    }

    /// <summary>The expected cells as texts: each literal is read by the language and given its column's type.</summary>
    private static string Texts(IReadOnlyList<string> cells, IReadOnlyList<ResultColumn> columns)
    {
        if (cells.Count != columns.Count) return $"{cells.Count} cells where {columns.Count} are needed";
        var literals = cells.Select((cell, i) => cell == "null" ? $"{columns[i].Type.Name()}(null)" : cell).ToArray();
        var engine = new KqlEngine(new TestTables([]));
        var schema = string.Join(", ", columns.Select((c, i) => $"c{i}: {c.Type.Name()}"));
        var text = $"datatable({schema})[{string.Join(", ", literals.Select((l, i) => columns[i].Type == KqlType.String && l == "string(null)" ? "''" : l))}]";
        if (!engine.TryCompile(text, null, out var query, out var diagnostics)) return $"unreadable cells {string.Join(" | ", cells)}: {diagnostics[0].Message}";
        return RowText(query.Execute(new KqlRun { NowUtc = default }).Tables[0], 0);
    }

    private static string RowText(ResultTable table, int row) =>
        string.Join(" | ", table.Columns.Select((c, i) => CellText(c.Type, table.Data(i).Box(row))));

    private static string CellText(KqlType type, object? value) => (type, value) switch
    {
        (_, null) => "null",
        (KqlType.DateTime, long ticks) => DateTimeText.Format(ticks),
        (KqlType.TimeSpan, long ticks) => TimeSpanText.Format(ticks),
        // Twelve digits: what sums in another order may change beyond them.
        (KqlType.Real, double real) => real.ToString("G12", System.Globalization.CultureInfo.InvariantCulture),
        (KqlType.String, string text) => $"'{text}'",
        _ => DynamicText.Format(value),
    };

    private sealed class TestTables : ITableProvider
    {
        private readonly Dictionary<string, ResultTable> _tables = new(StringComparer.Ordinal);

        public TestTables(IReadOnlyList<KqlTestTable> tables)
        {
            foreach (var table in tables)
            {
                var cells = table.Rows.SelectMany(r => r.Select(c => c == "null" ? "dynamic(null)" : c));
                var query = new KqlEngine(new TestTables([])).Compile($"datatable({table.Columns})[{string.Join(", ", cells)}]");
                _tables.Add(table.Name, query.Execute(new KqlRun { NowUtc = default }).Tables[0]);
            }

            Tables = _tables.Select(t => new TableSymbol(t.Key, t.Value.Columns.Select(c => new ColumnSymbol(c.Name, c.Type)).ToArray())).ToArray();
        }

        public IReadOnlyList<TableSymbol> Tables { get; }

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
        {
            var rows = _tables[table.Name];
            var data = columns.ToDictionary(c => c, c => rows.Data(rows.IndexOf(c)), StringComparer.Ordinal);
            return new TableRows(rows.RowCount, data);
        }
    }
}
