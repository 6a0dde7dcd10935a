using System.Data.Common;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>What a store needs over the months: what is old is pruned, room is given back, and all of it is copied elsewhere.</summary>
public sealed class StoreUpkeep
{
    // Small enough that an evaluation that waits for it does not notice.
    private const int BatchRows = 2_000;

    private readonly StoreConnections _connections;

    internal StoreUpkeep(StoreConnections connections) => _connections = connections;

    /// <summary>Deletes what is older than it is to be kept. In many small transactions, so that evaluations go on meanwhile; given up, it has done a part.</summary>
    /// <exception cref="ArgumentException">A time is shorter than <see cref="RetentionPolicy.Shortest"/>.</exception>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public async Task<PruneReport> PruneAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        if (policy.Findings < RetentionPolicy.Shortest || policy.Evaluations < RetentionPolicy.Shortest || policy.Messages < RetentionPolicy.Shortest)
            throw new ArgumentException($"Nothing is pruned before it is {RetentionPolicy.Shortest.TotalDays:0} days old.", nameof(policy));
        var findings = 0L;
        var evaluations = 0L;
        var old = new { before = StoredTime.From(now - policy.Findings), now = StoredTime.From(now), limit = BatchRows };
        foreach (var scope in await ScopesAsync(PruneSql.ScopesWithOldFindings, old, cancellation).ConfigureAwait(false))
            findings += await DeleteAsync(scope, [PruneSql.DeleteTheirEvents, PruneSql.DeleteFindings], old.before, now, cancellation).ConfigureAwait(false);
        foreach (var scope in await ScopesAsync(PruneSql.ScopesWithEvaluations, null, cancellation).ConfigureAwait(false))
            evaluations += await DeleteAsync(scope, [PruneSql.DeleteEvaluations], StoredTime.From(now - policy.Evaluations), now, cancellation).ConfigureAwait(false);
        var events = await DeleteAsync(null, [PruneSql.DeleteEvents], old.before, now, cancellation).ConfigureAwait(false);
        var messages = await DeleteAsync(null, [PruneSql.DeleteMessages], StoredTime.From(now - policy.Messages), now, cancellation).ConfigureAwait(false);
        return new PruneReport(findings, events, evaluations, messages);
    }

    /// <summary>Gives the room of deleted rows back. An SQLite file is written anew, which takes as much room again while it lasts and keeps writers waiting.</summary>
    /// <exception cref="StoreException">The store cannot work; it is as it was.</exception>
    public Task CompactAsync(CancellationToken cancellation) => _connections.ReadAsync(
        async connection =>
        {
            await _connections.Dialect.CompactAsync(connection, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>Copies everything, as it is at one moment, into an empty store of any kind.</summary>
    /// <param name="target">The store copied to; of the same program, so of the same schema.</param>
    /// <param name="cancellation">Gives up; the target stays empty.</param>
    /// <returns>How many rows were copied.</returns>
    /// <exception cref="StoreException">One of the stores cannot work, or the target is not empty; the target is as it was.</exception>
    public Task<long> CopyToAsync(StoreUpkeep target, CancellationToken cancellation) =>
        _connections.ReadStateAsync(from => target._connections.WriteAsync(to => StoreCopy.CopyAsync(from, to, target._connections.Dialect, cancellation), cancellation), cancellation);

    /// <summary>Writes a row as it was, to see whether that works.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public async Task<TimeSpan> TryWriteAsync(TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        await _connections.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("UPDATE schema_version SET version = version WHERE version = 1", transaction: transaction), cancellation).ConfigureAwait(false);
        return time.GetElapsedTime(began);
    }

    /// <summary>The number of the newest migration that the store has.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public Task<int> SchemaVersionAsync(CancellationToken cancellation) =>
        _connections.ReadAsync(connection => connection.ExecuteScalarAsync<int>("SELECT max(version) FROM schema_version"), cancellation);

    private Task<IReadOnlyList<PruneScope>> ScopesAsync(string sql, object? values, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<PruneScope>>(
            async connection => [.. await connection.QueryAsync<PruneScope>(sql, values).ConfigureAwait(false)], cancellation);

    /// <summary>Deletes batch by batch until a batch finds nothing more; of several statements the last one counts.</summary>
    private async Task<long> DeleteAsync(PruneScope? scope, string[] sql, long before, DateTimeOffset now, CancellationToken cancellation)
    {
        var values = new { workspace = scope?.WorkspaceId ?? 0, query = scope?.QueryId ?? "", before, now = StoredTime.From(now), limit = (long)BatchRows };
        var total = 0L;
        while (true)
        {
            var deleted = await _connections.WriteAsync(transaction => DeleteAsync(transaction, scope, sql, values, cancellation), cancellation).ConfigureAwait(false);
            total += deleted;
            if (deleted < BatchRows) return total;
        }
    }

    private async Task<int> DeleteAsync(DbTransaction transaction, PruneScope? scope, string[] sql, object values, CancellationToken cancellation)
    {
        if (scope is not null) await _connections.Dialect.LockAsync(transaction, FindingSql.Scope(scope.WorkspaceName, scope.QueryId), cancellation).ConfigureAwait(false);
        var deleted = 0;
        foreach (var statement in sql)
            deleted = await transaction.Connection!.ExecuteAsync(new CommandDefinition(statement, values, transaction, cancellationToken: cancellation)).ConfigureAwait(false);
        return deleted;
    }

    /// <summary>What one lock guards: see <see cref="FindingSql.Scope"/>.</summary>
    private sealed class PruneScope
    {
        public long WorkspaceId { get; set; }
        public string WorkspaceName { get; set; } = "";
        public string QueryId { get; set; } = "";
    }
}
