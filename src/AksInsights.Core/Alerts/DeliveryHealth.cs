using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Alerts;

/// <summary>Messages that could not be delivered, as data-health findings: one for a channel, over when nothing of the last day is left undelivered.</summary>
/// <remarks>Evaluated like a query of a workspace that stands for the program itself, so that several processes find it once. Safe for concurrent use.</remarks>
public sealed class DeliveryHealth
{
    /// <summary>The name under which channels that refuse messages are found.</summary>
    public static readonly QueryId Query = new("data-health/delivery-failed");

    /// <summary>The program itself, which is no workspace of Azure.</summary>
    public static readonly WorkspaceId Self = new("aksinsights");

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
    private const int MostMessages = 10_000;

    private readonly IFindingStore _findings;
    private readonly IOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>> _announce;

    /// <summary>Makes a check.</summary>
    /// <param name="findings">Where findings live.</param>
    /// <param name="outbox">What was to be sent.</param>
    /// <param name="announce">Makes the messages that tell of it, by the channels that still work.</param>
    /// <param name="time">The clock.</param>
    public DeliveryHealth(IFindingStore findings, IOutbox outbox, Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>> announce, TimeProvider time)
    {
        _findings = findings;
        _outbox = outbox;
        _announce = announce;
        _time = time;
    }

    /// <summary>Looks once for each five minutes; further calls within them change nothing.</summary>
    /// <exception cref="StoreException">The store cannot work; nothing was changed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var id = new EvaluationId(Self, Query, new DateTimeOffset(now.UtcTicks / Every.Ticks * Every.Ticks, TimeSpan.Zero));
        if (await _findings.FindEvaluationAsync(id, cancellation).ConfigureAwait(false) is not null) return;
        var refused = await _outbox.ListAsync(new MessageFilter(State: MessageState.Refused, Limit: MostMessages), cancellation).ConfigureAwait(false);
        var channels = refused.Where(message => message.SettledAt >= now - Remembered).GroupBy(message => message.Message.Channel).ToList();
        var record = new EvaluationRecord
        {
            Id = id,
            Start = id.End - Remembered,
            Revision = "",
            Outcome = EvaluationOutcome.Complete,
            Rows = channels.Count,
            RanAt = now,
            Took = TimeSpan.Zero,
        };
        await _findings.CommitAsync(id, history => Decide(record, [.. channels.Select(Observe)], history), cancellation).ConfigureAwait(false);
    }

    private EvaluationCommit Decide(EvaluationRecord record, IReadOnlyList<Observation> seen, EvaluationHistory history)
    {
        if (FindingChanges.Superseded(record, history) is { } superseded) return superseded;
        var changes = new FindingChanges();
        var facts = new EvaluationFacts(Self, Query, Query, record.Id.End, Verdict.Complete);
        var known = history.Findings.ToDictionary(finding => finding.Fingerprint);
        foreach (var observation in seen)
        {
            known.Remove(observation.Fingerprint, out var existing);
            changes.Apply(existing, observation, facts, DataTroubles.Policy);
        }

        foreach (var finding in known.Values) changes.Apply(finding, null, facts, DataTroubles.Policy);
        var commit = changes.ToCommit(record, []);
        return commit with { Messages = _announce(commit) };
    }

    private static Observation Observe(IGrouping<string, MessageRecord> channel)
    {
        var key = new FindingKey([new KeyPart("channel", channel.Key)]);
        var newest = channel.MaxBy(message => message.Sequence)!;
        var count = channel.Count();
        var content = new FindingContent(
            $"Channel {channel.Key} took {(count == 1 ? "a message" : $"{count} messages")} not",
            $"The last answer: {newest.Answer} Mend the channel, then send them again: aksinsights alerts resend --channel {channel.Key}.",
            [new Measure("refusedMessages", count, "count")],
            [new EvidenceItem("newest", CellText.Json(newest.Message.Key))]);
        return new Observation(Fingerprint.Of(Query, 1, key), key, Severity.Error, content);
    }
}
