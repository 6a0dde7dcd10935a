using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Linting;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries;

public class QueryLibraryTests
{
    private static readonly string Folder = Repository.Path("queries");
    private static readonly Lazy<QueryLibrary> Shipped = new(() => QueryLibrary.Load(Folder));

    public static TheoryData<string> Ids => [.. QueryLibrary.Ids(Folder)];

    [Fact]
    public void TheShippedQueriesHaveNoMistakes() => Assert.Equal("", string.Concat(Shipped.Value.Diagnostics.Select(d => d.Print())));

    [Fact]
    public void TheShippedQueriesKeepEveryRuleOfLint()
    {
        var schemas = KnownTables.ByName.Values.ToList();
        var found = Shipped.Value.Queries.SelectMany(q => ResultChecks.Check(q, schemas).Concat(QueryLint.Check(q, schemas)));
        Assert.Equal("", string.Concat(found.Select(d => d.Print())));
    }

    [Fact]
    public void EveryCheckOfTheListedToolsIsCoveredOrExplained()
    {
        var tools = CoverageFile.Load(Folder)!;
        Assert.Equal("", string.Concat(tools.Diagnostics.Concat(Shipped.Value.Queries.SelectMany(tools.CheckSources)).Concat(tools.CheckMatrix(Shipped.Value.Queries)).Select(d => d.Print())));
        // As many as their sources have, so that none is left out unsaid: alerts of the mixin, of Azure's table and its two platform metrics, of the retired
        // table and of the baseline; Popeye's codes.
        var counts = tools.Content.Tools.ToDictionary(t => t.Key, t => t.Value.Checks.Count);
        Assert.Equal((57, 32, 12, 11, 117), (counts["kubernetes-mixin"], counts["azure"], counts["azure-legacy"], counts["amba"], counts["popeye"]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryShippedQueryPassesItsRowTests(string id)
    {
        var query = Shipped.Value.Queries.Single(q => q.Id.Value == id);
        var runner = new RowTestRunner([.. KnownTables.ByName.Values], TimeProvider.System);
        var report = runner.Run(query, coverage: true, CancellationToken.None);
        Assert.True(report.Passed, Tell(report));
        Assert.NotEmpty(report.Cases);
    }

    private static string Tell(RowTestReport report) => string.Concat(
        report.Diagnostics.Select(d => d.Print()).Concat(report.Cases.Where(c => !c.Passed).SelectMany(c => c.Failures.Prepend(c.Name + "\n"))));
}
