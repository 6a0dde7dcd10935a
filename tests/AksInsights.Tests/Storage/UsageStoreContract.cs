using AksInsights.Adapters.Storage;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Storage;

/// <summary>What usage in every kind of store does; one sealed subclass for each database.</summary>
public abstract class UsageStoreContract : IAsyncLifetime
{
    private static readonly WorkspaceId Shop = new("shop");
    private static readonly DateOnly First = new(2026, 1, 5);

    private SqlFindingStore? _store;

    private IUsageStore Usage => _store!.Usage;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await _store!.DisposeAsync();

    [Fact]
    public async Task ADayComesBackAsItWasSaved()
    {
        var saved = Day(First, "cart", 3e8) with
        {
            Facts = new ContainerFacts { NodePool = "apps", VmSize = "Standard_D8s_v5", VmSizes = 2, Scaler = "hpa", ResizedByVpa = true, HeapFlag = "-Xmx1g", OptOut = "off" },
        };
        await SaveAsync(First, saved);
        var read = Assert.Single(await ReadAsync(First));
        Assert.Equal((saved.Container, saved.Facts), (read.Container, read.Facts));
        var day = Assert.Single(read.Days);
        Assert.Equal(
            (saved.Usage.Day, saved.Usage.Interval, 24, 2.5, saved.Usage.InForce, 3, 1, 1L << 30),
            (day.Day, day.Interval, day.HoursSeen, day.Pods, day.InForce, day.Restarts, day.OomKills, day.OomLimit));
        Assert.Equal(saved.Usage.Cpu.Samples.Bytes.ToArray(), day.Cpu.Samples.Bytes.ToArray());
        Assert.Equal(3e8, day.Cpu.Max);
        Assert.Equal(saved.Usage.Memory.HourPeaks.Bytes.ToArray(), day.Memory.HourPeaks.Bytes.ToArray());
    }

    [Fact]
    public async Task ADayThatIsReadAgainReplacesWhatWasThere()
    {
        await SaveAsync(First, Day(First, "cart", 1e8));
        await SaveAsync(First, Day(First, "cart", 2e8), Day(First, "pay", 5e8));
        var all = await ReadAsync(First);
        Assert.Equal([("cart", 2e8), ("pay", 5e8)], all.Select(h => (h.Container.Workload, Assert.Single(h.Days).Cpu.Max)).Order());
    }

    [Fact]
    public async Task DaysComeInOrderAndFactsAreThoseOfTheNewest()
    {
        await SaveAsync(First.AddDays(1), Day(First.AddDays(1), "cart", 2e8) with { Facts = new ContainerFacts { NodePool = "new" } });
        await SaveAsync(First, Day(First, "cart", 1e8) with { Facts = new ContainerFacts { NodePool = "old" } });
        var history = Assert.Single(await ReadAsync(First));
        Assert.Equal([First, First.AddDays(1)], history.Days.Select(d => d.Day));
        Assert.Equal("new", history.Facts.NodePool);
        Assert.Equal(First.AddDays(1), Assert.Single(Assert.Single(await ReadAsync(First.AddDays(1))).Days).Day);
    }

    [Fact]
    public async Task WorkspacesAreKeptApart()
    {
        await SaveAsync(First, Day(First, "cart", 1e8));
        await Usage.SaveAsync(new WorkspaceId("other"), new UsageDayRead(First, ReadTo(First), [Day(First, "cart", 7e8)], []), default);
        Assert.Equal(1e8, Assert.Single(await ReadAsync(First)).Days[0].Cpu.Max);
        var all = new List<ContainerHistory>();
        await foreach (var history in Usage.HistoriesAsync(null, First, default)) all.Add(history);
        Assert.Equal(2, all.Count);
    }

    [Fact]
    public async Task WhatWasReadIsKnownAndSoAreTheNewestPools()
    {
        Assert.Null(await Usage.ReadToAsync(Shop, default));
        await Usage.SaveAsync(Shop, new UsageDayRead(First.AddDays(1), ReadTo(First.AddDays(1)), [], [new NodePoolSize("c", "apps", "D8", 3, 9e9, 8e9)]), default);
        await Usage.SaveAsync(Shop, new UsageDayRead(First, ReadTo(First), [], [new NodePoolSize("c", "apps", "D8", 2, 6e9, 5e9)]), default);
        Assert.Equal(new[] { First, First.AddDays(1) }, (await Usage.DaysReadAsync(Shop, default)).Keys.Order());
        Assert.Equal(ReadTo(First.AddDays(1)), await Usage.ReadToAsync(null, default));
        Assert.Equal(new NodePoolSize("c", "apps", "D8", 3, 9e9, 8e9), Assert.Single(await Usage.PoolsAsync(Shop, First, default)));
    }

    [Fact]
    public async Task OldDaysArePruned()
    {
        await SaveAsync(First, Day(First, "gone", 1e8), Day(First, "cart", 1e8));
        await SaveAsync(First.AddDays(9), Day(First.AddDays(9), "cart", 1e8));
        Assert.Equal(2, await Usage.PruneAsync(First.AddDays(5), default));
        var left = Assert.Single(await ReadAsync(First));
        Assert.Equal(("cart", 1), (left.Container.Workload, left.Days.Count));
        Assert.Equal([First.AddDays(9)], (await Usage.DaysReadAsync(Shop, default)).Keys);
    }

    [Fact]
    public async Task ACopyOfTheStoreHasItsUsage()
    {
        await SaveAsync(First, Day(First, "cart", 4e8));
        await using var copy = await OpenAsync();
        await _store!.Upkeep.CopyToAsync(copy.Upkeep, default);
        var read = new List<ContainerHistory>();
        await foreach (var history in copy.Usage.HistoriesAsync(Shop, First, default)) read.Add(history);
        Assert.Equal(4e8, Assert.Single(read).Days[0].Cpu.Max);
    }

    private Task SaveAsync(DateOnly day, params ContainerDay[] containers) => Usage.SaveAsync(Shop, new UsageDayRead(day, ReadTo(day), containers, []), default);

    private async Task<List<ContainerHistory>> ReadAsync(DateOnly from)
    {
        var all = new List<ContainerHistory>();
        await foreach (var history in Usage.HistoriesAsync(Shop, from, default)) all.Add(history);
        return all;
    }

    private static DateTimeOffset ReadTo(DateOnly day) => UsageDay.StartOf(day.AddDays(1));

    private static ContainerDay Day(DateOnly day, string workload, double cpu) => new(
        new ContainerKey("/clusters/c", "shop", "Deployment", workload, "app"),
        ContainerFacts.Unknown,
        new UsageDay
        {
            Day = day,
            Interval = TimeSpan.FromMinutes(5),
            HoursSeen = 24,
            Pods = 2.5,
            Cpu = new ResourceDay(UsageHistogram.Of([cpu / 2, cpu]), UsageHistogram.Empty, cpu),
            Memory = new ResourceDay(UsageHistogram.Of([1e8]), UsageHistogram.Of([1e8]), 1e8),
            InForce = new ContainerResources(CpuQuantity.FromMillicores(250), null, null, MemoryQuantity.FromMebibytes(512)),
            Restarts = 3,
            OomKills = 1,
            OomLimit = 1L << 30,
        });
}
