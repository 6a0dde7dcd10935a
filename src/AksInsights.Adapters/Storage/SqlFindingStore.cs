using System.Data.Common;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Findings in an SQL database, through Dapper. One transaction for each evaluation.</summary>
/// <remarks>Writers of one process queue up before they trouble the database; several processes may share it.</remarks>
public sealed class SqlFindingStore : IFindingStore
{
    private readonly Dialect _dialect;
    private readonly SemaphoreSlim _writing;

    private SqlFindingStore(Dialect dialect)
    {
        _dialect = dialect;
        _writing = new SemaphoreSlim(dialect.Writers);
    }

    /// <summary>Opens a store in an SQLite file, making or migrating it as need be.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="time">Says when a migration was applied.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The file cannot be opened, is something else, or was written by a newer program.</exception>
    public static Task<SqlFindingStore> OpenFileAsync(string path, TimeProvider time, CancellationToken cancellation) =>
        OpenAsync(SqliteDialect.File(path), time, cancellation);

    /// <summary>Opens the store at an address, making or migrating it as need be.</summary>
    /// <exception cref="StoreException">It cannot be opened, is something else, or was written by a newer program.</exception>
    public static Task<SqlFindingStore> OpenAsync(StoreAddress address, TimeProvider time, CancellationToken cancellation) =>
        OpenAsync(DialectOf(address), time, cancellation);

    /// <summary>Opens an empty store that ends with its disposal.</summary>
    public static Task<SqlFindingStore> OpenMemoryAsync(TimeProvider time, CancellationToken cancellation) =>
        OpenAsync(SqliteDialect.Memory(), time, cancellation);

    /// <summary>Opens a store and owns the dialect from then on, also when it fails.</summary>
    internal static async Task<SqlFindingStore> OpenAsync(Dialect dialect, TimeProvider time, CancellationToken cancellation)
    {
        var store = new SqlFindingStore(dialect);
        try
        {
            await store.GuardAsync(async () =>
            {
                await dialect.PrepareAsync(cancellation).ConfigureAwait(false);
                var connection = await dialect.OpenAsync(cancellation).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await Migrator.MigrateAsync(dialect, connection, time, cancellation).ConfigureAwait(false);
                    return true;
                }
            }).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<EvaluationRecord?> FindEvaluationAsync(EvaluationId id, CancellationToken cancellation) =>
        ReadAsync(connection => FindEvaluationAsync(connection, null, id), cancellation);

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(EvaluationId id, Func<EvaluationHistory, EvaluationCommit> decide, CancellationToken cancellation) =>
        WriteAsync<CommitOutcome>(
            async transaction =>
            {
                await _dialect.LockAsync(transaction, Scope(id.Workspace.Value, id.Query.Value), cancellation).ConfigureAwait(false);
                if (await FindEvaluationAsync(transaction.Connection!, transaction, id).ConfigureAwait(false) is { } done)
                    return new CommitOutcome.AlreadyDone(done);
                var workspace = await WorkspaceAsync(transaction, id).ConfigureAwait(false);
                var stored = await HistoryAsync(transaction, workspace, id).ConfigureAwait(false);
                var commit = decide(stored.History);
                await SaveAsync(transaction, workspace, commit, stored.Rows, cancellation).ConfigureAwait(false);
                return new CommitOutcome.Committed(commit);
            },
            cancellation);

    /// <inheritdoc/>
    public Task<LifecycleStep?> ChangeAsync(FindingId id, Func<Finding, LifecycleStep> change, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                var found = await FindRowAsync(transaction.Connection!, transaction, id).ConfigureAwait(false);
                if (found is null) return null;
                await _dialect.LockAsync(transaction, Scope(found.WorkspaceName, found.EvaluatedBy), cancellation).ConfigureAwait(false);
                // Read again: an evaluation may have changed or dropped it before the lock was ours.
                var row = await FindRowAsync(transaction.Connection!, transaction, id).ConfigureAwait(false);
                if (row is null) return null;
                var step = change(row.ToFinding());
                if (step.Finding is null) throw new InvalidOperationException("People change findings; only evaluations drop them.");
                await _dialect.WriteAsync(transaction, FindingSql.Change, [FindingRow.From(step.Finding, row.WorkspaceId, row)], cancellation).ConfigureAwait(false);
                await _dialect.WriteAsync(transaction, FindingSql.AddEvent, step.Events, cancellation).ConfigureAwait(false);
                return step;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<Finding?> FindAsync(FindingId id, CancellationToken cancellation) =>
        ReadAsync(async connection => (await FindRowAsync(connection, null, id).ConfigureAwait(false))?.ToFinding(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Finding>> ListAsync(FindingFilter filter, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<Finding>>(
            async connection =>
            {
                var (where, values) = FilterSql.Where(filter);
                var order = "ORDER BY f.severity DESC, f.query_id, coalesce(f.cluster, ''), f.id" + (filter.Limit is null ? "" : " LIMIT @limit");
                var rows = await connection.QueryAsync<FindingRow>(FindingSql.Select + where + order, values).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToFinding())];
            },
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FindingEvent>> EventsAsync(FindingId id, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<FindingEvent>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<EventRow>(FindingSql.SelectEvents, new { id = id.Value }).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToEvent())];
            },
            cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _dialect.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    /// <summary>The dialect of the store at an address.</summary>
    internal static Dialect DialectOf(StoreAddress address) => address switch
    {
        StoreAddress.File file => SqliteDialect.File(file.Path),
        StoreAddress.Postgres postgres => PostgresDialect.At(postgres.ConnectionString),
        _ => throw new InvalidOperationException($"A store of a kind that does not exist: {address.GetType().Name}."),
    };

    private static async Task<EvaluationRecord?> FindEvaluationAsync(DbConnection connection, DbTransaction? transaction, EvaluationId id)
    {
        var values = new { workspace = id.Workspace.Value, query = id.Query.Value, end = StoredTime.From(id.End) };
        var row = await connection.QuerySingleOrDefaultAsync<EvaluationRow>(FindingSql.SelectEvaluation, values, transaction).ConfigureAwait(false);
        return row?.ToRecord(id);
    }

    private static Task<FindingRow?> FindRowAsync(DbConnection connection, DbTransaction? transaction, FindingId id) =>
        connection.QuerySingleOrDefaultAsync<FindingRow>(FindingSql.Select + "WHERE f.id = @id", new { id = id.Value }, transaction);

    /// <summary>What only one transaction at a time decides about: the findings of one query in one workspace.</summary>
    private static string Scope(string workspace, string query) => $"{workspace}\n{query}";

    private static async Task<long> WorkspaceAsync(DbTransaction transaction, EvaluationId id)
    {
        var connection = transaction.Connection!;
        var values = new { name = id.Workspace.Value };
        if (await connection.ExecuteScalarAsync<long?>(FindingSql.SelectWorkspace, values, transaction).ConfigureAwait(false) is { } known) return known;
        await connection.ExecuteAsync(FindingSql.AddWorkspace, values, transaction).ConfigureAwait(false);
        return await connection.ExecuteScalarAsync<long>(FindingSql.SelectWorkspace, values, transaction).ConfigureAwait(false);
    }

    private static async Task<(EvaluationHistory History, Dictionary<string, FindingRow> Rows)> HistoryAsync(
        DbTransaction transaction, long workspace, EvaluationId id)
    {
        var connection = transaction.Connection!;
        var values = new { workspace, query = id.Query.Value };
        var end = await connection.ExecuteScalarAsync<long?>(FindingSql.LatestEnd, values, transaction).ConfigureAwait(false);
        var revision = await connection.ExecuteScalarAsync<string?>(FindingSql.LatestRevision, values, transaction).ConfigureAwait(false);
        var covered = await connection.QueryAsync<string>(FindingSql.Covered, values, transaction).ConfigureAwait(false);
        var rows = new Dictionary<string, FindingRow>(StringComparer.Ordinal);
        await foreach (var row in connection.QueryUnbufferedAsync<FindingRow>(FindingSql.SelectHistory, values, transaction).ConfigureAwait(false))
            rows.Add(row.Id, row);
        var findings = rows.Values.Select(row => row.ToFinding()).ToArray();
        return (new EvaluationHistory(StoredTime.To(end), revision, covered.ToHashSet(StringComparer.Ordinal), findings), rows);
    }

    private async Task SaveAsync(
        DbTransaction transaction, long workspace, EvaluationCommit commit, Dictionary<string, FindingRow> before, CancellationToken cancellation)
    {
        await _dialect.WriteAsync(transaction, FindingSql.UnsetLatest, commit.Followed, cancellation).ConfigureAwait(false);
        await _dialect.WriteAsync(transaction, FindingSql.Delete, commit.Dropped, cancellation).ConfigureAwait(false);
        await SaveFindingsAsync(transaction, workspace, commit.Changed, before, cancellation).ConfigureAwait(false);
        await _dialect.WriteAsync(transaction, FindingSql.AddEvent, commit.Events, cancellation).ConfigureAwait(false);
        var query = commit.Record.Id.Query.Value;
        var since = StoredTime.From(commit.Record.Id.End);
        var scopes = commit.Covered.Select(scope => new { workspace, query, scope, since });
        await transaction.Connection!.ExecuteAsync(FindingSql.Cover, scopes, transaction).ConfigureAwait(false);
        var values = new DynamicParameters(EvaluationRow.From(commit.Record));
        values.Add("workspace", workspace);
        values.Add("query", query);
        await transaction.Connection!.ExecuteAsync(FindingSql.AddEvaluation, values, transaction).ConfigureAwait(false);
    }

    /// <summary>Writes findings: those that are new, those that only were seen again, and those to which something happened.</summary>
    private async Task SaveFindingsAsync(
        DbTransaction transaction, long workspace, IReadOnlyList<Finding> changed, Dictionary<string, FindingRow> before, CancellationToken cancellation)
    {
        var added = new List<FindingRow>();
        var seen = new List<FindingRow>();
        var turned = new List<FindingRow>();
        foreach (var finding in changed)
        {
            var old = before.GetValueOrDefault(finding.Id.Value);
            var row = FindingRow.From(finding, workspace, old);
            (old is null ? added : FindingSql.Turned(old, row) ? turned : seen).Add(row);
        }

        await _dialect.WriteAsync(transaction, FindingSql.Add, added, cancellation).ConfigureAwait(false);
        await _dialect.WriteAsync(transaction, FindingSql.Refresh, seen, cancellation).ConfigureAwait(false);
        await _dialect.WriteAsync(transaction, FindingSql.Change, turned, cancellation).ConfigureAwait(false);
    }

    private Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation) => GuardAsync(async () =>
    {
        var connection = await _dialect.OpenAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false)) return await read(connection).ConfigureAwait(false);
    });

    private async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReadAsync(connection => InTransactionAsync(connection, write, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<T> InTransactionAsync<T>(DbConnection connection, Func<DbTransaction, Task<T>> write, CancellationToken cancellation)
    {
        var transaction = await _dialect.BeginWriteAsync(connection, cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var result = await write(transaction).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException error) when (_dialect.Explain(error) is { } explained)
        {
            throw explained;
        }
    }
}
