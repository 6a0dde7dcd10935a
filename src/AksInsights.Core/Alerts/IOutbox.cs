using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>The messages that are to leave the program. Safe for concurrent use, by several processes where the store is shared.</summary>
/// <remarks>
/// Evaluations save their messages themselves (<see cref="EvaluationCommit.Messages"/>). A worker takes messages, sends them and says how that went. A worker that
/// dies in between loses its claim when the lease ends and another sends the message again, with the same key: delivery is at least once.
/// Every member may throw <see cref="StoreException"/>; then nothing of what it was to do has happened.
/// </remarks>
public interface IOutbox
{
    /// <summary>Saves messages that tell of no evaluation, such as a digest; those whose key is known already are passed over.</summary>
    Task EnqueueAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation);

    /// <summary>Takes messages that are due, oldest first, in the order of each group.</summary>
    /// <param name="now">The clock on the wall.</param>
    /// <param name="lease">How long nobody else takes them; longer than sending them can last.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellation">Gives up; nothing is taken then.</param>
    Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellation);

    /// <summary>Says how sending some messages together went; noted of all at once, so that the same ones go out together again where they must.</summary>
    /// <returns>False when the claim of one had run out and another worker has taken it; nothing was changed about that one then.</returns>
    Task<bool> SettleAsync(IReadOnlyList<ClaimedMessage> claimed, DeliveryOutcome outcome, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives a message back untried, to be looked at again later: it counts as no attempt, and may go out together with others then.</summary>
    /// <returns>False when the claim had run out and another worker has taken the message; nothing was changed then.</returns>
    Task<bool> HoldBackAsync(ClaimedMessage claimed, DateTimeOffset until, string reason, CancellationToken cancellation);

    /// <summary>Messages that match, newest first.</summary>
    Task<IReadOnlyList<MessageRecord>> ListAsync(MessageFilter filter, CancellationToken cancellation);

    /// <summary>A message by its key; null when there is none.</summary>
    Task<MessageRecord?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>Lets a message that was refused wait for another try, as new.</summary>
    /// <returns>False when there is no such message, or it was not refused.</returns>
    Task<bool> ResendAsync(string key, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The messages about a finding, oldest first: why somebody was told, or was not.</summary>
    Task<IReadOnlyList<MessageRecord>> AboutAsync(FindingId finding, CancellationToken cancellation);

    /// <summary>What a channel was told about findings that are open, and of those that ended, the ends it was told after a time; in order.</summary>
    Task<IReadOnlyList<MessageRecord>> ToldAsync(string channel, DateTimeOffset endedAfter, CancellationToken cancellation);

    /// <summary>
    /// What a channel was told last, by a route and in a stretch of time, about findings that are open and that nobody has said anything about; the earliest first. Costs what lies in that
    /// stretch, however much is open.
    /// </summary>
    Task<IReadOnlyList<MessageRecord>> LastToldAsync(ReminderSearch search, CancellationToken cancellation);

    /// <summary>How many messages wait, and since when the oldest of those that are due is.</summary>
    Task<OutboxBacklog> BacklogAsync(DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>Which messages may have to be said again.</summary>
/// <param name="Channel">Of this channel.</param>
/// <param name="Route">That went by this route.</param>
/// <param name="After">Delivered after this time.</param>
/// <param name="Until">Delivered by this time.</param>
/// <param name="Limit">At most this many.</param>
public sealed record ReminderSearch(string Channel, string Route, DateTimeOffset After, DateTimeOffset Until, int Limit);

/// <summary>What waits in the outbox.</summary>
/// <param name="Waiting">How many messages wait.</param>
/// <param name="OldestDue">When the oldest message that is due became so; null when none is.</param>
public sealed record OutboxBacklog(long Waiting, DateTimeOffset? OldestDue);

/// <summary>Which messages to list; what is null does not restrict.</summary>
/// <param name="Channel">Of this channel.</param>
/// <param name="Kind">Of this kind.</param>
/// <param name="State">In this state.</param>
/// <param name="Limit">At most this many.</param>
/// <param name="Before">With a lesser place in the outbox than this: what comes behind it in the list.</param>
public sealed record MessageFilter(string? Channel = null, string? Kind = null, MessageState? State = null, int Limit = 100, long? Before = null);
