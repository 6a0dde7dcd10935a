using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Execution.Naive;

/// <summary>Random queries give the rows that plain code gives, row by row: filters, groups, joins of every kind and orders, with nulls everywhere.</summary>
public class NaiveEvaluationTests
{
    /// <summary>Few rows, where edges are; and as many as several workers share.</summary>
    [Theory]
    [InlineData(20260105, 600, 40, 1)]
    [InlineData(20260106, 300, 300, 3)]
    [InlineData(20260107, 12, 30_000, 2)]
    [InlineData(20260108, 100, 0, 2)]
    public void RandomQueriesAgree(int seed, int queries, int count, int workers)
    {
        var chance = new Random(seed);
        for (var i = 0; i < queries; i++)
        {
            var (t, u) = (NaiveRow.Make(chance, count), NaiveRow.Make(chance, Math.Min(count, 60)));
            var pipeline = NaivePipeline.Make(chance, t, u);
            var actual = Run(pipeline.Text, new Rows(t, u, chance.Next(2) == 0), workers);
            var (expected, found) = pipeline.IsOrdered ? (pipeline.Expected, actual) : (Sorted(pipeline.Expected), Sorted(actual));
            Assert.True(expected.SequenceEqual(found), Difference(pipeline.Text, expected, found));
        }
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static string Difference(string text, IReadOnlyList<string> expected, IReadOnlyList<string> found) =>
        $"{text}\nexpected {expected.Count} rows, found {found.Count}\nmissing: {string.Join("  ", expected.Except(found).Take(5))}\nextra: {string.Join("  ", found.Except(expected).Take(5))}";

    private static List<string> Run(string text, Rows rows, int workers)
    {
        var table = new KqlEngine(rows).Compile(text).Execute(new KqlRun { NowUtc = default, Parallelism = workers }).Tables[0];
        return [.. Enumerable.Range(0, table.RowCount).Select(row => NaiveRow.Line([.. Enumerable.Range(0, table.Columns.Count).Select(column => table[row, column])]))];
    }

    private sealed class Rows(NaiveRow[] t, NaiveRow[] u, bool isCoded) : ITableProvider
    {
        private static readonly ColumnSymbol[] Columns =
            [new("Id", KqlType.Long), new("K", KqlType.String), new("N", KqlType.Long), new("R", KqlType.Real), new("B", KqlType.Bool)];

        public IReadOnlyList<TableSymbol> Tables { get; } = [new TableSymbol("T", Columns), new TableSymbol("U", Columns)];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
        {
            var rows = table.Name == "T" ? t : u;
            return new TableRows(rows.Length, new Dictionary<string, Column>
            {
                ["Id"] = new FlatColumn<long>(KqlType.Long, Array.ConvertAll(rows, r => r.Id)),
                ["K"] = isCoded ? Coded(rows) : new FlatColumn<string>(KqlType.String, Array.ConvertAll(rows, r => r.K)),
                ["N"] = new FlatColumn<long>(KqlType.Long, Array.ConvertAll(rows, r => r.N ?? 0), Array.ConvertAll(rows, r => r.N is null)),
                ["R"] = new FlatColumn<double>(KqlType.Real, Array.ConvertAll(rows, r => r.R ?? 0), Array.ConvertAll(rows, r => r.R is null)),
                ["B"] = new FlatColumn<bool>(KqlType.Bool, Array.ConvertAll(rows, r => r.B ?? false), Array.ConvertAll(rows, r => r.B is null)),
            });
        }

        private static CodedColumn<string> Coded(NaiveRow[] rows)
        {
            string[] texts = ["", "k1", "k2", "k3", "k4"];
            return new CodedColumn<string>(KqlType.String, Array.ConvertAll(rows, r => Array.IndexOf(texts, r.K)), new Pool<string>(texts, texts.Length, isUnique: true));
        }
    }
}
