using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>Queries asked in parts: together the parts are the whole, and what cannot be split is not.</summary>
public class QuerySplitTests
{
    private const string Window = "let startTime = datetime(2026-11-20T06:00:00Z);\nlet endTime = datetime(2026-11-21T08:00:00Z);\nlet least = 1 + 1;\n";

    [Theory]
    [InlineData(Window + "KubeEvents | where TimeGenerated between (startTime .. endTime) | where Count >= 0 or least == 2 | project TimeGenerated, Reason, Name", 300)]
    [InlineData(Window + "KubeEvents\n| extend age = endTime - TimeGenerated\n| project-away Message | mv-expand x = dynamic([1, 2]) to typeof(long) | project age, x, Reason", 700)]
    [InlineData("KubeEvents | summarize n = count(), first = min(TimeGenerated) by Reason, hour = bin(TimeGenerated, 1h) | where n > 1", 10)]
    [InlineData("KubePodInventory\n| where Namespace != 'kube-system' // a comment\n| distinct Name, Namespace\n| extend label = strcat(Namespace, '/', Name)", 20)]
    public async Task ThePartsAreTheWhole(string query, int least)
    {
        var tables = ((RecordedWorkspaceOpening.Opened)RecordedWorkspaceTables.Open(Repository.Path("samples", "workspace-demo"))).Tables;
        var workspace = new RecordedWorkspace(new WorkspaceId("demo"), tables, new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
        async Task<IEnumerable<string>> Ask(string text) => ServedAzure.Rows(await workspace.QueryAsync(new WorkspaceQuery(text), CancellationToken.None)).Split('\n');
        var whole = (await Ask(query)).Order(StringComparer.Ordinal).ToList();
        Assert.True(whole.Count >= least, $"Only {whole.Count} rows.");
        var parts = new[] { QuerySplit.Of(query)! };
        for (var depth = 1; depth <= 3; depth++)
        {
            parts = [.. parts.SelectMany(p => p.Halves())];
            var rows = new List<string>();
            foreach (var part in parts) rows.AddRange((await Ask(part.Text)).Where(row => row.Length > 0));
            Assert.Equal(whole, rows.Order(StringComparer.Ordinal));
        }

        Assert.Equal(8, parts.Length);
    }

    [Theory]
    [InlineData("KubeEvents | sort by TimeGenerated asc")]
    [InlineData("KubeEvents | take 5")]
    [InlineData("KubeEvents | top 5 by Count")]
    [InlineData("KubeEvents | summarize count()")]
    [InlineData("KubeEvents | count")]
    [InlineData("KubeEvents | distinct *")]
    [InlineData("KubeEvents | summarize n = count() by Reason | summarize max(n) by Reason")]
    [InlineData("KubeEvents | join kind=inner Perf on Computer")]
    [InlineData("KubeEvents | where Name in ((Perf | project Computer))")]
    [InlineData("KubeEvents | extend n = toscalar(Perf | count)")]
    [InlineData("KubeEvents | serialize | extend n = row_number()")]
    [InlineData("let KubeEvents = Perf;\nKubeEvents | summarize count() by Computer")]
    [InlineData("let events = KubeEvents | where Count > 1;\nevents | summarize count() by Reason")]
    [InlineData("union KubeEvents, Perf | summarize count() by Computer")]
    [InlineData("KubeEvents | project Reason")]
    [InlineData("KubeEvents; Perf")]
    [InlineData("KubeEvents | whre x")]
    public void WhatIsMoreThanItsPartsIsNotSplit(string query) => Assert.Null(QuerySplit.Of(query));
}
