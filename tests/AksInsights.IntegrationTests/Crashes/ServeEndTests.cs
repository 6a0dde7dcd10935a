using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.IntegrationTests.Storage;
using Dapper;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>The service when it is told to end, whatever it is doing then.</summary>
public sealed class ServeEndTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task WhatHasBegunComesToAnEndFirst()
    {
        await using var served = await ServedStore.PrepareAsync(seed: 7, store: null, queries: 6, Every);
        using var service = served.Start();
        Assert.NotNull(await service.ListensAsync());
        await Until.HoldsAsync(() => Task.FromResult(served.Azure.Answered.Count >= 10));
        Assert.Equal(0, await service.TerminateAsync());
        Assert.DoesNotContain(service.Log, line => line.StartsWith("fail", StringComparison.Ordinal) || line.StartsWith("crit", StringComparison.Ordinal));
        await using var store = await SqlFindingStore.OpenAsync(served.Store, TimeProvider.System, default);
        foreach (var (query, end) in served.Azure.Answered)
            Assert.NotNull(await store.FindEvaluationAsync(new EvaluationId(new WorkspaceId(ServedStore.Workspace), new QueryId($"pods/query-{query}"), end), default));
    }

    [Fact]
    public async Task AWorkspaceThatDoesNotAnswerDoesNotHoldTheEndUp()
    {
        await using var served = await ServedStore.PrepareAsync(seed: 8, store: null, queries: 6, Every);
        served.Azure.Hangs = true;
        using var service = served.Start();
        Assert.NotNull(await service.ListensAsync());
        await served.Azure.UntilAskedAsync(3);
        Assert.Equal(0, await service.TerminateAsync());
        Assert.Contains(service.Log, line => line.Contains("[3003]", StringComparison.Ordinal));
        // What was abandoned is done by the next one.
        served.Azure.Hangs = false;
        using var next = served.Start();
        Assert.NotNull(await next.ListensAsync());
        await using var store = await SqlFindingStore.OpenAsync(served.Store, TimeProvider.System, default);
        await Until.HoldsAsync(async () => await store.LastWindowAsync(new WorkspaceId(ServedStore.Workspace), new QueryId("pods/query-0"), default) is not null);
        Assert.Equal(0, await next.TerminateAsync());
    }
}

/// <summary>The service on a disk that is full or read-only, and on a store that another program locks: it says so, loses nothing, and goes on.</summary>
[Needs(NeedsAttribute.Root)]
public sealed class ServeDiskTests : IDisposable
{
    // Twelve windows are made up for: a minute of trouble is over before one is passed over, on a busy machine too.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly SmallDisk _disk = new(mebibytes: 6);

    private StoreAddress Store => new StoreAddress.File(Path.Combine(_disk.Path, "store.db"));

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task AFullDiskIsSaidAndWorkGoesOnWhenThereIsRoom()
    {
        await using var served = await ServedStore.PrepareAsync(seed: 9, Store, queries: 6, Every);
        using var service = served.Start();
        var address = await service.ListensAsync();
        await served.Azure.UntilAskedAsync(20);
        var filler = Fill();
        await Until.HoldsAsync(async () => await ReadyAsync(address!) is (503, var text) && text.Contains("full", StringComparison.Ordinal));
        // Health notices at once; an evaluation when its turn comes.
        await Until.HoldsAsync(() => Task.FromResult(service.Log.Any(line => line.Contains("[1005]", StringComparison.Ordinal))));
        File.Delete(filler);
        await Until.HoldsAsync(async () => (await ReadyAsync(address!)).Status == 200);
        await AssertNothingIsLostAsync(served);
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Fact]
    public async Task AStoreThatAnotherProgramLocksIsSaidAndWorkGoesOnAfterwards()
    {
        await using var served = await ServedStore.PrepareAsync(seed: 10, Store, queries: 6, Every);
        using var service = served.Start();
        var address = await service.ListensAsync();
        await served.Azure.UntilAskedAsync(20);
        using (var open = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            // Nobody may write while another one does; the service waits only so long.
            await open.OpenAsync();
            await open.ExecuteAsync("BEGIN EXCLUSIVE");
            await Until.HoldsAsync(async () => (await ReadyAsync(address!)).Status == 503);
            await open.ExecuteAsync("ROLLBACK");
        }

        await Until.HoldsAsync(async () => (await ReadyAsync(address!)).Status == 200);
        await AssertNothingIsLostAsync(served);
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Fact]
    public async Task AReadOnlyDiskIsSaidAndNothingStarts()
    {
        await using var served = await ServedStore.PrepareAsync(seed: 11, Store, queries: 2, Every);
        await (await SqlFindingStore.OpenAsync(Store, TimeProvider.System, default)).DisposeAsync();
        _disk.MakeReadOnly();
        using var service = served.Start();
        Assert.Null(await service.ListensAsync());
        Assert.Equal(3, await service.EndsAsync());
        Assert.Contains(service.Log, line => line.Contains("may write there", StringComparison.Ordinal));
    }

    /// <summary>Every window from the first to one of after the trouble was evaluated.</summary>
    private static async Task AssertNothingIsLostAsync(ServedStore served)
    {
        var from = TimeProvider.System.GetUtcNow();
        await using var store = await SqlFindingStore.OpenAsync(served.Store, TimeProvider.System, default);
        foreach (var query in served.Library().Checks)
        {
            await Until.HoldsAsync(async () => await store.LastWindowAsync(new WorkspaceId(ServedStore.Workspace), query.Id, default) >= from);
            var ends = (await store.EvaluationsAsync(new WorkspaceId(ServedStore.Workspace), query.Id, 10_000, default)).Select(record => record.Id.End).Order().ToList();
            Assert.Equal((ends[^1] - ends[0]) / query.Metadata.Schedule.Every, ends.Count - 1);
        }
    }

    private string Fill()
    {
        var path = Path.Combine(_disk.Path, "filler");
        using var filler = File.Create(path);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            return path;
        }
    }

    private static async Task<(int Status, string Text)> ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync(new Uri("healthz/ready", UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
