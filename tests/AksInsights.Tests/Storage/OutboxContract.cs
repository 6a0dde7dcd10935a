using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>What the outbox of every store does; one sealed subclass for each database.</summary>
public abstract class OutboxContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    private IOutbox Outbox => Store.Outbox;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task AMessageComesBackAsItWentIn()
    {
        var message = Message("m1", dueMinute: 0) with { BodyJson = """{"text":"naïve 🚀"}""" };
        await Outbox.EnqueueAsync([message], default);
        var claimed = Assert.Single(await Outbox.ClaimAsync(Minute(0), Lease, 10, default));
        Assert.Equal((message, 1), (claimed.Message, claimed.Attempt));
        var record = Assert.Single(await Outbox.AboutAsync(Open().Id, default));
        Assert.Equal((message, MessageState.Waiting, 1), (record.Message, record.State, record.Attempts));
    }

    [Fact]
    public async Task MessagesAreSavedWithTheirEvaluationOrNotAtAll()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => CommitAsync(0, c => c with { Messages = [Message("m1")], Covered = ["c1", "c1"] }));
        Assert.Equal(0, (await Outbox.BacklogAsync(Minute(0), default)).Waiting);
        await CommitAsync(0, c => c with { Messages = [Message("m1"), Message("m2")] });
        Assert.Equal(["m1", "m2"], await Claim(0));
    }

    [Fact]
    public async Task MessagesAreSavedWithWhatPeopleSay()
    {
        await CommitAsync(0, c => c);
        await Store.ChangeAsync(Open().Id, f => WorkflowStep.Apply(f, new Workflow.FalsePositive("ann", Minute(1), "no"), Minute(1), "ann") with { Messages = [Message("m1")] }, default);
        Assert.Equal(["m1"], await Claim(0));
    }

    [Fact]
    public async Task ASecondMessageOfTheSameKeyIsPassedOver()
    {
        await Outbox.EnqueueAsync([Message("m1") with { Kind = "first" }, Message("m2")], default);
        await Outbox.EnqueueAsync([Message("m1") with { Kind = "second" }, Message("m3")], default);
        var claimed = await Outbox.ClaimAsync(Minute(0), Lease, 10, default);
        Assert.Equal(["m1", "m2", "m3"], claimed.Select(c => c.Message.Key));
        Assert.Equal("first", claimed[0].Message.Kind);
    }

    [Fact]
    public async Task OnlyWhatIsDueAndFreeIsTaken()
    {
        await Outbox.EnqueueAsync([Message("later", dueMinute: 5, group: "a"), Message("now", group: "b"), Message("next", group: "c")], default);
        Assert.Equal(["now"], await Claim(0, limit: 1));
        Assert.Equal(["next"], await Claim(0));
        Assert.Empty(await Claim(0));
        Assert.Equal(new OutboxBacklog(3, Minute(0)), await Outbox.BacklogAsync(Minute(0), default));
    }

    [Fact]
    public async Task AWorkerThatDiesLosesItsClaimAndWhatItSaysLaterIsIgnored()
    {
        await Outbox.EnqueueAsync([Message("m1")], default);
        var lost = Assert.Single(await Outbox.ClaimAsync(Minute(0), Lease, 10, default));
        var taken = Assert.Single(await Outbox.ClaimAsync(Minute(1), Lease, 10, default));
        Assert.Equal(2, taken.Attempt);
        Assert.False(await Outbox.SettleAsync([lost], new DeliveryOutcome.Refused("I was late."), Minute(1), default));
        Assert.True(await Outbox.SettleAsync([taken], new DeliveryOutcome.Delivered("ok"), Minute(1), default));
        Assert.False(await Outbox.SettleAsync([taken], new DeliveryOutcome.Delivered("again"), Minute(1), default));
        var record = Assert.Single(await Outbox.AboutAsync(Open().Id, default));
        Assert.Equal((MessageState.Delivered, 2, Minute(1), "ok"), (record.State, record.Attempts, record.SettledAt, record.Answer));
        Assert.Empty(await Claim(60));
    }

    [Fact]
    public async Task MessagesThatWentOutTogetherAreNotedTogether()
    {
        await Outbox.EnqueueAsync([Message("m1"), Message("m2"), Message("m3", group: "b")], default);
        var batch = (await Outbox.ClaimAsync(Minute(0), Lease, 10, default)).Where(c => c.Batch == "m1").ToList();
        Assert.True(await Outbox.SettleAsync(batch, new DeliveryOutcome.TryLater(TimeSpan.FromMinutes(5), "It was busy."), Minute(0), default));
        // Both wait for the same moment, under the same key; the other one, whose worker says nothing, for the end of its lease.
        var again = await Outbox.ClaimAsync(Minute(5), Lease, 10, default);
        Assert.Equal(["m1", "m1", "m3"], again.Select(c => c.Batch).Order());
        Assert.False(await Outbox.SettleAsync([batch[0], again.First(c => c.Message.Key == "m2")], new DeliveryOutcome.Delivered(), Minute(5), default));
        Assert.Equal(["m1", "m3"], (await Outbox.ListAsync(new MessageFilter(State: MessageState.Waiting), default)).Select(m => m.Message.Key).Order());
    }

    [Fact]
    public async Task ARefusedMessageIsNotTriedAgain()
    {
        await Outbox.EnqueueAsync([Message("m1")], default);
        await Settle(0, new DeliveryOutcome.Refused("The address is gone."));
        Assert.Empty(await Claim(600));
        Assert.Equal(new OutboxBacklog(0, null), await Outbox.BacklogAsync(Minute(600), default));
    }

    [Fact]
    public async Task AGroupKeepsItsOrderWhileOneOfItWaitsForAnotherAttempt()
    {
        await Outbox.EnqueueAsync([Message("opened"), Message("resolved"), Message("other", group: "b")], default);
        Assert.Equal(["opened"], await Claim(0, limit: 1, settle: new DeliveryOutcome.TryLater(TimeSpan.FromMinutes(5), "It was busy.")));
        Assert.Equal(["other"], await Claim(1, settle: new DeliveryOutcome.Delivered()));
        Assert.Equal(["opened", "resolved"], await Claim(5));
    }

    [Fact]
    public async Task WorkersNeverTakeTheSameMessage()
    {
        await Outbox.EnqueueAsync([.. Enumerable.Range(0, 60).Select(i => Message($"m{i}", group: $"g{i % 20}"))], default);
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Claim(0, limit: 20))));
        var keys = taken.SelectMany(t => t).ToArray();
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public async Task WhatWasToldLastIsFoundByItsRouteAndTime()
    {
        await CommitAsync(0, c => c);
        var body = new AlertBody(FindingEventKind.Opened, 1, Severity.Warning, Minute(0)) { Route = "r1" };
        await Outbox.EnqueueAsync([Message("m1") with { BodyJson = body.ToJson() }], default);
        Assert.Empty(await LastTold(0, 60));
        await Settle(1, new DeliveryOutcome.Delivered());
        Assert.Equal(["m1"], await LastTold(0, 1));
        Assert.Empty(await LastTold(1, 60));
        Assert.Empty(await LastTold(0, 0.9));
        Assert.Empty(await LastTold(0, 60, route: "r2"));
        Assert.Empty(await LastTold(0, 60, channel: "mail"));

        // What waits will be the last; what was refused or not sent will not.
        await Outbox.EnqueueAsync([Message("m2") with { BodyJson = body.ToJson(), Kind = "repeated" }], default);
        Assert.Empty(await LastTold(0, 60));
        await Settle(2, new DeliveryOutcome.Delivered("Not sent: people have silenced it."));
        Assert.Equal(["m1"], await LastTold(0, 60));
        await Outbox.EnqueueAsync([Message("m3") with { BodyJson = body.ToJson(), Kind = "repeated" }], default);
        await Settle(3, new DeliveryOutcome.Delivered());
        Assert.Equal(["m3"], await LastTold(0, 60));

        await Store.ChangeAsync(Open().Id, f => WorkflowStep.Apply(f, new Workflow.FalsePositive("ann", Minute(4), "no"), Minute(4), "ann"), default);
        Assert.Empty(await LastTold(0, 60));
    }

    private async Task<string[]> LastTold(double after, double until, string route = "r1", string channel = "chat") =>
        [.. (await Outbox.LastToldAsync(new ReminderSearch(channel, route, Minute(after), Minute(until), 10), default)).Select(message => message.Message.Key)];

    private static OutgoingMessage Message(string key, double dueMinute = 0, string group = "shop") => new()
    {
        Key = key,
        Channel = "chat",
        Group = group,
        Kind = "opened",
        Finding = Open().Id,
        BodyJson = "{}",
        CreatedAt = Minute(0),
        DueAt = Minute(dueMinute),
    };

    private Task CommitAsync(double minute, Func<EvaluationCommit, EvaluationCommit> with)
    {
        var id = new EvaluationId(Workspace, Query, Minute(minute));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
        return Store.CommitAsync(id, _ => with(new EvaluationCommit(record, [Open()], [], [], [], [])), default);
    }

    private async Task<string[]> Claim(double minute, int limit = 10, DeliveryOutcome? settle = null)
    {
        var claimed = await Outbox.ClaimAsync(Minute(minute), Lease, limit, default);
        if (settle is not null) foreach (var message in claimed) Assert.True(await Outbox.SettleAsync([message], settle, Minute(minute), default));
        return [.. claimed.Select(c => c.Message.Key)];
    }

    private Task<string[]> Settle(double minute, DeliveryOutcome outcome) => Claim(minute, settle: outcome);
}
