using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Linting;
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
