using AksInsights.Core.Queries;
using AksInsights.Core.Queries.OtherTools;

namespace AksInsights.Tests.Queries.OtherTools;

/// <summary>What a library says of other tools' checks, put together with what its queries name.</summary>
public sealed class CoverageTests : IDisposable
{
    private const string File = """
        tools:
          mixin:
            title: Mixin
            version: v1
            checks: { A: a thing, B: b thing, C: c thing, D: d thing }
            likely: [{ why: "By a proxy.", checks: [B] }]
            cannot: [{ why: "Not recorded.", checks: [C] }]
            apart: [{ why: "About itself.", checks: [D] }]
        others: [robusta]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coverage");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void StatesComeFromSourcesAndNotes()
    {
        var matrix = CoverageMatrix.Of(Load(File).Content, [Query("mixin:A"), Query("mixin:B")]);
        var tool = Assert.Single(matrix.Tools);
        Assert.Equal([CoverageState.Covered, CoverageState.Likely, CoverageState.Cannot, CoverageState.Apart], tool.Rows.Select(r => r.State));
        Assert.Equal(["pods/q"], tool.Rows[0].Queries.Select(q => q.Value));
        // Two of A, B and C; two of A and B, as C cannot be known; D counts in neither.
        Assert.Equal((2d / 3, 1d), (tool.Covered, tool.CoveredOfKnowable));
    }

    [Theory]
    [InlineData("mixin:A,mixin:B", "")]
    [InlineData("mixin:B", "AKI1072 at A")]
    [InlineData("mixin:A", "AKI1074 at B")]
    [InlineData("mixin:A,mixin:B,mixin:C", "AKI1073 at C")]
    [InlineData("mixin:A,mixin:B,mixin:D", "AKI1073 at D")]
    public void EachCheckIsCoveredOrExplainedAndNotBoth(string sources, string expected) =>
        Assert.Equal(expected, Tell(Load(File).CheckMatrix([Query(sources.Split(','))])));

    [Theory]
    [InlineData("mixin:A", "")]
    [InlineData("robusta:anything", "")]
    [InlineData("mixin:E", "AKI1071 at \"mixin:E\"")]
    [InlineData("mixing:A", "AKI1070 at \"mixing:A\"")]
    [InlineData("A", "AKI1070 at \"A\"")]
    [InlineData("mixin:", "AKI1070 at \"mixin:\"")]
    public void SourcesNameAKnownToolAndACheckOfIt(string source, string expected) => Assert.Equal(expected, Tell(Load(File).CheckSources(Query(source))));

    [Theory]
    [InlineData("checks: [C] }]", "checks: [C, A, X] }]", "AKI1071 at X")]
    [InlineData("checks: [C] }]", "checks: [B] }]", "AKI1075 at B")]
    [InlineData("version: v1", "versions: v1", "AKI1003 at title; AKI1002 at versions")]
    [InlineData("A: a thing", "A: [a]", "AKI1005 at [a")]
    public void MistakesInTheFileHaveTheirPlace(string from, string to, string expected) =>
        Assert.Equal(expected, Tell(Load(File.Replace(from, to, StringComparison.Ordinal)).Diagnostics));

    [Fact]
    public void AFileThatIsNoMappingIsSaidAndNothingElse()
    {
        var file = Load("- a\n");
        Assert.StartsWith("AKI1005", Tell(file.Diagnostics), StringComparison.Ordinal);
        Assert.Empty(file.CheckMatrix([]));
    }

    private static string Tell(IEnumerable<FileDiagnostic> found) =>
        string.Join("; ", found.Select(d => $"{d.Diagnostic.Code} at {d.Source.Text.Substring(d.Diagnostic.Span.Start, d.Diagnostic.Span.Length)}"));

    private CoverageFile Load(string text)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, CoverageFile.Name), text);
        return CoverageFile.Load(_folder.FullName)!;
    }

    private QueryDefinition Query(params string[] sources)
    {
        var area = _folder.CreateSubdirectory("pods");
        System.IO.File.WriteAllText(Path.Combine(area.FullName, "q.kql"), "let endTime = now();\nlet startTime = endTime - 1h;\nKubePodInventory\n");
        System.IO.File.WriteAllText(Path.Combine(area.FullName, "q.yaml"), $"""
            name: Q
            title: Q
            description: Q
            impact: Q
            remediation: Q
            severity: info
            key: [cluster]
            requires: {"{"} tables: [KubePodInventory] {"}"}
            schedule: {"{"} every: 5m, lookback: 1h {"}"}
            sources: [{string.Join(", ", sources.Select(s => $"\"{s}\""))}]
            """);
        return Assert.Single(QueryLibrary.Load(_folder.FullName).Queries);
    }
}
