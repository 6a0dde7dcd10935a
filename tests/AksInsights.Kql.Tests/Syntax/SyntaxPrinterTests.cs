using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Syntax;

public class SyntaxPrinterTests
{
    public static TheoryData<string> Samples => [.. SampleQueries.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public void PrintedSampleReadsBackAsAnEqualTree(string query) => AssertRoundTrip("sample", query);

    [SharedDataFact("published-queries.jsonl", "kql-conformance.jsonl")]
    public void PrintedRealQueriesReadBackAsEqualTrees()
    {
        var count = 0;
        foreach (var (id, query) in SharedData.Queries("published-queries.jsonl", "kql").Concat(SharedData.Queries("kql-conformance.jsonl", "query")))
        {
            AssertRoundTrip(id, query);
            count++;
        }

        Assert.True(count > 400, $"Only {count} queries were read.");
    }

    [Theory]
    [InlineData("T | filter a==1|limit 5", "T\n| where a == 1\n| take 5")]
    [InlineData("let x=5m;T|where a>x", "let x = 5m;\nT\n| where a > x")]
    [InlineData("print -1, long(-1), 90m, 86400s, 1.0, 'it''s'", "print -1, long(-1), 90m, 1d, 1.0, \"its\"")]
    [InlineData("print ['a b'], ['plain'], x['by']", "print [\"a b\"], plain, x[\"by\"]")]
    public void QueriesArePrintedInOneLayout(string query, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), SyntaxPrinter.Print(SyntaxTree.Parse(query).Root));

    [Fact]
    public void AReplacedLiteralKeepsItsTypeAndValue()
    {
        object?[] bag = [long.MinValue, 1.0, null, "it's \"q\"\n", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromSeconds(-1.5)];
        LiteralSyntax[] literals =
        [
            new(default, KqlType.Long, long.MinValue),
            new(default, KqlType.Real, -0.0),
            new(default, KqlType.Real, double.Epsilon),
            new(default, KqlType.DateTime, DateTime.MaxValue.Ticks),
            new(default, KqlType.TimeSpan, long.MaxValue),
            new(default, KqlType.TimeSpan, -1L),
            new(default, KqlType.String, "tab\t, emoji 😀, backslash \\"),
            new(default, KqlType.Dynamic, new DynamicArray(bag)),
        ];
        foreach (var literal in literals)
        {
            var tree = SyntaxTree.Parse("print " + SyntaxPrinter.Print(literal));
            Assert.Empty(tree.Diagnostics);
            var back = Assert.Single(SyntaxWalker.Descendants(tree.Root).OfType<LiteralSyntax>());
            Assert.Equal(SyntaxDump.Of(literal), SyntaxDump.Of(back));
        }
    }

    private static void AssertRoundTrip(string id, string query)
    {
        var tree = SyntaxTree.Parse(query, id);
        Assert.True(!tree.HasErrors, CaretPrinter.Print(tree.Text, tree.Diagnostics));
        var printed = SyntaxPrinter.Print(tree.Root);
        var again = SyntaxTree.Parse(printed, id + " (printed)");
        Assert.True(!again.HasErrors, CaretPrinter.Print(again.Text, again.Diagnostics) + printed);
        Assert.Equal(SyntaxDump.Of(tree.Root), SyntaxDump.Of(again.Root));
    }
}
