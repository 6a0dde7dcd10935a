using AksInsights.Core.Queries;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries;

public class QueryLibraryTests
{
    private static readonly string Folder = Repository.Path("queries");
    private static readonly Lazy<QueryLibrary> Shipped = new(() => QueryLibrary.Load(Folder));

    public static TheoryData<string> Ids => [.. QueryLibrary.Ids(Folder)];

    [Fact]
    public void TheShippedQueriesHaveNoMistakes() => Assert.Empty(Shipped.Value.Diagnostics.Select(d => d.ToString()));

    [Theory]
    [MemberData(nameof(Ids))]
    public void ShippedRowTestsAreReadable(string id)
    {
        var query = Shipped.Value.Queries.Single(q => q.Id.Value == id);
        var report = new FileReport(query.TestsFile, File.ReadAllText(query.TestsFile));
        Assert.NotEmpty(RowTestReader.Read(report).Cases);
        Assert.Empty(report.Found.Select(f => f.ToString()));
    }
}
