using AksInsights.Core.Queries;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Commands;

/// <summary>The page docs/queries.md is what the files in queries/ say. UPDATE_EXPECTED=1 writes it anew, as does <c>aksinsights query docs</c>.</summary>
public sealed class QueryPageTests
{
    private static readonly string Page = Repository.Path("docs", "queries.md");

    [Fact]
    public void ThePageOfTheQueriesIsUpToDate()
    {
        var folder = Repository.Path("queries");
        using var written = new StringWriter();
        QueryMarkdown.WritePage(QueryLibrary.Load(folder), CoverageFile.Load(folder)?.Content, written);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1" && Environment.GetEnvironmentVariable("CI") is null) File.WriteAllText(Page, written.ToString());
        Assert.True(File.ReadAllText(Page) == written.ToString(), "docs/queries.md is not what the queries say; run: aksinsights query docs --queries queries --out docs/queries.md");
    }
}
