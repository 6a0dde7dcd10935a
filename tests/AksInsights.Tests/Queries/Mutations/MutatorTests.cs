using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Mutations;
using AksInsights.Kql.Syntax;

namespace AksInsights.Tests.Queries.Mutations;

public class MutatorTests
{
    [Theory]
    [InlineData("T | where A == 1 and B", MutationKind.DropFilter, "T | where true and B", "T | where A == 1 and true")]
    [InlineData("T | where A >= B", MutationKind.FlipComparison, "T | where A < B")]
    [InlineData("T | where A >= B", MutationKind.MoveBoundary, "T | where A > B")]
    [InlineData("T | where A in (B)", MutationKind.FlipComparison, "T | where not(A in (B))")]
    [InlineData("T | where A has B", MutationKind.FlipComparison, "T | where not(A has B)")]
    [InlineData("T | where not(A)", MutationKind.FlipComparison, "T | where (A)")]
    [InlineData("T | where A > 3", MutationKind.ChangeThreshold, "T | where A > 4", "T | where A > 2")]
    [InlineData("T | where A > 15m", MutationKind.ChangeThreshold, "T | where A > 16m", "T | where A > 14m")]
    [InlineData("T | where A > 0.95", MutationKind.ChangeThreshold, "T | where A > 0.96", "T | where A > 0.94")]
    [InlineData("T | where A > 80.0", MutationKind.ChangeThreshold, "T | where A > 81.0", "T | where A > 79.0")]
    [InlineData("T | where A > 0", MutationKind.ChangeThreshold, "T | where A > 1")]
    [InlineData("T | where A == \"x\"", MutationKind.ChangeText, "T | where A == \"xx\"")]
    [InlineData("T | where A in (dynamic([\"x\", \"y\"]))", MutationKind.ChangeText, "T | where A in (dynamic([\"y\"]))")]
    [InlineData("T | summarize count() by A, B", MutationKind.DropGroup, "T | summarize count() by B", "T | summarize count() by A")]
    [InlineData("T | summarize a = max(A), b = countif(B) by C", MutationKind.SwapAggregate, "T | summarize a = min(A), b = countif(B) by C", "T | summarize a = max(A), b = count() by C")]
    [InlineData("T | summarize make_set(A, 20)", MutationKind.ChangeThreshold)]
    [InlineData("T | join kind=leftouter (U) on A", MutationKind.ChangeJoin, "T | join kind=inner (U) on A")]
    [InlineData("T | join kind=inner (U) on A", MutationKind.ChangeJoin)]
    [InlineData("T | where A and B or C", MutationKind.SwapLogic, "T | where ((A and B) and (C))", "T | where ((A) or (B)) or C")]
    [InlineData("T | extend A = B * C", MutationKind.SwapArithmetic, "T | extend A = B / C")]
    [InlineData("T | extend A = iff(B, C, D)", MutationKind.ChangeChoice, "T | extend A = iff(B, D, C)")]
    [InlineData("T | extend A = case(B, C, D, E, F)", MutationKind.ChangeChoice, "T | extend A = case(D, E, F)", "T | extend A = case(B, C, F)")]
    [InlineData("T | sort by A asc, B asc", MutationKind.ReverseOrder, "T | sort by A asc, B desc")]
    public void MistakesArePlantedWhereTheTreeSaysSo(string query, MutationKind kind, params string[] expected)
    {
        var text = Read(query);
        var planted = Mutator.Mutations(text).Where(m => m.Kind == kind).Select(m => m.Apply(text.Kql)[Head.Length..]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), planted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheWindowIsLeftAlone() => Assert.Empty(Mutator.Mutations(Read("T")));

    [Fact]
    public void ParametersAreThresholds() => Assert.Equal(["4", "2"], Mutator.Mutations(Read("let n = 3;\nT")).Select(m => m.Replacement));

    private const string Head = "let endTime = now();\nlet startTime = endTime - 1h;\n";

    private static QueryText Read(string query)
    {
        var tree = SyntaxTree.Parse(Head + query);
        Assert.Empty(tree.Diagnostics);
        return new QueryText(Head + query, tree.Root, QueryHeader.Read(tree.Root, new FileReport("q.kql", Head + query))!);
    }
}
