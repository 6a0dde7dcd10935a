using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Scorecards;
using AksInsights.Kql;

namespace AksInsights.Tests.Scorecards;

/// <summary>The checklist that comes with the library, on the sample cluster, whose set-up stands in samples/workspace-demo/Resources.jsonl.</summary>
public sealed class ShippedScorecardTests
{
    private const string Shop = "/subscriptions/52e6b438-f2a7-4269-a651-0c5ca6a3a450/resourcegroups/rg-shop-weu/providers/microsoft.containerservice/managedclusters/aks-shop-prod";
    private const string Edge = "/subscriptions/52e6b438-f2a7-4269-a651-0c5ca6a3a450/resourcegroups/rg-edge-lab/providers/microsoft.containerservice/managedclusters/aks-edge-lab";

    private static readonly string Folder = Repository.Path("queries");
    private static readonly string Demo = Repository.Path("samples", "workspace-demo");

    [Fact]
    public void ItHasNoMistakesAndItsFactsGiveTheColumnsThatAreShown()
    {
        var file = Read();
        var engine = new KqlEngine(new NoRows());
        var columns = file.Facts.Values.SelectMany(f => engine.Compile(f.Query).Columns.Select(c => c.Name)).Append("preset").ToHashSet();
        var named = file.Items.SelectMany(i => (i.Evidence?.Columns ?? []).Append(i.ProvenBy).Append(i.OnlyWith)).OfType<string>();
        Assert.Equal([], named.Where(n => !columns.Contains(n)));
        Assert.Equal(14, file.Items.Select(i => i.Id).Distinct().Count());
        Assert.All(file.Facts.Values, f => Assert.Contains("cluster", engine.Compile(f.Query).Columns.Select(c => c.Name)));
    }

    [Fact]
    public async Task ItJudgesTheSampleClustersByHowTheyAreSetUp()
    {
        var card = await RunAsync(Demo);
        Assert.Equal([Edge, Shop], card.Clusters.Select(c => c.Cluster));

        // aks-shop-prod: a tainted system pool, which one pod tolerates all the same; a pool `win` in one zone that does not scale; allowed address ranges.
        var shop = card.Clusters[1].Items.ToDictionary(i => i.Item.Id);
        Assert.Equal(
            ["pools-separated", "zones", "node-autoscaling", "pod-autoscaling", "requests-limits", "spot", "private-cluster"],
            shop.Values.Where(i => i.State == ItemState.Fail).Select(i => i.Item.Id));
        Assert.Equal(["azure-cni", "network-policy", "workload-identity", "container-insights", "azure-policy"], shop.Values.Where(i => i.State == ItemState.Pass).Select(i => i.Item.Id));
        Assert.Equal(["keda", "disruption-budgets"], shop.Values.Where(i => i.State == ItemState.Unknown).Select(i => i.Item.Id));
        Assert.Equal("network plugin azure", shop["azure-cni"].Evidence);
        Assert.Equal("rows come; preset Cost-optimized", shop["container-insights"].Evidence);
        Assert.Equal(["posture/cluster-not-private"], shop["private-cluster"].Findings.Select(f => f.Query.Value));

        // aks-edge-lab: kubenet, nothing on, one system pool; and it fell silent, so what needs its rows is unknown.
        var edge = card.Clusters[0].Items.ToDictionary(i => i.Item.Id);
        Assert.Equal(ItemState.Fail, edge["azure-cni"].State);
        Assert.Equal(ItemState.None, edge["node-autoscaling"].State);
        Assert.Equal(ItemState.Unknown, edge["requests-limits"].State);
        Assert.Contains("50 minutes old", Assert.Single(edge["requests-limits"].Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutResourceGraphNothingOfItIsAPass()
    {
        var copy = Directory.CreateTempSubdirectory("scorecard");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Demo).Where(f => !Path.GetFileName(f).StartsWith("Resources", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            var shop = (await RunAsync(copy.FullName)).Clusters.Single(c => c.Cluster == Shop).Items.ToDictionary(i => i.Item.Id);
            string[] asked = ["azure-cni", "network-policy", "workload-identity", "zones", "node-autoscaling", "private-cluster", "azure-policy"];
            Assert.All(asked, id => Assert.Equal(ItemState.Unknown, shop[id].State));
            Assert.All(asked, id => Assert.Contains("does not have the table Resources", shop[id].Unknown[0], StringComparison.Ordinal));
            // Its rows come, so Container Insights is on whatever Resource Graph would say.
            Assert.Equal(ItemState.Pass, shop["container-insights"].State);
            Assert.Equal(ItemState.Fail, shop["pools-separated"].State);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static ScorecardFile Read()
    {
        var file = ScorecardReader.Read(Folder, QueryLibrary.Ids(Folder), out var found);
        Assert.Equal("", string.Concat(found.Select(d => d.Print())));
        return file!;
    }

    private static async Task<Scorecard> RunAsync(string folder)
    {
        var tables = ((RecordedWorkspaceOpening.Opened)RecordedWorkspaceTables.Open(folder)).Tables;
        var now = new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero);
        return await new ScorecardRun(Read(), QueryLibrary.Load(Folder).Queries).RunAsync(new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, now), now, default);
    }

    /// <summary>The tables of the schema, to compile against.</summary>
    private sealed class NoRows : ITableProvider
    {
        public IReadOnlyList<AksInsights.Kql.Symbols.TableSymbol> Tables => [.. KnownTables.ByName.Values];

        public TableRows Load(AksInsights.Kql.Symbols.TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) =>
            throw new InvalidOperationException("Nothing is to be run.");
    }
}
