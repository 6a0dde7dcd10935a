using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Execution;

/// <summary>What is computed once per distinct text is what is computed row by row.</summary>
public class DistinctTextsTests
{
    private const int Count = 60_000;

    public static TheoryData<string> Expressions =>
    [
        "strcat(a, '/', b)", "strlen(strcat(a, b))", "iff(a contains b, tolower(a), toupper(b))", "split(strcat(a, '-', b), '-')[1]", "tolong(substring(a, 1)) + strlen(b)",
        "todouble(strcat('1.', substring(a, 1)))", "case(a has '3', 'three', b == '', 'empty', a)", "todatetime(strcat('2026-01-0', substring(a, 1, 1)))",
        "isempty(b) and a endswith '7'", "tobool(iff(a endswith '1', 'true', b))", "pack('a', a, 'b', strcat(b, 'x'))", "strcat(d.name, a)", "tolower(tostring(d.size))",
        "todecimal(strlen(a) + strlen(b))", "strcat(a, b, many)", "strcat(many, 'x', a)", "strlen(strcat(a, 'é')) % 3",
    ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void ValuesAreTheSame(string expression)
    {
        var coded = Run(new Rows(isCoded: true), expression);
        var flat = Run(new Rows(isCoded: false), expression);
        Assert.Equal(Count, flat.Count);
        Assert.Equal(flat, coded);
    }

    private static List<string> Run(Rows rows, string expression)
    {
        var run = new KqlRun { NowUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), Parallelism = 2 };
        var table = new KqlEngine(rows).Compile($"T | extend x = {expression} | project id, x = tostring(x)").Execute(run).Tables[0];
        // The same again under aggregation, where the columns of a chunk make room for those of the next.
        var groups = new KqlEngine(rows).Compile($"T | summarize count(), min(id), max(id) by x = tostring({expression}) | order by min_id asc").Execute(run).Tables[0];
        var values = Enumerable.Range(0, table.RowCount).Select(row => (string)table[row, 1]!).ToList();
        var expected = values.Index().GroupBy(v => v.Item).Select(g => ((object)(long)g.Count(), (object)(long)g.First().Index, (object)(long)g.Last().Index));
        Assert.Equal(expected, Enumerable.Range(0, groups.RowCount).Select(row => (groups[row, 1]!, groups[row, 2]!, groups[row, 3]!)));
        return values;
    }

    /// <summary>Texts that repeat, a column of which hardly any does, and dynamics; in codes, or a value a row.</summary>
    private sealed class Rows(bool isCoded) : ITableProvider
    {
        private static readonly int[] A = Codes(11, 1);
        private static readonly int[] B = Codes(5, 2);
        private static readonly int[] Many = Codes(Count, 3);
        private static readonly int[] D = Codes(3, 4);

        public IReadOnlyList<TableSymbol> Tables { get; } =
            [new TableSymbol("T", [new("id", KqlType.Long), new("a", KqlType.String), new("b", KqlType.String), new("many", KqlType.String), new("d", KqlType.Dynamic)])];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) => new(Count, new Dictionary<string, Column>
        {
            ["id"] = new FlatColumn<long>(KqlType.Long, [.. Enumerable.Range(0, Count).Select(row => (long)row)]),
            ["a"] = Texts(A, 11, code => $"a{code}"),
            ["b"] = Texts(B, 5, code => code == 0 ? "" : $"B{code}"),
            ["many"] = Texts(Many, Count, code => $"m{code}"),
            ["d"] = Values(D, [null, new DynamicBag(1) { ["name"] = "n" }, new DynamicBag(1) { ["size"] = 5L }]),
        });

        private static int[] Codes(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, Count).Select(_ => random.Next(count))];
        }

        private Column Texts(int[] codes, int count, Func<int, string> text)
        {
            string[] pool = [.. Enumerable.Range(0, count).Select(text)];
            return isCoded
                ? new CodedColumn<string>(KqlType.String, [.. codes], new Pool<string>(pool, count, isUnique: true))
                : new FlatColumn<string>(KqlType.String, [.. codes.Select(code => pool[code])]);
        }

        private Column Values(int[] codes, object?[] pool) => isCoded
            ? new CodedColumn<object>(KqlType.Dynamic, [.. codes], new Pool<object>(pool, pool.Length, isUnique: false))
            : new FlatColumn<object>(KqlType.Dynamic, [.. codes.Select(code => pool[code]!)]);
    }
}
