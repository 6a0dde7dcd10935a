using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Digests;

/// <summary>Makes digests and puts them into the outbox: for each channel everything since the last one that was delivered there.</summary>
public sealed class DigestSender
{
    private readonly IFindingStore _findings;
    private readonly IOutbox _outbox;
    private readonly AlertPolicy _policy;
    private readonly DigestWriter _writer;

    /// <summary>Makes a sender.</summary>
    public DigestSender(IFindingStore findings, IOutbox outbox, AlertPolicy policy, DigestWriter writer)
    {
        _findings = findings;
        _outbox = outbox;
        _policy = policy;
        _writer = writer;
    }

    /// <summary>A digest of a time.</summary>
    /// <param name="scope">What it is about.</param>
    /// <param name="since">The end of the last one; null makes a first one.</param>
    /// <param name="until">Its own end.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Digest> BuildAsync(DigestScope scope, DateTimeOffset? since, DateTimeOffset until, CancellationToken cancellation)
    {
        var present = await _findings.ListAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, cancellation).ConfigureAwait(false);
        var from = until - DigestBuilder.Lookback(since, until);
        var events = await _findings.EventsBetweenAsync(from, until, cancellation).ConfigureAwait(false);
        var findings = present.ToDictionary(finding => finding.Id);
        foreach (var id in events.Select(e => e.Finding).Where(id => !findings.ContainsKey(id)).Distinct().ToList())
            if (await _findings.FindAsync(id, cancellation).ConfigureAwait(false) is { } ended) findings[id] = ended;
        return DigestBuilder.Build(since, until, [.. findings.Values], events, scope, _policy);
    }

    /// <summary>Puts what is due into the outbox. Asking again for the same time changes nothing.</summary>
    /// <param name="plan">Which digest.</param>
    /// <param name="until">The time it was due at.</param>
    /// <param name="now">The clock on the wall.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="firstNotBefore">Where nothing was delivered yet, nothing that was due before this: what was due before a service first ran has nothing to tell.</param>
    /// <returns>How many messages were put there.</returns>
    /// <exception cref="AlertTemplateException">A user's template cannot be filled.</exception>
    public async Task<int> SendAsync(DigestPlan plan, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellation, DateTimeOffset? firstNotBefore = null)
    {
        var sent = 0;
        foreach (var channel in plan.Channels)
        {
            var group = $"digest/{plan.Name}";
            var before = await LastDeliveredAsync(channel, group, until, cancellation).ConfigureAwait(false);
            if (before == until || (before is null && until < firstNotBefore)) continue;
            var digest = await BuildAsync(plan.Scope, before, until, cancellation).ConfigureAwait(false);
            if (digest.NothingChanged && !plan.WhenNothingChanged) continue;
            await _outbox.EnqueueAsync([Message(channel, group, _writer.Write(digest), until, now)], cancellation).ConfigureAwait(false);
            sent++;
        }

        return sent;
    }

    private static OutgoingMessage Message(string channel, string group, AlertDocument document, DateTimeOffset until, DateTimeOffset now) => new()
    {
        Key = "msg_" + AlertKeys.Hash($"{channel}\n{group}\n{until.UtcTicks}"),
        Channel = channel,
        Group = group,
        Kind = OutgoingKind.Digest,
        BodyJson = document.ToJson(),
        // What the next digest of this channel goes on from.
        CreatedAt = until,
        DueAt = now,
    };

    private async Task<DateTimeOffset?> LastDeliveredAsync(string channel, string group, DateTimeOffset until, CancellationToken cancellation)
    {
        var filter = new MessageFilter(channel, OutgoingKind.Digest, MessageState.Delivered, Limit: 200);
        var delivered = await _outbox.ListAsync(filter, cancellation).ConfigureAwait(false);
        return delivered.Where(m => m.Message.Group == group && m.Message.CreatedAt <= until).Max(m => (DateTimeOffset?)m.Message.CreatedAt);
    }
}
