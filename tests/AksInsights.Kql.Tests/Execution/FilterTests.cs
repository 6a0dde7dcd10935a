using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Execution;

/// <summary>A filter finds rows by other code than that which computes a truth value for each row; both must agree, over every encoding and with nulls.</summary>
public class FilterTests
{
    public static TheoryData<string> Predicates =>
    [
        "n == 3", "n != 3", "n < 3", "n <= 3", "n > 3", "n >= 3", "3 < n", "n == id % 10", "n < r", "n == long(null)", "n != long(null)",
        "r == 2.0", "r != 2.0", "r < 2.0", "r <= 2.0", "r > 2.0", "r >= 2.0", "r == real(nan)", "r != real(nan)",
        "b", "not(b)", "b == true", "b != true", "g == guid(00000000-0000-0000-0000-000000000003)", "m > decimal(2.5)",
        "t between (datetime(2026-01-01) .. 1h)", "t !between (datetime(2026-01-01) .. 1h)", "t > datetime(2026-01-01 02:00)",
        "coded == 'a3'", "coded != 'a3'", "'a3' == coded", "coded == 'absent'", "coded != 'absent'", "coded == repeated", "coded == flat",
        "repeated == 'a3'", "repeated != 'a3'", "flat == 'a3'", "flat != 'a3'",
        "coded in ('a3', 'a5')", "coded !in ('a3', 'a5')", "coded in~ ('A3')", "n in (1, 2)", "n !in (1, 2)", "d in ('x1', '2')", "d !in ('x1', '2')",
        "coded contains '1'", "coded !contains '1'", "repeated startswith 'A1'", "flat endswith '2'", "coded has 'a4'", "coded has_any ('a4', 'a5')", "coded matches regex '[24]$'",
        "d == 'x1'", "isnull(n)", "isnotempty(coded)", "n > 2 and coded == 'a3'", "n > 2 or coded == 'a3'", "n > 2 and (coded == 'a3' or r < 1)", "b or n == 1", "b and n == 1",
        "not(n > 2 or coded == 'a3')", "true", "false", "bool(null)", "strlen(flat) == 2 and coded != 'a3' and n != 2", "id in (toscalar(range i from 5 to 5 step 1))",
        "strlen(strcat(coded, repeated)) > 3", "strcat(coded, 'x', d) == 'a3xx1' and n > 1", "toupper(substring(coded, 1)) == '3' or isnull(todynamic(flat))",
    ];

    [Theory]
    [MemberData(nameof(Predicates))]
    public void AFilterKeepsTheRowsForWhichThePredicateIsTrue(string predicate)
    {
        var engine = new KqlEngine(new Rows());
        var computed = Run(engine, $"T | extend p = {predicate} | project id, p");
        var expected = Enumerable.Range(0, Rows.Count).Where(row => computed[row, 1] is true).Select(row => (object)(long)row);
        var filtered = Run(engine, $"T | where {predicate} | project id");
        Assert.Equal(expected, Enumerable.Range(0, filtered.RowCount).Select(row => filtered[row, 0]));
        var counted = Run(engine, $"T | where {predicate} | summarize count(), sum(id), dcount(coded)");
        Assert.Equal((long)filtered.RowCount, counted[0, 0]);
        Assert.Equal(expected.Sum(id => (long)id), counted[0, 1]);
    }

    private static Kql.Results.ResultTable Run(KqlEngine engine, string text) =>
        engine.Compile(text).Execute(new KqlRun { NowUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), Parallelism = 2 }).Tables[0];

    private sealed class Rows : ITableProvider
    {
        public const int Count = 40_001;

        private static readonly Random Chance = new(3);
        private static readonly bool[] Nulls = Make(_ => Chance.Next(9) == 0);

        private static readonly Dictionary<string, Column> Data = new()
        {
            ["id"] = new FlatColumn<long>(KqlType.Long, Make(row => (long)row)),
            ["n"] = new FlatColumn<long>(KqlType.Long, Make(row => Nulls[row] ? 0 : (long)Chance.Next(6)), Nulls),
            ["r"] = new FlatColumn<double>(KqlType.Real, Make(row => Nulls[row] ? 0 : Chance.Next(5) == 0 ? double.NaN : Chance.Next(4)), Nulls),
            ["b"] = new FlatColumn<bool>(KqlType.Bool, Make(row => !Nulls[row] && Chance.Next(2) == 0), Nulls),
            ["g"] = new FlatColumn<Guid>(KqlType.Guid, Make(row => new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)Chance.Next(5)))),
            ["m"] = new FlatColumn<decimal>(KqlType.Decimal, Make(row => Nulls[row] ? 0 : (decimal)Chance.Next(5)), Nulls),
            ["t"] = new FlatColumn<long>(KqlType.DateTime, Make(row => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks + (row / 5 * TimeSpan.TicksPerSecond))),
            ["coded"] = new CodedColumn<string>(KqlType.String, Make(_ => Chance.Next(7)), Texts(isUnique: true)),
            ["repeated"] = new CodedColumn<string>(KqlType.String, Make(_ => Chance.Next(14)), Texts(isUnique: false)),
            ["flat"] = new FlatColumn<string>(KqlType.String, Make(_ => "a" + Chance.Next(7))),
            ["d"] = new CodedColumn<object>(KqlType.Dynamic, Make(_ => Chance.Next(3)), new Pool<object>([null, "x1", 2L], 3, isUnique: false)),
        };

        public IReadOnlyList<TableSymbol> Tables { get; } = [new TableSymbol("T", [.. Data.Select(column => new ColumnSymbol(column.Key, column.Value.Type))])];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) => new(Count, Data);

        private static T[] Make<T>(Func<int, T> cell) => [.. Enumerable.Range(0, Count).Select(cell)];

        private static Pool<string> Texts(bool isUnique)
        {
            string?[] texts = [.. Enumerable.Range(0, isUnique ? 7 : 14).Select(code => code % 7 == 6 ? "" : "a" + (code % 7))];
            return new Pool<string>(texts, texts.Length, isUnique);
        }
    }
}
