using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>Retention, clean-up and copies of every kind of store; one sealed subclass for each database.</summary>
public abstract class StoreUpkeepContract : IAsyncLifetime
{
    private static readonly RetentionPolicy Keep = new(TimeSpan.FromDays(10), TimeSpan.FromDays(10), TimeSpan.FromDays(10));

    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task WhatIsOverAndOldIsPrunedAndAllElseStays()
    {
        var old = Over("old", day: 0);
        var recent = Over("recent", day: 15);
        var open = Open(workload: "open");
        await SaveAsync(0, [old, recent, open]);
        Assert.Equal(1, (await PruneAsync(day: 20)).Findings);
        Assert.Null(await Store.FindAsync(old.Id, default));
        Assert.Empty(await Store.EventsAsync(old.Id, default));
        Assert.NotNull(await Store.FindAsync(recent.Id, default));
        Assert.NotNull(await Store.FindAsync(open.Id, default));
    }

    [Fact]
    public async Task EventsOfAFindingThatGoesOnArePrunedToo()
    {
        await SaveAsync(0, [Open()]);
        await SaveAsync(15 * 1440, [Open()]);
        Assert.Equal(1, (await PruneAsync(day: 20)).Events);
        Assert.Equal(Minute(15 * 1440), Assert.Single(await Store.EventsAsync(Open().Id, default)).At);
    }

    [Fact]
    public async Task AJudgementThatStandsKeepsItsFinding()
    {
        var always = Over("always", 0) with { Workflow = new Workflow.FalsePositive("ann", Minute(0), "a canary") };
        var standing = Over("standing", 0) with { Workflow = new Workflow.Suppressed("ann", Minute(0), "known", Day(30)) };
        var ended = Over("ended", 0) with { Workflow = new Workflow.Suppressed("ann", Minute(0), "known", Day(10)) };
        await SaveAsync(0, [always, standing, ended]);
        Assert.Equal(1, (await PruneAsync(day: 20)).Findings);
        Assert.Null(await Store.FindAsync(ended.Id, default));
    }

    [Fact]
    public async Task TheNewestEvaluationAndTheNewestWithSomethingToSayStay()
    {
        await SaveAsync(0, []);
        await SaveAsync(5, []);
        await SaveAsync(10, [], EvaluationOutcome.Failed);
        await SaveAsync(15, [], EvaluationOutcome.Failed);
        Assert.Equal(2, (await PruneAsync(day: 20)).Evaluations);
        Assert.Null(await Store.FindEvaluationAsync(Id(0), default));
        Assert.NotNull(await Store.FindEvaluationAsync(Id(5), default));
        Assert.NotNull(await Store.FindEvaluationAsync(Id(15), default));
    }

    [Fact]
    public async Task ManyBatchesArePruned()
    {
        var minutes = Enumerable.Range(0, 60).Select(i => (double)i);
        foreach (var minute in minutes) await SaveAsync(minute, []);
        await SaveAsync(61, [.. Enumerable.Range(0, 4_500).Select(i => Over($"w{i}", 0))]);
        var report = await PruneAsync(day: 20);
        Assert.Equal((4_500, 60), (report.Findings, report.Evaluations));
    }

    [Fact]
    public async Task MessagesThatWaitAreKept()
    {
        var message = new OutgoingMessage { Key = "m1", Channel = "chat", Group = "g", Kind = "opened", BodyJson = "{}", CreatedAt = Minute(0), DueAt = Minute(0) };
        await Store.Outbox.EnqueueAsync([message, message with { Key = "m2", Group = "h" }], default);
        var claimed = await Store.Outbox.ClaimAsync(Minute(0), TimeSpan.FromMinutes(1), 1, default);
        await Store.Outbox.SettleAsync([claimed[0]], new DeliveryOutcome.Delivered(), Minute(0), default);
        Assert.Equal(1, (await PruneAsync(day: 20)).Messages);
        Assert.Equal(1, (await Store.Outbox.BacklogAsync(Day(20), default)).Waiting);
    }

    [Fact]
    public async Task NothingIsPrunedThatMayReopen() => await Assert.ThrowsAsync<ArgumentException>(
        () => Store.Upkeep.PruneAsync(Keep with { Findings = TimeSpan.FromHours(24) }, Day(20), default));

    [Fact]
    public async Task ACleanUpLosesNothing()
    {
        await SaveAsync(0, [Open()]);
        await Store.Upkeep.CompactAsync(default);
        Assert.NotNull(await Store.FindAsync(Open().Id, default));
    }

    [Fact]
    public async Task ACopyHoldsEverythingAndGoesOnWhereTheOriginalWas()
    {
        await SaveAsync(0, [Open(), Over("over", 0)]);
        var message = new OutgoingMessage { Key = "m1", Channel = "chat", Group = "g", Kind = "opened", BodyJson = "{}", CreatedAt = Minute(0), DueAt = Minute(0) };
        await Store.Outbox.EnqueueAsync([message], default);
        await using var file = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await using var copy = await OpenAsync();
        var rows = await Store.Upkeep.CopyToAsync(file.Upkeep, default);
        Assert.Equal(rows, await file.Upkeep.CopyToAsync(copy.Upkeep, default));
        var (was, now) = (await AllAsync(Store), await AllAsync(copy));
        Assert.Equal(was, now);
        Assert.Equal(await Store.EventsAsync(Open().Id, default), await copy.EventsAsync(Open().Id, default));
        Assert.Equal(await Store.FindEvaluationAsync(Id(0), default), await copy.FindEvaluationAsync(Id(0), default));
        await StoreActions.SaveAsync(copy, 5, [Open(workload: "next")]);
        Assert.Equal(2, (await copy.Outbox.ClaimAsync(Minute(0), TimeSpan.FromMinutes(1), 1, default)).Count + (await copy.EventsAsync(Open().Id, default)).Count);
    }

    [Fact]
    public async Task ACopyIntoAStoreThatHoldsSomethingIsRefused()
    {
        await SaveAsync(0, [Open()]);
        await using var other = await OpenAsync();
        await StoreActions.SaveAsync(other, 0, []);
        var error = await Assert.ThrowsAsync<StoreException>(() => Store.Upkeep.CopyToAsync(other.Upkeep, default));
        Assert.Equal(StoreFailure.NotEmpty, error.Failure);
        Assert.Empty(await AllAsync(other));
    }

    private static DateTimeOffset Day(double day) => Minute(day * 1440);

    private static EvaluationId Id(double minute) => new(Workspace, Query, Minute(minute));

    /// <summary>A finding that was resolved on a day.</summary>
    private static Finding Over(string workload, double day) =>
        Open(workload: workload) with { Condition = Condition.Resolved, ConditionSince = Day(day), ResolveReason = ResolveReason.Cleared };

    private Task<PruneReport> PruneAsync(double day) => Store.Upkeep.PruneAsync(Keep, Day(day), default);

    private Task SaveAsync(double minute, IReadOnlyList<Finding> findings, EvaluationOutcome outcome = EvaluationOutcome.Complete) =>
        StoreActions.SaveAsync(Store, minute, findings, outcome);

    private static async Task<IReadOnlyList<string>> AllAsync(SqlFindingStore store) =>
        [.. (await store.ListAsync(new FindingFilter(), default)).Select(f => $"{f.Id} {f.Key} {f.Condition} {f.Content.Title} {f.LastSeen:O} {string.Join(' ', f.Content.Measures)}")];
}
