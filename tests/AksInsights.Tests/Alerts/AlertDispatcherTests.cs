using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>From what happened to a finding to what a channel gets, over a real store.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The channel holds nothing.")]
public sealed class AlertDispatcherTests : IAsyncLifetime
{
    private readonly ScriptedChannel _chat = new("chat");
    private AlertStory? _opened;

    private AlertStory Story => _opened ?? throw new InvalidOperationException("The test began before its store was opened.");

    private SqlFindingStore Store => Story.Store;

    public async Task InitializeAsync() => _opened = await AlertStory.BeginAsync(Samples.Start, _chat);

    public async Task DisposeAsync() => await Story.DisposeAsync();

    [Fact]
    public async Task AProblemIsToldOnceAndItsEndOnce()
    {
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen()]);
        await Story.EvaluateAsync(10, [Samples.Seen()]);
        await Story.EvaluateAsync(15, []);
        await Story.EvaluateAsync(30, []);
        Assert.Equal(["New: cart restarts", "Resolved: cart restarts"], _chat.Titles);
        Assert.Single(_chat.Sent.Select(message => message.ThreadKey).Distinct());
        Assert.Equal(2, _chat.Sent.Select(message => message.Key).Distinct().Count());
    }

    [Fact]
    public async Task FindingsOfOneGroupGoOutTogether()
    {
        Story.Route = Story.Route with { GroupBy = ["cluster", "namespace"] };
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen(workload: "cart"), Samples.Seen(Severity.Critical, "web")]);
        var message = Assert.Single(_chat.Sent);
        Assert.Equal("2 new: c1 / shop", message.Document.Title);
        Assert.Equal(["New: web restarts", "New: cart restarts"], message.Document.Sections.Single().Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task AnAttemptThatFailedIsMadeAgainWithTheSameKeyAndTheSameContent()
    {
        Story.Route = Story.Route with { GroupBy = ["cluster"] };
        _chat.Answer = _ => new DeliveryOutcome.TryLater(TimeSpan.Zero, "Busy.");
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen(workload: "cart")]);
        // What comes while the first message waits is another message behind it.
        await Story.EvaluateAsync(6, [Samples.Seen(workload: "cart"), Samples.Seen(workload: "web")]);
        _chat.Answer = _ => new DeliveryOutcome.Delivered();
        await Story.DispatchAsync(20);
        await Story.DispatchAsync(21);
        Assert.True(_chat.Sent.Count >= 3);
        var first = _chat.Sent.Where(message => message.Key == _chat.Sent[0].Key).ToList();
        Assert.True(first.Count >= 2);
        Assert.All(first, message => Assert.Equal(["cart"], message.Items.Select(item => item.Finding.Key["workload"])));
        Assert.Equal(["web"], _chat.Sent[^1].Items.Select(item => item.Finding.Key["workload"]));
    }

    [Fact]
    public async Task ARefusedMessageIsSeenAndCanBeSentAgain()
    {
        _chat.Answer = _ => new DeliveryOutcome.Refused("The channel was deleted.");
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen()]);
        var refused = Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default));
        Assert.Equal("The channel was deleted.", refused.Answer);
        _chat.Answer = _ => new DeliveryOutcome.Delivered();
        Assert.True(await Store.Outbox.ResendAsync(refused.Message.Key, Story.Time.Now, default));
        await Story.DispatchAsync(10);
        Assert.Equal(2, _chat.Sent.Count);
        Assert.Empty(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default));
        Assert.False(await Store.Outbox.ResendAsync(refused.Message.Key, Story.Time.Now, default));
    }

    [Fact]
    public async Task NobodyIsToldOfTheEndOfWhatTheyWereNotToldOf()
    {
        Story.Route = Story.Route with { Match = new RouteMatch { MinSeverity = Severity.Critical } };
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen()]);
        await Story.EvaluateAsync(10, []);
        await Story.EvaluateAsync(30, []);
        Assert.Empty(_chat.Sent);
        var end = Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(), default));
        Assert.StartsWith("Not sent", end.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEndIsToldThoughTheSeverityFellBelowTheRoute()
    {
        Story.Route = Story.Route with { Match = new RouteMatch { MinSeverity = Severity.Critical } };
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen(Severity.Critical)]);
        foreach (var minute in new[] { 10, 15, 20 }) await Story.EvaluateAsync(minute, [Samples.Seen(Severity.Warning)]);
        await Story.EvaluateAsync(25, []);
        await Story.EvaluateAsync(45, []);
        Assert.Equal(["New: cart restarts", "Resolved: cart restarts"], _chat.Titles);
    }

    [Fact]
    public async Task WhatIsOverBeforeAMuteTimeEndsIsNotTold()
    {
        Story.Route = Story.Route with { MuteTimes = [new MuteTime([], new TimeOnly(10, 0), new TimeOnly(11, 0), TimeZoneInfo.Utc)] };
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen(workload: "cart"), Samples.Seen(workload: "web")]);
        await Story.EvaluateAsync(10, [Samples.Seen(workload: "web")]);
        await Story.EvaluateAsync(30, [Samples.Seen(workload: "web")]);
        Assert.Empty(_chat.Sent);
        await Story.DispatchAsync(61);
        Assert.Equal(["New: web restarts"], _chat.Titles);
    }

    [Fact]
    public async Task ANodeThatIsNotReadyExplainsWhatIsWrongOnIt()
    {
        await Story.EvaluateAsync(0, [], "nodes/node-not-ready");
        await Story.EvaluateAsync(0, [], "nodes/node-disk-usage");
        await Story.EvaluateAsync(5, [OnNode("nodes/node-not-ready")], "nodes/node-not-ready");
        await Story.EvaluateAsync(5, [OnNode("nodes/node-disk-usage")], "nodes/node-disk-usage");
        await Story.DispatchAsync(6);
        Assert.Equal(["New: nodes/node-not-ready on n1"], _chat.Titles);
        var held = (await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Waiting), default)).Single();
        Assert.StartsWith("Held back", held.Answer, StringComparison.Ordinal);
        Assert.Equal(0, held.Attempts);

        await Story.EvaluateAsync(10, [], "nodes/node-not-ready");
        await Story.EvaluateAsync(30, [], "nodes/node-not-ready");
        await Story.EvaluateAsync(30, [OnNode("nodes/node-disk-usage")], "nodes/node-disk-usage");
        await Story.DispatchAsync(40);
        Assert.Equal(["New: nodes/node-not-ready on n1", "1 new, 1 resolved: c1 / n1"], _chat.Titles);
        Assert.Equal(["New: nodes/node-disk-usage on n1", "Resolved: nodes/node-not-ready on n1"], _chat.Sent[^1].Document.Sections.Single().Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task AChannelThatIsGoneIsRefusedByName()
    {
        Story.Route = Story.Route with { Channels = ["old"] };
        await Story.EvaluateAsync(0, []);
        await Story.EvaluateAsync(5, [Samples.Seen()]);
        Assert.Contains("no channel `old`", Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABaselineIsNotTold()
    {
        await Story.EvaluateAsync(0, [Samples.Seen()], baseline: true);
        Assert.Empty(_chat.Sent);
    }

    private static Observation OnNode(string query)
    {
        var key = new FindingKey([new("cluster", Samples.Cluster), new("node", "n1")]);
        return new Observation(Fingerprint.Of(new QueryId(query), 1, key), key, Severity.Critical, new FindingContent($"{query} on n1", null, [], []));
    }
}
