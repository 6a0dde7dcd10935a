using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>From what happened to a finding to what a channel gets, over a real store.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The channel holds nothing.")]
public sealed class AlertDispatcherTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(Samples.Start);
    private readonly ScriptedChannel _chat = new("chat");
    private AlertRoute _route = new() { Name = "all", Channels = ["chat"], Wait = TimeSpan.FromSeconds(30) };
    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    private AlertPolicy Policy => new([_route], []);

    public async Task InitializeAsync() => _store = await SqlFindingStore.OpenMemoryAsync(_time, default);

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task AProblemIsToldOnceAndItsEndOnce()
    {
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen()]);
        await EvaluateAsync(10, [Samples.Seen()]);
        await EvaluateAsync(15, []);
        await EvaluateAsync(30, []);
        Assert.Equal(["New: cart restarts", "Resolved: cart restarts"], _chat.Titles);
        Assert.Single(_chat.Sent.Select(message => message.ThreadKey).Distinct());
        Assert.Equal(2, _chat.Sent.Select(message => message.Key).Distinct().Count());
    }

    [Fact]
    public async Task FindingsOfOneGroupGoOutTogether()
    {
        _route = _route with { GroupBy = ["cluster", "namespace"] };
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen(workload: "cart"), Samples.Seen(Severity.Critical, "web")]);
        var message = Assert.Single(_chat.Sent);
        Assert.Equal("2 new: c1 / shop", message.Document.Title);
        Assert.Equal(["New: web restarts", "New: cart restarts"], message.Document.Sections.Single().Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task AnAttemptThatFailedIsMadeAgainWithTheSameKeyAndTheSameContent()
    {
        _route = _route with { GroupBy = ["cluster"] };
        _chat.Answer = _ => new DeliveryOutcome.TryLater(TimeSpan.Zero, "Busy.");
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen(workload: "cart")]);
        // What comes while the first message waits is another message behind it.
        await EvaluateAsync(6, [Samples.Seen(workload: "cart"), Samples.Seen(workload: "web")]);
        _chat.Answer = _ => new DeliveryOutcome.Delivered();
        await DispatchAsync(20);
        await DispatchAsync(21);
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
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen()]);
        var refused = Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default));
        Assert.Equal("The channel was deleted.", refused.Answer);
        _chat.Answer = _ => new DeliveryOutcome.Delivered();
        Assert.True(await Store.Outbox.ResendAsync(refused.Message.Key, _time.Now, default));
        await DispatchAsync(10);
        Assert.Equal(2, _chat.Sent.Count);
        Assert.Empty(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default));
        Assert.False(await Store.Outbox.ResendAsync(refused.Message.Key, _time.Now, default));
    }

    [Fact]
    public async Task NobodyIsToldOfTheEndOfWhatTheyWereNotToldOf()
    {
        _route = _route with { Match = new RouteMatch { MinSeverity = Severity.Critical } };
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen()]);
        await EvaluateAsync(10, []);
        await EvaluateAsync(30, []);
        Assert.Empty(_chat.Sent);
        var end = Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(), default));
        Assert.StartsWith("Not sent", end.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEndIsToldThoughTheSeverityFellBelowTheRoute()
    {
        _route = _route with { Match = new RouteMatch { MinSeverity = Severity.Critical } };
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen(Severity.Critical)]);
        foreach (var minute in new[] { 10, 15, 20 }) await EvaluateAsync(minute, [Samples.Seen(Severity.Warning)]);
        await EvaluateAsync(25, []);
        await EvaluateAsync(45, []);
        Assert.Equal(["New: cart restarts", "Resolved: cart restarts"], _chat.Titles);
    }

    [Fact]
    public async Task WhatIsOverBeforeAMuteTimeEndsIsNotTold()
    {
        _route = _route with { MuteTimes = [new MuteTime([], new TimeOnly(10, 0), new TimeOnly(11, 0), TimeZoneInfo.Utc)] };
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen(workload: "cart"), Samples.Seen(workload: "web")]);
        await EvaluateAsync(10, [Samples.Seen(workload: "web")]);
        await EvaluateAsync(30, [Samples.Seen(workload: "web")]);
        Assert.Empty(_chat.Sent);
        await DispatchAsync(61);
        Assert.Equal(["New: web restarts"], _chat.Titles);
    }

    [Fact]
    public async Task ANodeThatIsNotReadyExplainsWhatIsWrongOnIt()
    {
        await EvaluateAsync(0, [], "nodes/node-not-ready");
        await EvaluateAsync(0, [], "nodes/node-disk-usage");
        await EvaluateAsync(5, [OnNode("nodes/node-not-ready")], "nodes/node-not-ready");
        await EvaluateAsync(5, [OnNode("nodes/node-disk-usage")], "nodes/node-disk-usage");
        await DispatchAsync(6);
        Assert.Equal(["New: nodes/node-not-ready on n1"], _chat.Titles);
        var held = (await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Waiting), default)).Single();
        Assert.StartsWith("Held back", held.Answer, StringComparison.Ordinal);
        Assert.Equal(0, held.Attempts);

        await EvaluateAsync(10, [], "nodes/node-not-ready");
        await EvaluateAsync(30, [], "nodes/node-not-ready");
        await EvaluateAsync(30, [OnNode("nodes/node-disk-usage")], "nodes/node-disk-usage");
        await DispatchAsync(40);
        Assert.Equal(["New: nodes/node-not-ready on n1", "1 new, 1 resolved: c1 / n1"], _chat.Titles);
        Assert.Equal(["New: nodes/node-disk-usage on n1", "Resolved: nodes/node-not-ready on n1"], _chat.Sent[^1].Document.Sections.Single().Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task AChannelThatIsGoneIsRefusedByName()
    {
        _route = _route with { Channels = ["old"] };
        await EvaluateAsync(0, []);
        await EvaluateAsync(5, [Samples.Seen()]);
        Assert.Contains("no channel `old`", Assert.Single(await Store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABaselineIsNotTold()
    {
        await EvaluateAsync(0, [Samples.Seen()], baseline: true);
        Assert.Empty(_chat.Sent);
    }

    private static Observation OnNode(string query)
    {
        var key = new FindingKey([new("cluster", Samples.Cluster), new("node", "n1")]);
        return new Observation(Fingerprint.Of(new QueryId(query), 1, key), key, Severity.Critical, new FindingContent($"{query} on n1", null, [], []));
    }

    private async Task EvaluateAsync(double minute, IReadOnlyList<Observation> seen, string query = "pods/crash-loop", bool baseline = false)
    {
        _time.Now = Samples.Minute(minute);
        var id = new EvaluationId(Samples.Workspace, new QueryId(query), _time.Now);
        var policy = Policy;
        await Store.CommitAsync(id, history => Decide(id, history, seen, policy, baseline), default);
        _time.Now += TimeSpan.FromSeconds(45);
        await DispatchAsync(null);
    }

    private async Task DispatchAsync(double? minute)
    {
        if (minute is { } at) _time.Now = Samples.Minute(at);
        var writer = new AlertWriter(AlertTemplates.Shipped, new FindingNotes([]), null);
        await new AlertDispatcher(Store.Outbox, Store, [_chat], Policy, writer, Inhibition.Defaults, _time).DispatchAsync(default);
    }

    private EvaluationCommit Decide(EvaluationId id, EvaluationHistory history, IReadOnlyList<Observation> seen, AlertPolicy policy, bool baseline)
    {
        var steps = new List<LifecycleStep>();
        var facts = new EvaluationFacts(id.Workspace, id.Query, id.Query, id.End, Verdict.Complete, baseline);
        var known = history.Findings.ToDictionary(finding => finding.Fingerprint);
        foreach (var one in seen) steps.Add(FindingLifecycle.Advance(known.GetValueOrDefault(one.Fingerprint), one, facts, Samples.Policy));
        foreach (var gone in known.Values.Where(finding => !seen.Any(one => one.Fingerprint == finding.Fingerprint))) steps.Add(FindingLifecycle.Advance(gone, null, facts, Samples.Policy));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "1", Outcome = EvaluationOutcome.Complete, RanAt = _time.Now, Took = TimeSpan.Zero };
        var commit = new EvaluationCommit(record, [.. steps.Select(s => s.Finding!)], [], [], [.. steps.SelectMany(s => s.Events)], []);
        return commit with { Messages = policy.Announce(commit) };
    }
}
