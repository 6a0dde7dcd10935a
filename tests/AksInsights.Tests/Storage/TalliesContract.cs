using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>How every kind of store counts; one sealed subclass for each database.</summary>
public abstract class TalliesContract : IAsyncLifetime
{
    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store!;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task AnEmptyStoreHasNothingToCount()
    {
        Assert.Empty(await Store.Tallies.CountAsync(new FindingFilter(), default));
        Assert.Empty(await Store.Tallies.NamespacesAsync(default));
        Assert.Empty(await Store.Tallies.ClustersAsync(default));
        Assert.Empty(await Store.Tallies.TurnsAsync(Start, TimeSpan.FromDays(1), 14, default));
    }

    [Fact]
    public async Task FindingsAreCountedByQueryClusterAndSeverity()
    {
        await SaveAsync([Open(Severity.Error, "a"), Open(Severity.Error, "b"), Open(Severity.Info, "c"), Open(Severity.Critical, "d") with { Condition = Condition.Resolved, ResolveReason = ResolveReason.Cleared }], []);
        var present = await Store.Tallies.CountAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, default);
        Assert.Equal([new FindingTally(Query, Cluster, Severity.Info, 1), new FindingTally(Query, Cluster, Severity.Error, 2)], present.OrderBy(tally => tally.Severity));
        Assert.Equal(["shop"], await Store.Tallies.NamespacesAsync(default));
    }

    [Fact]
    public async Task ClustersAreThoseThatWereLookedAtHealthyOrNot()
    {
        await SaveAsync([], [], "/c2", "", "/c1");
        Assert.Equal([(Workspace, "/c1"), (Workspace, "/c2")], await Store.Tallies.ClustersAsync(default));
    }

    [Fact]
    public async Task WhatBeganAndEndedIsCountedInStretchesEachOfWhichHoldsItsEnd()
    {
        var finding = Open();
        FindingEvent At(double minute, FindingEventKind kind) => new(finding.Id, Minute(minute), kind, 1, Severity.Error, Condition.Open, true);
        await SaveAsync([finding],
        [
            At(0, FindingEventKind.Opened), At(1, FindingEventKind.Reopened), At(60, FindingEventKind.Resolved), At(61, FindingEventKind.Opened), At(70, FindingEventKind.Escalated),
            At(181, FindingEventKind.Resolved),
        ]);
        var turns = await Store.Tallies.TurnsAsync(Minute(0), TimeSpan.FromHours(1), 3, default);
        Assert.Equal([new TurnTally(0, 1, 1), new TurnTally(1, 1, 0)], turns.OrderBy(turn => turn.Stretch));
    }

    private Task SaveAsync(IReadOnlyList<Finding> findings, IReadOnlyList<FindingEvent> events, params string[] covered)
    {
        var id = new EvaluationId(Workspace, Query, Minute(0));
        var record = new EvaluationRecord { Id = id, Start = Minute(-60), Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = Minute(5), Took = TimeSpan.Zero };
        return Store.CommitAsync(id, _ => new EvaluationCommit(record, findings, [], [], events, covered), default);
    }
}
