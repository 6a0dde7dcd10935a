using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Says again what is still open: to systems that forget what is not repeated, and to people where a route asks for it.</summary>
/// <remarks>
/// Only what was delivered is repeated. Repetitions to people are messages of the outbox with keys of their own, so that several processes make each once;
/// repetitions to systems are not kept, as the next comes soon. Not safe for concurrent use.
/// </remarks>
public sealed class AlertRepeater
{
    // A system that was away when a problem ended hears of the end for this long.
    private static readonly TimeSpan EndsToldFor = TimeSpan.FromMinutes(15);

    // What people say of a finding can make one due that was passed over, so all is looked at now and then; in between only what came due since.
    private static readonly TimeSpan LookAtAllEvery = TimeSpan.FromMinutes(10);

    // Other processes note by their own clocks, and after they took their time.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private const int MostAtOnce = 1_000;

    private readonly IOutbox _outbox;
    private readonly IFindingStore _findings;
    private readonly IReadOnlyList<IAlertChannel> _channels;
    private readonly AlertPolicy _policy;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, DateTimeOffset> _repeated = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Channel, string Route), (DateTimeOffset Until, DateTimeOffset LookedAtAll)> _reminded = [];

    /// <summary>Makes a repeater.</summary>
    /// <param name="outbox">What was told, and where repetitions go.</param>
    /// <param name="findings">What is open.</param>
    /// <param name="channels">By which ways; not owned.</param>
    /// <param name="policy">Who is told how often.</param>
    /// <param name="time">The clock.</param>
    public AlertRepeater(IOutbox outbox, IFindingStore findings, IReadOnlyList<IAlertChannel> channels, AlertPolicy policy, TimeProvider time)
    {
        _outbox = outbox;
        _findings = findings;
        _channels = channels;
        _policy = policy;
        _time = time;
    }

    /// <summary>Repeats what is due.</summary>
    /// <returns>What went wrong with systems, by channel, in full sentences; they are told again soon.</returns>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public async Task<IReadOnlyList<(string Channel, string Trouble)>> RunAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var troubles = new List<(string Channel, string Trouble)>();
        foreach (var channel in _channels)
        {
            if (channel is IRepeatingChannel system)
            {
                if (_repeated.TryGetValue(channel.Name, out var last) && now - last < system.RepeatEvery) continue;
                _repeated[channel.Name] = now;
                var items = await ItemsAsync(channel.Name, now, cancellation).ConfigureAwait(false);
                if (await system.RepeatAsync(items, cancellation).ConfigureAwait(false) is not DeliveryOutcome.Delivered and var failed) troubles.Add((channel.Name, Why(failed)));
            }
            else
            {
                foreach (var route in _policy.Routes.Where(route => route.Repeat is not null)) await RemindAsync(channel.Name, route, route.Repeat!.Value, now, cancellation).ConfigureAwait(false);
            }
        }

        return troubles;
    }

    private async Task<List<AlertItem>> ItemsAsync(string channel, DateTimeOffset now, CancellationToken cancellation)
    {
        var items = new List<AlertItem>();
        foreach (var (finding, told) in await ToldAsync(channel, now - EndsToldFor, cancellation).ConfigureAwait(false))
        {
            var body = AlertBody.Parse(told.Message.BodyJson);
            // The end is told by a message first; only then is it repeated.
            if (finding.Condition == Condition.Resolved && body.Kind != FindingEventKind.Resolved) continue;
            var owner = _policy.OwnerOf(finding.Key);
            items.Add(new AlertItem(finding, body.Kind, body.Episode, AlertPolicy.Counted(body.Severity, owner), body.At, owner?.Name) { IsRepeat = true });
        }

        return items;
    }

    /// <summary>Puts into the outbox what is due again by a route.</summary>
    private async Task RemindAsync(string channel, AlertRoute route, TimeSpan every, DateTimeOffset now, CancellationToken cancellation)
    {
        var until = now - every;
        var looked = _reminded.GetValueOrDefault((channel, route.Name));
        var all = now - looked.LookedAtAll >= LookAtAllEvery;
        var search = new ReminderSearch(channel, route.Name, all ? DateTimeOffset.UnixEpoch : looked.Until - Overlap, until, MostAtOnce);
        var told = await _outbox.LastToldAsync(search, cancellation).ConfigureAwait(false);
        var reminders = new List<OutgoingMessage>();
        foreach (var message in told)
        {
            var body = AlertBody.Parse(message.Message.BodyJson);
            if (await _findings.FindAsync(message.Message.Finding!.Value, cancellation).ConfigureAwait(false) is not { } finding) continue;
            if (finding.Episode == body.Episode && finding.Condition is Condition.Open or Condition.Clearing && finding.Workflow is Workflow.Untouched)
                reminders.Add(_policy.Message(finding, body with { Repeat = body.Repeat + 1, Severity = finding.Severity, Before = null }, route, channel, now));
        }

        if (reminders.Count > 0) await _outbox.EnqueueAsync(reminders, cancellation).ConfigureAwait(false);
        // The rest of what was too much for a turn is found at the next one, as what waits now is passed over then.
        if (told.Count < MostAtOnce || reminders.Count == 0) _reminded[(channel, route.Name)] = (until, all ? now : looked.LookedAtAll);
    }

    /// <summary>What a channel was told last about everything that is open or ended after a time.</summary>
    private async Task<List<(Finding Finding, MessageRecord Told)>> ToldAsync(string channel, DateTimeOffset endedAfter, CancellationToken cancellation)
    {
        var told = await _outbox.ToldAsync(channel, endedAfter, cancellation).ConfigureAwait(false);
        var open = await _findings.ListAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, cancellation).ConfigureAwait(false);
        var known = open.ToDictionary(finding => finding.Id);
        var found = new List<(Finding Finding, MessageRecord Told)>();
        foreach (var message in told.Where(message => message.Message.Finding is not null && !AlertScreening.IsUnsent(message)).GroupBy(m => m.Message.Finding!.Value).Select(m => m.Last()))
        {
            var id = message.Message.Finding!.Value;
            var finding = known.TryGetValue(id, out var present) ? present : await _findings.FindAsync(id, cancellation).ConfigureAwait(false);
            if (finding is not null && finding.Episode == AlertBody.Parse(message.Message.BodyJson).Episode) found.Add((finding, message));
        }

        return found;
    }

    private static string Why(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.TryLater later => later.Reason,
        DeliveryOutcome.Refused refused => refused.Reason,
        _ => throw new InvalidOperationException($"A channel answered with a case that does not exist: {outcome.GetType().Name}."),
    };
}
