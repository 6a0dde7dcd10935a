using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Mutations;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries.Mutations;

/// <summary>The row tests of the library notice planted mistakes. A sample here; all of them with <c>aksinsights query mutate</c>.</summary>
public class LibraryMutationTests
{
    // Raise the seed now and then: another sample of the same mistakes.
    private const int Seed = 1;
    private const int MistakesOfEach = 25;
    private const double LeastShare = 0.9;

    private static readonly RowTestRunner Tests = new([.. KnownTables.ByName.Values], TimeProvider.System);

    [Fact]
    public void RowTestsNoticeNineOfTenMistakes()
    {
        var queries = QueryLibrary.Load(Repository.Path("queries")).Queries;
        var reports = new MutationReport[queries.Count];
        Parallel.For(0, reports.Length, i => reports[i] = new MutationRun(Tests).Try(queries[i], MistakesOfEach, Seed, CancellationToken.None));
        var planted = reports.Sum(r => r.Planted);
        var noticed = reports.Sum(r => r.Noticed);
        Assert.True(planted > 20 * queries.Count, $"Only {planted} mistakes were planted into {queries.Count} queries.");
        var survivors = string.Join('\n', reports.SelectMany(r => r.Survivors));
        Assert.True(noticed >= LeastShare * planted, $"{noticed} of {planted} mistakes were noticed. These were not:\n{survivors}");
    }

    [Fact]
    public void TestsThatCheckLittleNoticeLittle()
    {
        var folder = Directory.CreateTempSubdirectory("mutations");
        try
        {
            Write(folder.FullName, "pods/failed.kql", """
                let endTime = now();
                let startTime = endTime - 1h;
                let minPods = 2;
                KubePodInventory
                | where TimeGenerated between (startTime .. endTime) and PodStatus == "Failed"
                | summarize pods = dcount(Name) by cluster = tolower(ClusterId)
                | where pods >= minPods
                """);
            Write(folder.FullName, "pods/failed.yaml", """
                { name: n, title: t, description: d, impact: i, remediation: r, severity: error, key: [cluster], measures: { pods: { unit: count } },
                  requires: { tables: [KubePodInventory] }, schedule: { every: 5m, lookback: 1h } }
                """);
            Write(folder.FullName, "pods/failed.tests.yaml", """
                cases:
                  - name: many fail
                    kind: fires
                    start: 2026-01-05T10:00:00Z
                    input: { KubePodInventory: [{ constants: { ClusterId: c, PodStatus: Failed }, series: { Name: "a b c d" } }] }
                    evaluate: [{ at: 10m, findings: [{ key: { cluster: c } }] }]
                """);
            var report = new MutationRun(Tests).Try(QueryLibrary.Load(folder.FullName).Queries[0], null, Seed, CancellationToken.None);
            string[] unnoticed = ["change-threshold", "change-threshold", "drop-filter", "swap-logic", "drop-filter", "swap-aggregate", "drop-filter", "move-boundary"];
            Assert.Equal(unnoticed, report.Survivors.Select(s => s.ToString().Split(": ")[1]));
            // Noticed: the window, the status and the limit turned round, another status, and a result without its key.
            Assert.Equal(5, report.Noticed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
