using System.Globalization;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Results;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Execution;

/// <summary>Rows spread over many chunks and workers give what plain C# over the same rows gives.</summary>
public class ParallelTests
{
    private const int RowCount = 50_000;
    private const int Seed = 20260105;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void GroupsAreThoseOfPlainCode(int workers)
    {
        var rows = Rows.Make();
        var expected = rows.All.Where(r => r.Value > 20).GroupBy(r => (r.Key, r.Number % 5))
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key.Key}|{g.Key.Item2}|{g.Count()}|{g.Sum(r => r.Number)}|{g.Max(r => r.Value)}|{Percentile(g.Select(r => r.Value), 95)}"))
            .Order(StringComparer.Ordinal);
        var actual = rows.Run(
            "T | where Value > 20 | summarize count(), sum(Number), max(Value), percentile(Value, 95) by Key, m = Number % 5", workers);
        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void TheLastRowOfAGroupIsTheFirstOfThoseWithTheLargestKey(int workers)
    {
        var rows = Rows.Make();
        var expected = rows.All.Select((r, i) => (r, i)).GroupBy(x => x.r.Key)
            .Select(g => g.MaxBy(x => (x.r.Number, -x.i))).Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.r.Key}|{x.r.Number}|{x.r.Value}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, rows.Run("T | summarize arg_max(Number, Value) by Key", workers).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void FilteredRowsKeepTheirOrder(int workers)
    {
        var rows = Rows.Make();
        var expected = rows.All.Where(r => r.Key != "k3" && r.Value < 50).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Number}|x{r.Key}"));
        Assert.Equal(expected, rows.Run("T | where Key != 'k3' | extend x = strcat('x', Key) | where Value < 50 | project Number, x", workers));
    }

    [Fact]
    public void JoinsMatchAsNestedLoopsDo()
    {
        var rows = Rows.Make();
        var right = rows.All.Take(300).ToArray();
        var expected = rows.All.Take(2_000).SelectMany(l => right.Where(r => r.Key == l.Key && r.Number == l.Number).Select(r => 1)).Count();
        var actual = rows.Run("T | take 2000 | join kind=inner (T | take 300) on Key, Number | count", 2);
        Assert.Equal([expected.ToString(CultureInfo.InvariantCulture)], actual);
    }

    /// <summary>Nearest rank: the smallest value that at least the given share of the values does not exceed.</summary>
    private static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(share / 100 * sorted.Length) - 1)];
    }

    private sealed record Row(string Key, long Number, double Value);

    private sealed class Rows(Row[] rows) : ITableProvider
    {
        public Row[] All { get; } = rows;

        public IReadOnlyList<TableSymbol> Tables { get; } =
            [new TableSymbol("T", [new("Key", KqlType.String), new("Number", KqlType.Long), new("Value", KqlType.Real)])];

        public static Rows Make()
        {
            var random = new Random(Seed);
            return new Rows(Enumerable.Range(0, RowCount)
                .Select(_ => new Row($"k{random.Next(12)}", random.Next(1000), Math.Round(random.NextDouble() * 100, 3))).ToArray());
        }

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
        {
            var keys = All.Select(r => r.Key).Distinct().ToArray();
            var codes = Array.ConvertAll(All, r => Array.IndexOf(keys, r.Key));
            return new TableRows(All.Length, new Dictionary<string, Column>
            {
                ["Key"] = new CodedColumn<string>(KqlType.String, codes, new Pool<string>(keys, keys.Length, isUnique: true)),
                ["Number"] = new FlatColumn<long>(KqlType.Long, Array.ConvertAll(All, r => r.Number)),
                ["Value"] = new FlatColumn<double>(KqlType.Real, Array.ConvertAll(All, r => r.Value)),
            });
        }

        public IEnumerable<string> Run(string query, int workers)
        {
            var table = new KqlEngine(this).Compile(query).Execute(new KqlRun { NowUtc = default, Parallelism = workers }).Tables[0];
            return Enumerable.Range(0, table.RowCount).Select(r => Text(table, r)).ToArray();
        }

        private static string Text(ResultTable table, int row) =>
            string.Join('|', Enumerable.Range(0, table.Columns.Count).Select(c => Convert.ToString(table[row, c], CultureInfo.InvariantCulture)));
    }
}
