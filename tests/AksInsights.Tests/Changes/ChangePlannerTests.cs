using System.Text;
using AksInsights.Core.Changes;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Tests.Changes;

/// <summary>What goes into one change, what it is called, and when it counts as the same change again.</summary>
public sealed class ChangePlannerTests
{
    private const string Cluster = "/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-live";

    [Fact]
    public void OneChangeIsAWorkloadANamespaceOrEverything()
    {
        Recommendation[] wanted = [For("shop", "web", "app"), For("shop", "web", "proxy"), For("shop", "api", "app"), For("pay", "ledger", "app")];
        var files = Files(wanted);
        IEnumerable<string> Keys(ChangeGrouping grouping) => new ChangePlanner(files, RepositoryMap.Empty).Plan(wanted, grouping).Sets.Select(s => $"{s.Key} {s.Containers.Count}");
        Assert.Equal(["aks-live/pay/deployment-ledger 1", "aks-live/shop/deployment-api 1", "aks-live/shop/deployment-web 2"], Keys(ChangeGrouping.Workload));
        Assert.Equal(["aks-live/pay/all 1", "aks-live/shop/all 3"], Keys(ChangeGrouping.Namespace));
        Assert.Equal(["all 4"], Keys(ChangeGrouping.All));
    }

    [Fact]
    public void AFileThatCannotBeChangedKeepsNobodyElseFromBeingChanged()
    {
        Recommendation[] wanted = [For("shop", "web", "app"), For("shop", "api", "app")];
        var files = Files(wanted).With("shop-api.yaml", Encoding.UTF8.GetBytes("# DO NOT EDIT\n" + Manifest(wanted[1])));
        var plan = new ChangePlanner(files, RepositoryMap.Empty).Plan(wanted, ChangeGrouping.All);
        Assert.Equal("shop/web/app", Assert.Single(Assert.Single(plan.Sets).Containers).Recommendation.Container.ToString());
        Assert.Equal("shop/api/app", Assert.Single(plan.Refused).Recommendation.Container.ToString());
    }

    [Fact]
    public void ChangesOfLinesElsewhereDoNotMakeAnotherChange()
    {
        Recommendation[] wanted = [For("shop", "web", "app")];
        var files = Files(wanted);
        var moved = files.With("shop-web.yaml", Encoding.UTF8.GetBytes("# one more line\n" + Manifest(wanted[0])));
        ChangeSet Set(RepositoryFiles from, params Recommendation[] of) => Assert.Single(new ChangePlanner(from, RepositoryMap.Empty).Plan(of, ChangeGrouping.Workload).Sets);
        Assert.Equal(Set(files, wanted).Fingerprint, Set(moved, wanted).Fingerprint);
        Assert.NotEqual(Set(files, wanted).Fingerprint, Set(files, wanted[0] with { Proposed = Resources(240) }).Fingerprint);
    }

    [Theory]
    [InlineData("aks-live/shop/deployment-web", 1, "aksinsights/aks-live/shop/deployment-web")]
    [InlineData("aks-live/shop/deployment-web", 2, "aksinsights/aks-live/shop/deployment-web.2")]
    public void ABranchIsCalledByWhatItIsAbout(string key, int number, string branch) => Assert.Equal(branch, ChangeNames.BranchOf(key, number));

    [Fact]
    public void NamesThatABranchCannotHaveAreReplacedAndKeptApart()
    {
        string[] keys = ["aks/shop/deployment-a.b", "aks/shop/deployment-a-b", "aks/shop/deployment-a..b", "aks/shop/deployment-a b", "aks//deployment-a", "aks/shop/" + new string('x', 300), "aks/shop/" + new string('x', 301)];
        var branches = keys.Select(k => ChangeNames.BranchOf(k)).ToList();
        Assert.Equal(keys.Length, branches.Distinct().Count());
        Assert.All(branches, b => Assert.Matches("^aksinsights/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", b));
        Assert.All(branches, b => Assert.InRange(b.Length, 1, 140));
    }

    private static ContainerResources Resources(long millicores) => new(CpuQuantity.FromMillicores(millicores), null, null, null);

    private static Recommendation For(string space, string workload, string container) =>
        ChangeSamples.Recommend(new ContainerKey(Cluster, space, "Deployment", workload, container), Resources(500), Resources(250));

    private static RepositoryFiles Files(IEnumerable<Recommendation> wanted) => new(wanted.GroupBy(w => (w.Container.Namespace, w.Container.Workload)).Select(g =>
        new KeyValuePair<string, ReadOnlyMemory<byte>>($"{g.Key.Namespace}-{g.Key.Workload}.yaml", Encoding.UTF8.GetBytes(Manifest([.. g])))));

    private static string Manifest(params Recommendation[] containers) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {containers[0].Container.Workload}, namespace: {containers[0].Container.Namespace}}}\nspec:\n  template:\n    spec:\n      containers:\n"
        + string.Concat(containers.Select(c => $"      - name: {c.Container.Container}\n        resources:\n          requests:\n            cpu: 500m\n"));
}
