using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>Real queries parse: those Microsoft publishes for Container Insights, and the examples of the language's documentation.</summary>
public class PublishedQueriesTests
{
    [SharedDataFact("published-queries.jsonl")]
    public void EveryPublishedQueryParses() => AssertAllParse(SharedData.Queries("published-queries.jsonl", "kql"), atLeast: 80);

    [SharedDataFact("kql-conformance.jsonl")]
    public void EveryDocumentedExampleParses() => AssertAllParse(SharedData.Queries("kql-conformance.jsonl", "query"), atLeast: 300);

    private static void AssertAllParse(IEnumerable<(string Id, string Query)> queries, int atLeast)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var (id, query) in queries)
        {
            count++;
            var tree = SyntaxTree.Parse(query, id);
            if (tree.HasErrors)
                failures.Add(CaretPrinter.Print(tree.Text, tree.Diagnostics));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(count >= atLeast, $"Only {count} queries were read.");
    }
}
