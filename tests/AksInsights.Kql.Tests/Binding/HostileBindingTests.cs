using AksInsights.Kql.Tests.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Kql.Tests.Binding;

/// <summary>Whatever the text, compiling it ends, does not fail, and reports places inside the text.</summary>
public class HostileBindingTests
{
    private static readonly KqlEngine Engine = new(EmptyTables.Samples);

    [Fact]
    public void PiecesOfQueriesInAnyOrderCompileOrAreReported() => Check(HostileQueries.Soup, 1500);

    [Fact]
    public void MistypedQueriesCompileOrAreReported() => Check(HostileQueries.Mutated, 3000);

    [SharedDataFact("published-queries.jsonl", "kql-conformance.jsonl")]
    public void MistypedRealQueriesCompileOrAreReported() => Check(HostileQueries.MutationsOf([
        .. SharedData.Queries("published-queries.jsonl", "kql").Concat(SharedData.Queries("kql-conformance.jsonl", "query")).Select(q => q.Query)]), 2000);

    [Fact]
    public void LongChainsOfOperatorsCompile()
    {
        var query = "T | where " + string.Join(" or ", Enumerable.Range(0, 500).Select(i => $"a == {i}"));
        SmallStack.Run(() => Assert.True(Engine.TryCompile(query, null, out _, out _)));
    }

    private static void Check(Gen<string> texts, int count) => SmallStack.Run(() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20260105, 7).WithEndSize(60),
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var compiled = Engine.TryCompile(text, null, out var query, out var diagnostics);
            Assert.Equal(compiled, query is not null);
            foreach (var diagnostic in diagnostics)
            {
                Assert.InRange(diagnostic.Span.Start, 0, text.Length);
                Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
            }
        })));
}
