using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Alerts;

namespace AksInsights.IntegrationTests.Web;

/// <summary>Four weeks of usage from which recommendations come, and a digest that was sent: what pages show besides findings.</summary>
internal static class WebAdvice
{
    /// <summary>The container that asks for far more than it uses.</summary>
    public const string Container = "shop/checkout: app";

    private const string Cluster = "/subscriptions/0f3b/resourcegroups/rg-shop/providers/microsoft.containerservice/managedclusters/aks-shop-prod";
    private const int Days = 28;
    private const int Samples = 288;

    /// <summary>Puts findings, usage and a digest into a store.</summary>
    public static Func<SqlFindingStore, Task> With(int findings) => async store =>
    {
        await WebStory.Of(findings)(store);
        await FillAsync(store);
        await SendDigestAsync(store);
    };

    private static async Task FillAsync(SqlFindingStore store)
    {
        var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-Days);
        for (var day = first; day < first.AddDays(Days); day = day.AddDays(1))
        {
            var rows = new[] { Row("shop", "checkout", day, 60, 210), Row("payments", "ledger", day, 90, 340) };
            await store.Usage.SaveAsync(new WorkspaceId("prod"), new UsageDayRead(day, UsageDay.StartOf(day.AddDays(1)), rows, [new NodePoolSize(Cluster, "apps", "Standard_D8s_v5", 4, 3.1e10, 1.1e11)]), default);
        }
    }

    private static ContainerDay Row(string space, string workload, DateOnly day, double millicores, double mebibytes) => new(
        new ContainerKey(Cluster, space, "Deployment", workload, "app"),
        new ContainerFacts { NodePool = "apps", VmSize = "Standard_D8s_v5", VmSizes = 1 },
        new UsageDay
        {
            Day = day,
            Interval = TimeSpan.FromMinutes(5),
            HoursSeen = 24,
            Pods = 2,
            Cpu = Used(millicores * 1e6, 0.5),
            Memory = Used(mebibytes * (1 << 20), 0.1),
            InForce = new ContainerResources(CpuQuantity.FromMillicores(1000), CpuQuantity.FromMillicores(2000), MemoryQuantity.FromMebibytes(1024), MemoryQuantity.FromMebibytes(2048)),
        });

    // The rhythm of a day.
    private static ResourceDay Used(double amount, double swing)
    {
        var samples = Enumerable.Range(0, Samples).Select(i => amount * (1 + (swing * Math.Sin(2 * Math.PI * i / Samples)))).ToArray();
        return new ResourceDay(UsageHistogram.Of(samples), UsageHistogram.Of([.. samples.Chunk(Samples / 24).Select(hour => hour.Max())]), samples.Max());
    }

    private static async Task SendDigestAsync(SqlFindingStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        var settings = AlertSettings.None();
        var writer = new DigestWriter(settings.Templates, new FindingNotes(WebScene.Queries), new Uri("https://insights.example/"));
        Assert.Equal(1, await new DigestSender(store, store.Outbox, settings.Policy, writer).SendAsync(new DigestPlan { Name = "daily", Channels = [WebScene.Channel] }, now, now, default));
    }
}
