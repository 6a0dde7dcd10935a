using AksInsights.Core.Findings;
using AksInsights.Core.Telemetry;

namespace AksInsights.Core.Alerts;

/// <summary>Takes messages from the outbox to the channels: at least once, in order within a group, with the same key at every attempt.</summary>
/// <remarks>
/// The rows of the outbox are the truth; a dispatcher may die at any point, and another, or the same after a restart, goes on where it was. Safe for
/// concurrent use by several processes over one store.
/// </remarks>
public sealed class AlertDispatcher
{
    // Longer than a channel's own time limits, so that a message is not sent by two workers at once.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private const int MostAtOnce = 10_000;

    private readonly IOutbox _outbox;
    private readonly Dictionary<string, IAlertChannel> _channels;
    private readonly AlertScreening _screening;
    private readonly AlertWriter _writer;
    private readonly AlertPolicy _policy;
    private readonly TimeProvider _time;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="outbox">What is to be sent.</param>
    /// <param name="findings">What it tells of.</param>
    /// <param name="channels">By which ways; not owned.</param>
    /// <param name="policy">Who is told what.</param>
    /// <param name="writer">In which words.</param>
    /// <param name="inhibitions">What explains what.</param>
    /// <param name="time">The clock.</param>
    public AlertDispatcher(
        IOutbox outbox, IFindingStore findings, IEnumerable<IAlertChannel> channels, AlertPolicy policy, AlertWriter writer, IReadOnlyList<Inhibition> inhibitions, TimeProvider time)
    {
        _outbox = outbox;
        _channels = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);
        _screening = new AlertScreening(outbox, findings, policy, inhibitions, time);
        _writer = writer;
        _policy = policy;
        _time = time;
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>What came of it.</returns>
    /// <exception cref="StoreException">The store cannot work; what was sent and not noted is sent again, with the same key.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; likewise.</exception>
    public async Task<DispatchReport> DispatchAsync(CancellationToken cancellation)
    {
        var claimed = await _outbox.ClaimAsync(_time.GetUtcNow(), Lease, MostAtOnce, cancellation).ConfigureAwait(false);
        if (claimed.Count == 0) return DispatchReport.Nothing;
        await _screening.BeginAsync(cancellation).ConfigureAwait(false);
        var reports = await Task.WhenAll(claimed.GroupBy(c => c.Message.Channel).Select(channel => DispatchAsync(channel.Key, [.. channel], cancellation))).ConfigureAwait(false);
        return reports.Aggregate(DispatchReport.Nothing, (sum, report) => sum + report);
    }

    private async Task<DispatchReport> DispatchAsync(string name, IReadOnlyList<ClaimedMessage> claimed, CancellationToken cancellation)
    {
        var report = DispatchReport.Nothing;
        if (!_channels.TryGetValue(name, out var channel))
        {
            var none = new DeliveryOutcome.Refused($"There is no channel `{name}` in the configuration any more. Add it and send the message again, or leave it.");
            return await SettleAsync(claimed, none, report, cancellation).ConfigureAwait(false);
        }

        foreach (var batch in claimed.GroupBy(c => c.Batch))
        {
            if (report.Messages > 0 && channel.Gap > TimeSpan.Zero) await Task.Delay(channel.Gap, _time, cancellation).ConfigureAwait(false);
            report = await DeliverAsync(channel, batch.Key, [.. batch.OrderBy(c => c.Sequence)], report, cancellation).ConfigureAwait(false);
        }

        return report;
    }

    private async Task<DispatchReport> DeliverAsync(
        IAlertChannel channel, string key, IReadOnlyList<ClaimedMessage> batch, DispatchReport report, CancellationToken cancellation)
    {
        var screened = await _screening.ScreenAsync(batch, cancellation).ConfigureAwait(false);
        foreach (var (message, outcome) in screened.Settled) report = await SettleAsync([message], outcome, report, cancellation).ConfigureAwait(false);
        foreach (var (message, until, reason) in screened.Held) await _outbox.HoldBackAsync(message, until, reason, cancellation).ConfigureAwait(false);
        if (screened.Messages.Count == 0) return report;

        using var span = Tracing.Start(Tracing.Deliver, ("channel", channel.Name), ("channel.kind", channel.Kind), ("message.key", key), ("messages", screened.Messages.Count));
        DeliveryOutcome result;
        try
        {
            result = await channel.DeliverAsync(Compose(key, channel.Name, screened), cancellation).ConfigureAwait(false);
        }
        catch (AlertTemplateException error)
        {
            result = new DeliveryOutcome.Refused(error.Message);
        }

        span?.Tag("outcome", result.GetType().Name);
        return await SettleAsync(screened.Messages, Patient(result, channel.BackOff, screened.Messages[0]), report with { Messages = report.Messages + 1 }, cancellation).ConfigureAwait(false);
    }

    private AlertMessage Compose(string key, string channel, ScreenedBatch batch)
    {
        var group = batch.Messages[0].Message.Group;
        return new AlertMessage
        {
            Key = key,
            ThreadKey = AlertKeys.Thread(channel, group),
            At = batch.Items.Count > 0 ? batch.Items.Max(item => item.At) : batch.Messages.Max(message => message.Message.CreatedAt),
            Items = batch.Items,
            Document = batch.Document ?? _writer.Write(batch.Items, AlertKeys.GroupText(batch.Items[0].Finding, group)),
            ThreadReference = batch.ThreadReference,
        };
    }

    /// <summary>How long until the next attempt, or the end of patience.</summary>
    private DeliveryOutcome Patient(DeliveryOutcome outcome, BackOff backOff, ClaimedMessage first)
    {
        if (outcome is not DeliveryOutcome.TryLater later) return outcome;
        var age = _time.GetUtcNow() - first.Message.CreatedAt;
        return backOff.After(first.Attempt, age, later.After, first.Message.Key) is { } pause
            ? later with { After = pause }
            : new DeliveryOutcome.Refused($"Given up after {first.Attempt} attempts in {AgeText.Of(age)}. The last one: {later.Reason}");
    }

    private async Task<DispatchReport> SettleAsync(
        IReadOnlyList<ClaimedMessage> claimed, DeliveryOutcome outcome, DispatchReport report, CancellationToken cancellation)
    {
        // What was sent is noted even when the program is about to end; else it would be sent twice.
        var noting = outcome is DeliveryOutcome.Delivered ? CancellationToken.None : cancellation;
        await _outbox.SettleAsync(claimed, outcome, _time.GetUtcNow(), noting).ConfigureAwait(false);
        return outcome switch
        {
            DeliveryOutcome.Delivered => report with { Delivered = report.Delivered + claimed.Count },
            DeliveryOutcome.Refused refused => report with { Refused = report.Refused + claimed.Count, LastTrouble = refused.Reason },
            DeliveryOutcome.TryLater later => report with { PutOff = report.PutOff + claimed.Count, LastTrouble = later.Reason },
            _ => throw new InvalidOperationException($"A channel answered with a case that does not exist: {outcome.GetType().Name}."),
        };
    }
}

/// <summary>What came of a pass over the outbox.</summary>
/// <param name="Messages">How many messages were handed to channels.</param>
/// <param name="Delivered">How many rows of the outbox are done.</param>
/// <param name="PutOff">How many wait for another attempt.</param>
/// <param name="Refused">How many will not be sent.</param>
/// <param name="LastTrouble">What went wrong last; null when nothing did.</param>
public sealed record DispatchReport(int Messages, int Delivered, int PutOff, int Refused, string? LastTrouble)
{
    /// <summary>Nothing was due.</summary>
    public static DispatchReport Nothing { get; } = new(0, 0, 0, 0, null);

    /// <summary>Whether nothing was due.</summary>
    public bool IsEmpty => Delivered + PutOff + Refused == 0;

    /// <summary>Both together.</summary>
    public static DispatchReport operator +(DispatchReport one, DispatchReport other) => new(
        one.Messages + other.Messages, one.Delivered + other.Delivered, one.PutOff + other.PutOff, one.Refused + other.Refused, other.LastTrouble ?? one.LastTrouble);
}
