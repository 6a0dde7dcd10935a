using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Queries;

public class QueryTextTests
{
    private const string Kql = """
        // What a person reads first.
        let endTime = now();
        let startTime = endTime - 2h;
        let minRestarts = 3;
        let offset = -1.5;
        let window = 30m;
        let names = dynamic(["a", "b"]);
        let pods = KubePodInventory | where TimeGenerated between (startTime .. endTime);
        let notAParameter = 5;
        pods | where Restarts >= minRestarts and Name in (names)
        """;

    private static readonly EvaluationWindow Window = new(
        new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void LeadingLiteralsAreParametersWithTypeAndDefault()
    {
        var header = Read(Kql, out var found)!.Header;
        Assert.Empty(found);
        Assert.Equal(TimeSpan.FromHours(2), header.Lookback);
        Assert.Equal(
            ["minRestarts long 3", "offset real -1.5", "window timespan 30m", "names dynamic [\"a\",\"b\"]"],
            header.Parameters.Select(p => $"{p.Name} {p.Type.Name()} {ParameterText.Format(p.Type, p.Default)}"));
    }

    [Fact]
    public void BindingChangesTheValuesAndNothingElse()
    {
        var text = Read(Kql, out _)!;
        var bound = Reparse(text.Bind(Window, new Dictionary<string, object?> { ["minRestarts"] = 7L }));
        var original = SyntaxTree.Parse(Kql).Root;
        Assert.Equal(new DateTime(2026, 1, 5, 10, 0, 0).Ticks, QueryHeader.Literal(((LetStatement)bound.Statements[0]).Value)!.Value.Value);
        Assert.Equal(new DateTime(2026, 1, 5, 8, 0, 0).Ticks, QueryHeader.Literal(((LetStatement)bound.Statements[1]).Value)!.Value.Value);
        Assert.Equal(7L, QueryHeader.Literal(((LetStatement)bound.Statements[2]).Value)!.Value.Value);
        for (var i = 3; i < original.Statements.Count; i++)
            Assert.Equal(SyntaxPrinter.Print(original.Statements[i]), SyntaxPrinter.Print(bound.Statements[i]));
    }

    [Fact]
    public void AValueThatLooksLikeCodeStaysAValue()
    {
        var text = Read("let endTime = now();\nlet startTime = endTime - 1h;\nlet name = \"x\";\nT | where N == name", out _)!;
        var hostile = "\"; T | project secret //";
        var bound = Reparse(text.Bind(Window, new Dictionary<string, object?> { ["name"] = hostile }));
        Assert.Equal(4, bound.Statements.Count);
        Assert.Equal(hostile, QueryHeader.Literal(((LetStatement)bound.Statements[2]).Value)!.Value.Value);
    }

    [Fact]
    public void InliningPutsLiteralsWhereTheNamesStood()
    {
        var text = Read(Kql, out _)!;
        var inline = text.Inline(Window, new Dictionary<string, object?> { ["minRestarts"] = -7L, ["names"] = new DynamicArray(["x\"y"]) });
        Assert.Equal(
            """
            let pods = KubePodInventory | where TimeGenerated between (datetime(2026-01-05T08:00:00.0000000Z) .. datetime(2026-01-05T10:00:00.0000000Z));
            let notAParameter = 5;
            pods | where Restarts >= long(-7) and Name in (dynamic(["x\"y"]))
            """,
            inline);
        Assert.Throws<InvalidOperationException>(() => text.Inline(Window, new Dictionary<string, object?> { ["notAParameter"] = 6L }));
    }

    [Fact]
    public void AValueForNoParameterIsABug() => Assert.Throws<InvalidOperationException>(
        () => Read(Kql, out _)!.Bind(Window, new Dictionary<string, object?> { ["notAParameter"] = 6L }));

    [Theory]
    [InlineData("let startTime = now() - 1h;\nT", "AKI1025")]
    [InlineData("T | take 1", "AKI1025")]
    [InlineData("let endTime = datetime(2026-01-01);\nlet startTime = endTime - 1h;\nT", "AKI1025")]
    [InlineData("let endTime = now();\nT", "AKI1026")]
    [InlineData("let endTime = now();\nlet startTime = ago(1h);\nT", "AKI1026")]
    [InlineData("let endTime = now();\nlet startTime = endTime - 0m;\nT", "AKI1026")]
    public void AHeadWithoutItsTimesIsRefused(string kql, string code)
    {
        Assert.Null(Read(kql, out var found));
        Assert.Equal(code, Assert.Single(found).Diagnostic.Code);
    }

    [Theory]
    [InlineData("minRestarts", "3.5", "`3.5` is no value of the parameter `minRestarts`, whose type is long.")]
    [InlineData("minRestarts", "0", "`0` is less than 1, the least value of the parameter `minRestarts`.")]
    [InlineData("window", "soon", "`soon` is no value of the parameter `window`, whose type is timespan.")]
    public void AValueOfAnotherTypeOrOutOfBoundsIsRefused(string name, string text, string mistake)
    {
        var parameter = Read(Kql, out _)!.Header.Find(name)! with { Min = name == "minRestarts" ? 1L : null };
        Assert.False(parameter.TryRead(text, out _, out var got));
        Assert.Equal(mistake, got);
    }

    private static QueryText? Read(string kql, out IReadOnlyList<FileDiagnostic> found)
    {
        var report = new FileReport("q.kql", kql);
        var tree = SyntaxTree.Parse(kql);
        var header = QueryHeader.Read(tree.Root, report);
        found = report.Found;
        return header is null ? null : new QueryText(kql, tree.Root, header);
    }

    private static QuerySyntax Reparse(string printed)
    {
        var tree = SyntaxTree.Parse(printed);
        Assert.Empty(tree.Diagnostics);
        return tree.Root;
    }
}
