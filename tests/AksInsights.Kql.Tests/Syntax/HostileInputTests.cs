using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>Whatever the text, reading it ends, does not fail, and reports places inside the text.</summary>
public class HostileInputTests
{
    [Fact]
    public void RandomTextIsReadWithoutFailing() => Check(HostileQueries.Text, 3000);

    [Fact]
    public void PiecesOfQueriesInAnyOrderAreReadWithoutFailing() => Check(HostileQueries.Soup, 2000);

    [Fact]
    public void MistypedQueriesAreReadWithoutFailing() => Check(HostileQueries.Mutated, 4000);

    [SharedDataFact("published-queries.jsonl", "kql-conformance.jsonl")]
    public void MistypedRealQueriesAreReadWithoutFailing() => Check(HostileQueries.MutationsOf([
        .. SharedData.Queries("published-queries.jsonl", "kql").Concat(SharedData.Queries("kql-conformance.jsonl", "query")).Select(q => q.Query)]), 3000);

    [Theory]
    [InlineData("(", "", 100_000)]
    [InlineData("f(", "", 100_000)]
    [InlineData("-", "1", 100_000)]
    [InlineData("!", "1", 100_000)]
    [InlineData("[", "", 100_000)]
    [InlineData("a[", "", 50_000)]
    [InlineData("a.", "b", 100_000)]
    [InlineData("a + ", "b", 100_000)]
    [InlineData("a == ", "b", 100_000)]
    [InlineData("T | partition by x (", "", 20_000)]
    [InlineData("T | where x in (", "", 20_000)]
    [InlineData("let f = () { ", "", 20_000)]
    [InlineData("T | join (", "", 20_000)]
    [InlineData("case(a, not(", "", 20_000)]
    public void EndlessNestingIsRefusedWithAnError(string opening, string end, int times)
    {
        var text = string.Concat(Enumerable.Repeat(opening, times)) + end;
        SmallStack.Run(() => Assert.Contains(SyntaxTree.Parse(text).Diagnostics, d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void ManyAlternativesInARowAreAllowed()
    {
        var text = "T | where " + string.Join(" or ", Enumerable.Range(0, 500).Select(i => $"a == {i}"));
        Assert.Empty(SyntaxTree.Parse(text).Diagnostics);
    }

    [Fact]
    public void BracketsAndQuotesThatSearchForTheirPartnersAreReadInTime()
    {
        // Quadratic work would need minutes here.
        SmallStack.Run(() =>
        {
            foreach (var piece in (string[])["let a = (", "'", "datetime(", "dynamic({", "(a,", "```x", "T | fork (", "|(", ";)", "a in ("])
                Assert.NotEmpty(SyntaxTree.Parse(string.Concat(Enumerable.Repeat(piece, 50_001))).Diagnostics);
        });
    }

    private static void Check(Gen<string> texts, int count) => SmallStack.Run(() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20260105, 7).WithEndSize(60),
            Prop.ForAll(texts.ToArbitrary(), AssertIsRead)));

    private static void AssertIsRead(string text)
    {
        var tree = SyntaxTree.Parse(text);
        foreach (var diagnostic in tree.Diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
            Assert.EndsWith("\n", CaretPrinter.Print(tree.Text, diagnostic), StringComparison.Ordinal);
        }

        foreach (var node in SyntaxWalker.Descendants(tree.Root))
        {
            Assert.InRange(node.Span.Start, 0, text.Length);
            Assert.InRange(node.Span.End, node.Span.Start, text.Length);
        }

        if (tree.HasErrors)
            return;
        // What reads without a mistake must survive printing.
        var printed = SyntaxTree.Parse(SyntaxPrinter.Print(tree.Root));
        Assert.Equal(SyntaxDump.Of(tree.Root), SyntaxDump.Of(printed.Root));
        Assert.Empty(printed.Diagnostics);
    }
}
