using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>The outbox in an SQL database.</summary>
internal sealed class SqlOutbox : IOutbox
{
    // One worker takes messages at a time, or two could take the first and the second of a group and send them in the wrong order.
    private const string Scope = "outbox";

    private readonly StoreConnections _connections;

    /// <summary>Makes an outbox over the connections of its store.</summary>
    public SqlOutbox(StoreConnections connections) => _connections = connections;

    /// <inheritdoc/>
    public Task EnqueueAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation) => _connections.WriteAsync(
        async transaction =>
        {
            await _connections.Dialect.WriteAsync(transaction, OutboxSql.Add, messages, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellation) =>
        _connections.WriteAsync<IReadOnlyList<ClaimedMessage>>(
            async transaction =>
            {
                await _connections.Dialect.LockAsync(transaction, Scope, cancellation).ConfigureAwait(false);
                var connection = transaction.Connection!;
                var values = new { now = StoredTime.From(now), limit = (long)limit };
                var rows = await connection.QueryAsync<OutboxRow>(OutboxSql.SelectDue, values, transaction).ConfigureAwait(false);
                var claim = Guid.NewGuid().ToString("N");
                var claimed = Batched(rows.OrderBy(row => row.Seq).ToList(), claim);
                var until = StoredTime.From(now + lease);
                await connection.ExecuteAsync(OutboxSql.Claim, claimed.Select(c => new { claim, until, batch = c.Batch, seq = c.Sequence }), transaction).ConfigureAwait(false);
                return claimed;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<bool> SettleAsync(IReadOnlyList<ClaimedMessage> claimed, DeliveryOutcome outcome, DateTimeOffset now, CancellationToken cancellation) =>
        _connections.WriteAsync(
            async transaction =>
            {
                var (sql, state, answer, due) = outcome switch
                {
                    DeliveryOutcome.Delivered said => (OutboxSql.Settle, MessageState.Delivered, said.Receipt, now),
                    DeliveryOutcome.Refused said => (OutboxSql.Settle, MessageState.Refused, said.Reason, now),
                    DeliveryOutcome.TryLater said => (OutboxSql.PutOff, MessageState.Waiting, said.Reason, now + said.After),
                    _ => throw new InvalidOperationException($"A delivery with an outcome that does not exist: {outcome.GetType().Name}."),
                };
                var (name, then) = (StoredNames<MessageState>.Format(state), StoredTime.From(due));
                var values = claimed.Select(message => new { seq = message.Sequence, claim = message.Claim, answer, state = name, now = then, due = then });
                return await transaction.Connection!.ExecuteAsync(sql, values, transaction).ConfigureAwait(false) == claimed.Count;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<bool> HoldBackAsync(ClaimedMessage claimed, DateTimeOffset until, string reason, CancellationToken cancellation)
    {
        var values = new { seq = claimed.Sequence, claim = claimed.Claim, answer = reason, due = StoredTime.From(until) };
        return ChangeOneAsync(OutboxSql.HoldBack, values, cancellation);
    }

    /// <inheritdoc/>
    public Task<MessageRecord?> FindAsync(string key, CancellationToken cancellation) => _connections.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<OutboxRow>(OutboxSql.SelectOne, new { key }).ConfigureAwait(false))?.ToRecord(), cancellation);

    /// <inheritdoc/>
    public Task<bool> ResendAsync(string key, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeOneAsync(OutboxSql.Resend, new { key, now = StoredTime.From(now) }, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageRecord>> ListAsync(MessageFilter filter, CancellationToken cancellation) => _connections.ReadAsync<IReadOnlyList<MessageRecord>>(
        async connection =>
        {
            var state = filter.State is { } wanted ? StoredNames<MessageState>.Format(wanted) : null;
            var values = new { channel = filter.Channel, kind = filter.Kind, state, limit = (long)filter.Limit, before = filter.Before };
            var rows = await connection.QueryAsync<OutboxRow>(OutboxSql.List(filter), values).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToRecord())];
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageRecord>> AboutAsync(FindingId finding, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<MessageRecord>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<OutboxRow>(OutboxSql.SelectAbout, new { finding = finding.Value }).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageRecord>> ToldAsync(string channel, DateTimeOffset endedAfter, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<MessageRecord>>(
            async connection =>
            {
                var values = new { channel, since = StoredTime.From(endedAfter) };
                var rows = await connection.QueryAsync<OutboxRow>(OutboxSql.SelectTold, values).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageRecord>> LastToldAsync(ReminderSearch search, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<MessageRecord>>(
            async connection =>
            {
                var values = new { channel = search.Channel, after = StoredTime.From(search.After), until = StoredTime.From(search.Until) };
                // The routes of messages stand in their bodies; there are as many due as come in a few seconds, seldom more.
                var rows = connection.QueryUnbufferedAsync<OutboxRow>(OutboxSql.SelectLastTold, values);
                var found = new List<MessageRecord>();
                await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
                {
                    if (AlertBody.Parse(row.BodyJson).Route != search.Route) continue;
                    found.Add(row.ToRecord());
                    if (found.Count == search.Limit) break;
                }

                return found;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<OutboxBacklog> BacklogAsync(DateTimeOffset now, CancellationToken cancellation) => _connections.ReadAsync(
        async connection =>
        {
            var waiting = await connection.ExecuteScalarAsync<long>(OutboxSql.CountWaiting).ConfigureAwait(false);
            var oldest = await connection.ExecuteScalarAsync<long?>(OutboxSql.OldestDue, new { now = StoredTime.From(now) }).ConfigureAwait(false);
            return new OutboxBacklog(waiting, StoredTime.To(oldest));
        },
        cancellation);

    private Task<bool> ChangeOneAsync(string sql, object values, CancellationToken cancellation) => _connections.WriteAsync(
        async transaction => await transaction.Connection!.ExecuteAsync(sql, values, transaction).ConfigureAwait(false) == 1, cancellation);

    /// <summary>Messages of one group that were never taken go out together, under the key of the first.</summary>
    private static List<ClaimedMessage> Batched(List<OutboxRow> rows, string claim)
    {
        var batches = new Dictionary<(string Channel, string Group), string>();
        var claimed = new List<ClaimedMessage>(rows.Count);
        foreach (var row in rows)
        {
            var batch = row.Batch;
            if (batch is null && !batches.TryGetValue((row.Channel, row.GroupKey), out batch)) batches[(row.Channel, row.GroupKey)] = batch = row.MessageKey;
            claimed.Add(new ClaimedMessage(row.Seq, row.ToMessage(), (int)row.Attempts + 1, claim, batch, row.Answer));
        }

        return claimed;
    }
}
