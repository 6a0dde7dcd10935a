using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>Evaluations and deliveries one after the other, over a store in memory and by a clock of its own.</summary>
internal sealed class AlertStory : IAsyncDisposable
{
    private readonly DateTimeOffset _start;

    private AlertStory(DateTimeOffset start, ManualTime time, SqlFindingStore store, IReadOnlyList<IAlertChannel> channels, AlertRoute route)
    {
        _start = start;
        Time = time;
        Store = store;
        Channels = channels;
        Route = route;
        Repeater = new AlertRepeater(store.Outbox, store, channels, Policy, time);
    }

    public ManualTime Time { get; }

    public SqlFindingStore Store { get; }

    public IReadOnlyList<IAlertChannel> Channels { get; }

    public AlertRoute Route { get; set; }

    public AlertPolicy Policy => new([Route], []);

    /// <summary>The repeater, with the route that there was at the beginning.</summary>
    public AlertRepeater Repeater { get; }

    /// <summary>A story in which everything goes to all channels.</summary>
    public static Task<AlertStory> BeginAsync(DateTimeOffset start, params IAlertChannel[] channels) =>
        BeginAsync(start, new AlertRoute { Name = "all", Channels = [.. channels.Select(channel => channel.Name)], Wait = TimeSpan.FromSeconds(30) }, channels);

    public static async Task<AlertStory> BeginAsync(DateTimeOffset start, AlertRoute route, params IAlertChannel[] channels)
    {
        var time = new ManualTime(start);
        return new AlertStory(start, time, await SqlFindingStore.OpenMemoryAsync(time, default), channels, route);
    }

    /// <summary>The same story, told by a program that was started anew; the store stays that of the first.</summary>
    public AlertStory Restarted(params IAlertChannel[] channels) => new(_start, Time, Store, channels, Route);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>A moment of the story.</summary>
    public DateTimeOffset Minute(double minute) => _start + TimeSpan.FromMinutes(minute);

    /// <summary>Evaluates a query at a minute and sends what is due three quarters of a minute later.</summary>
    public async Task EvaluateAsync(double minute, IReadOnlyList<Observation> seen, string query = "pods/crash-loop", bool baseline = false)
    {
        Time.Now = Minute(minute);
        var id = new EvaluationId(Samples.Workspace, new QueryId(query), Time.Now);
        var policy = Policy;
        await Store.CommitAsync(id, history => Decide(id, history, seen, policy, baseline), default);
        Time.Now += TimeSpan.FromSeconds(45);
        await DispatchAsync(null);
    }

    /// <summary>Sends what is due, at a minute or now.</summary>
    public async Task<DispatchReport> DispatchAsync(double? minute)
    {
        if (minute is { } at) Time.Now = Minute(at);
        var writer = new AlertWriter(AlertTemplates.Shipped, new FindingNotes([]), null);
        return await new AlertDispatcher(Store.Outbox, Store, Channels, Policy, writer, Inhibition.Defaults, Time).DispatchAsync(default);
    }

    private EvaluationCommit Decide(EvaluationId id, EvaluationHistory history, IReadOnlyList<Observation> seen, AlertPolicy policy, bool baseline)
    {
        var steps = new List<LifecycleStep>();
        var facts = new EvaluationFacts(id.Workspace, id.Query, id.Query, id.End, Verdict.Complete, baseline);
        var known = history.Findings.ToDictionary(finding => finding.Fingerprint);
        foreach (var one in seen) steps.Add(FindingLifecycle.Advance(known.GetValueOrDefault(one.Fingerprint), one, facts, Samples.Policy));
        foreach (var gone in known.Values.Where(finding => !seen.Any(one => one.Fingerprint == finding.Fingerprint))) steps.Add(FindingLifecycle.Advance(gone, null, facts, Samples.Policy));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "1", Outcome = EvaluationOutcome.Complete, RanAt = Time.Now, Took = TimeSpan.Zero };
        var commit = new EvaluationCommit(record, [.. steps.Select(s => s.Finding!)], [], [], [.. steps.SelectMany(s => s.Events)], []);
        return commit with { Messages = policy.Announce(commit) };
    }
}
