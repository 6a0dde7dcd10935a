using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Hosting;
using AksInsights.Service.Telemetry;
using AksInsights.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Hosting;

/// <summary>What is over goes after its time, as the configuration says. What is kept whatever its age is the store's to know, and tested there for every store.</summary>
public sealed class PruneStoreJobTests
{
    [Fact]
    public async Task WhatIsOlderThanConfiguredGoes()
    {
        var time = new ManualTime(Minute(0));
        await using var store = await SqlFindingStore.OpenMemoryAsync(time, default);
        for (var day = 0; day < 10; day++) await StoreActions.SaveAsync(store, day * 24 * 60, [Open(workload: $"w{day}")]);
        time.Now = Minute(10 * 24 * 60);
        await Job(store, time).PruneAsync(default);
        Assert.Equal(10, (await store.EvaluationsAsync(Workspace, Query, 100, default)).Count);
        await Job(store, time, ("Service:Retention:Evaluations", "5d")).PruneAsync(default);
        var left = await store.EvaluationsAsync(Workspace, Query, 100, default);
        Assert.Equal(Minute(5 * 24 * 60), left.Min(record => record.Id.End));
        Assert.Equal(10, (await store.CountAsync(new FindingFilter(), default)).Values.Sum());
    }

    [Theory]
    [InlineData("Service:Retention:Messages", "1d", "nothing is deleted before it is 2 days old")]
    [InlineData("Service:Retention:Finding", "9d", "Nearest: `Findings`")]
    public void AMistakeIsNamed(string key, string value, string expected)
    {
        Assert.Null(Read((key, value), out var mistakes));
        Assert.Contains(expected, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    private static PruneStoreJob Job(SqlFindingStore store, ManualTime time, (string, string)? setting = null)
    {
        var settings = Read(setting ?? ("Service:Concurrency", "4"), out var mistakes);
        Assert.Empty(mistakes);
        return new PruneStoreJob(
            settings!, store, new Ending(NullLogger<Ending>.Instance, time), new ServiceInstruments(NullLogger<ServiceInstruments>.Instance, time), time, NullLogger<PruneStoreJob>.Instance);
    }

    private static ServiceSettings? Read((string Key, string Value) setting, out IReadOnlyList<string> mistakes) =>
        ServiceSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting.Key, (string?)setting.Value)]).Build(), [], out mistakes);
}
