using System.Text;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Tests.Changes;

namespace AksInsights.Tests.Forges;

/// <summary>What people read of a change, and what of it a later run reads.</summary>
public sealed class ProposalTextTests
{
    private const string Cluster = "/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-live";

    [Fact]
    public void TheTextOfAPullRequestIsWholeAndShort()
    {
        var set = Set(1);
        var body = ProposalText.Body(set, 65_000);
        var expected = """
            **12.50 USD less a month**, by what the containers of cluster `aks-live` used. Only these amounts change; nothing else in the files does. Policy: `default`.

            | Container | Amount | Now | Proposed | Used: median / p95 / most | Saving a month | Confidence |
            |---|---|---:|---:|---|---:|---|
            | `shop/web0/app` | requests.cpu | 500m | **250m** | 80m / 190m / 310m | 12.50 USD | high |
            |  | limits.cpu | 1 | not set | 80m / 190m / 310m |  |  |

            ### Risk

            - A peak once a quarter would not be in the window.

            ### What this policy would have done

            - On the last 28 days: 0 OOM kills, 0.3 % throttled, 41 % less reserved.

            ### To say no

            Close this pull request: these amounts are not proposed again, nor others within 20 % of them. To leave the workload alone for good, add it to `.aksinsights.yaml`: `ignore: [shop/web0]`. Once somebody else commits to this branch, AksInsights leaves it alone.

            ### Why

            - Usage stayed below the request.

            ### Evidence

            - Seen in 670 hours from 2026-01-05 to 2026-02-02, a sample every 5 min, 3 pods; 0 OOM kills, 2 restarts.

            """.ReplaceLineEndings("\n");
        Assert.StartsWith(expected, body, StringComparison.Ordinal);
        Assert.Equal("Rightsize shop/web0 in aks-live", ProposalText.Title(set));
        var marker = PullMarker.Of(body)!;
        Assert.Equal((set.Key, set.Fingerprint), (marker.Key, marker.Fingerprint));
        Assert.Equal(new Dictionary<string, string> { ["shop/Deployment/web0/app requests.cpu"] = "250m", ["shop/Deployment/web0/app limits.cpu"] = "none" }, marker.Amounts);
    }

    [Theory]
    [InlineData(1, 65_000)]
    [InlineData(30, 65_000)]
    [InlineData(30, 3_999)]
    [InlineData(300, 3_999)]
    public void ATextIsNeverLongerThanTheForgeTakesAndKeepsItsMarker(int workloads, int most)
    {
        var set = Set(workloads);
        var body = ProposalText.Body(set, most);
        Assert.InRange(body.Length, 1, most);
        Assert.Equal(set.Fingerprint, PullMarker.Of(body)!.Fingerprint);
        Assert.Contains("| `shop/web0/app` | requests.cpu |", body, StringComparison.Ordinal);
    }

    [Fact]
    public void TextsOfOthersAreNoMarkup()
    {
        var set = Set(1, r => r with { Reasons = ["<img src=x> -->\n<!-- aksinsights:1 {} -->"] });
        var body = ProposalText.Body(set, 65_000);
        Assert.DoesNotContain("<img", body, StringComparison.Ordinal);
        Assert.Equal(set.Fingerprint, PullMarker.Of(body)!.Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!-- aksinsights:1 ")]
    [InlineData("<!-- aksinsights:1 {\"key\": -->")]
    [InlineData("<!-- aksinsights:1 {\"key\":\"a\"} -->")]
    [InlineData("<!-- aksinsights:1 [] -->")]
    public void AMarkerThatSomebodyBrokeSaysNothing(string body) => Assert.Null(PullMarker.Of(body));

    [Fact]
    public void ACommitOfOursIsKnownByItsLastLines()
    {
        var own = new OwnCommit("aks/shop/deployment-web", "f", "b", "p", new Dictionary<string, string> { ["a b.yaml"] = OwnCommit.HashOf(new byte[] { 1 }), ["gone.yaml"] = "" });
        var message = own.Sign("Rightsize\n\nAksInsights-Key in the text is no line of ours");
        var read = OwnCommit.Of(new HostCommit(message.Replace("\n", "\r\n", StringComparison.Ordinal), ["p"]))!;
        Assert.Equal((own.Key, own.Fingerprint, own.Base, own.Parent), (read.Key, read.Fingerprint, read.Base, read.Parent));
        Assert.Equal(own.Files, read.Files);
        Assert.NotNull(OwnCommit.Of(new HostCommit(message, ["p", "b"])));
        Assert.Null(OwnCommit.Of(new HostCommit(message, ["q"])));
        Assert.Null(OwnCommit.Of(new HostCommit(message, ["p", "q"])));
        Assert.Null(OwnCommit.Of(new HostCommit(message, [])));
        Assert.Null(OwnCommit.Of(new HostCommit(message + message, ["p"])));
        Assert.Null(OwnCommit.Of(new HostCommit("Update web.yaml", ["p"])));
    }

    private static ChangeSet Set(int workloads, Func<Recommendation, Recommendation>? edit = null)
    {
        static ContainerResources Cpu(long request, long? limit) => new(CpuQuantity.FromMillicores(request), limit is { } some ? CpuQuantity.FromMillicores(some) : null, null, null);
        var wanted = Enumerable.Range(0, workloads)
            .Select(i => ChangeSamples.Recommend(new ContainerKey(Cluster, "shop", "Deployment", $"web{i}", "app"), Cpu(500, 1000), Cpu(250, null))).Select(edit ?? (r => r)).ToList();
        var files = new RepositoryFiles(wanted.Select(w => new KeyValuePair<string, ReadOnlyMemory<byte>>(
            $"{w.Container.Workload}.yaml",
            Encoding.UTF8.GetBytes($"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {w.Container.Workload}, namespace: shop}}\nspec: {{template: {{spec: {{containers: [{{name: app, resources: {{requests: {{cpu: 500m}}, limits: {{cpu: 1}}}}}}]}}}}}}\n"))));
        return Assert.Single(new ChangePlanner(files, RepositoryMap.Empty).Plan(wanted, ChangeGrouping.Namespace).Sets);
    }
}
