using System.Data.Common;
using AksInsights.Core.Alerts;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Workspaces;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Findings in an SQL database, through Dapper. One transaction for each evaluation.</summary>
/// <remarks>Several processes may share it.</remarks>
public sealed class SqlFindingStore : IFindingStore
{
    // Fewer are made sooner than a second thread is awake.
    private const int ManyRows = 2_000;

    private readonly StoreConnections _connections;

    private SqlFindingStore(StoreConnections connections)
    {
        _connections = connections;
        Outbox = new SqlOutbox(connections);
        Upkeep = new StoreUpkeep(connections);
        Usage = new SqlUsageStore(connections);
        History = new SqlStoreHistory(connections);
        Tallies = new SqlTallies(connections);
        Panels = new SqlPanels(connections);
        Proposals = new SqlProposals(connections);
    }

    /// <summary>The messages that wait in the same store; ends with it.</summary>
    public IOutbox Outbox { get; }

    /// <summary>What containers used, in the same store; ends with it.</summary>
    public IUsageStore Usage { get; }

    /// <summary>What happened over time, in the same store; ends with it.</summary>
    public IStoreHistory History { get; }

    /// <summary>Findings counted, in the same store; ends with it.</summary>
    public SqlTallies Tallies { get; }

    /// <summary>What dashboards ask of the same store; ends with it.</summary>
    public SqlPanels Panels { get; }

    /// <summary>Notes of pull requests, in the same store; ends with it.</summary>
    public IProposalNotes Proposals { get; }

    /// <summary>What a store needs over the months; ends with it.</summary>
    public StoreUpkeep Upkeep { get; }

    /// <summary>The connections, for tests that look behind the contract.</summary>
    internal StoreConnections Connections => _connections;

    private Dialect Dialect => _connections.Dialect;

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
        var store = new SqlFindingStore(new StoreConnections(dialect));
        try
        {
            await store._connections.GuardAsync(async () =>
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
        _connections.ReadAsync(connection => FindEvaluationAsync(connection, null, id), cancellation);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> LastWindowAsync(WorkspaceId workspace, QueryId query, CancellationToken cancellation) =>
        await EvaluationsAsync(workspace, query, 1, cancellation).ConfigureAwait(false) is [var last] ? last.Id.End : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluationRecord>> EvaluationsAsync(WorkspaceId workspace, QueryId query, int limit, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<EvaluationRecord>>(
            async connection =>
            {
                var values = new { workspace = workspace.Value, query = query.Value, limit = (long)limit };
                var rows = await connection.QueryAsync<EvaluationRow>(FindingSql.SelectEvaluations, values).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToRecord(new EvaluationId(workspace, query, StoredTime.To(row.WindowEnd))))];
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(EvaluationId id, Func<EvaluationHistory, EvaluationCommit> decide, CancellationToken cancellation)
    {
        EvaluationCommit? mine = null;
        try
        {
            return await _connections.WriteAsync<CommitOutcome>(
                async transaction =>
                {
                    if (await LockAndFindAsync(transaction, id, cancellation).ConfigureAwait(false) is { } done) return new CommitOutcome.AlreadyDone(done);
                    var workspace = await WorkspaceAsync(transaction, id).ConfigureAwait(false);
                    var stored = await HistoryAsync(transaction, workspace, id).ConfigureAwait(false);
                    var commit = decide(stored.History);
                    await SaveAsync(transaction, workspace, commit, stored.Rows, cancellation).ConfigureAwait(false);
                    mine = commit;
                    return new CommitOutcome.Committed(commit);
                },
                cancellation).ConfigureAwait(false);
        }
        catch (StoreException lost) when (mine is not null && lost.Failure == StoreFailure.CannotOpen)
        {
            // The connection broke on the last step, and the server may have done it all the same. Under the lock it has, or never will.
            var saved = await _connections.WriteAsync(transaction => LockAndFindAsync(transaction, id, cancellation), cancellation).ConfigureAwait(false);
            if (saved != mine.Record) throw;
            return new CommitOutcome.Committed(mine);
        }
    }

    /// <inheritdoc/>
    public Task<LifecycleStep?> ChangeAsync(FindingId id, Func<Finding, LifecycleStep> change, CancellationToken cancellation) =>
        _connections.WriteAsync(
            async transaction =>
            {
                var found = await FindRowAsync(transaction.Connection!, transaction, id).ConfigureAwait(false);
                if (found is null) return null;
                await Dialect.LockAsync(transaction, FindingSql.Scope(found.WorkspaceName, found.EvaluatedBy), cancellation).ConfigureAwait(false);
                // Read again: an evaluation may have changed or dropped it before the lock was ours.
                var row = await FindRowAsync(transaction.Connection!, transaction, id).ConfigureAwait(false);
                if (row is null) return null;
                var step = change(row.ToFinding());
                if (step.Finding is null) throw new InvalidOperationException("People change findings; only evaluations drop them.");
                await Dialect.WriteAsync(transaction, FindingSql.Change, [FindingRow.From(step.Finding, row.WorkspaceId, row)], cancellation).ConfigureAwait(false);
                await Dialect.WriteAsync(transaction, FindingSql.AddEvent, step.Events, cancellation).ConfigureAwait(false);
                await Dialect.WriteAsync(transaction, OutboxSql.Add, step.Messages, cancellation).ConfigureAwait(false);
                return step;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<Finding?> FindAsync(FindingId id, CancellationToken cancellation) =>
        _connections.ReadAsync(async connection => (await FindRowAsync(connection, null, id).ConfigureAwait(false))?.ToFinding(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Finding>> ListAsync(FindingFilter filter, CancellationToken cancellation) =>
        _connections.ReadStateAsync(transaction => FindingLists.ListAsync(transaction, filter), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Severity, long>> CountAsync(FindingFilter filter, CancellationToken cancellation) =>
        _connections.ReadAsync(connection => FindingLists.CountAsync(connection, filter), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FindingEvent>> EventsAsync(FindingId id, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<FindingEvent>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<EventRow>(FindingSql.SelectEvents, new { id = id.Value }).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToEvent())];
            },
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FindingEvent>> EventsBetweenAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<FindingEvent>>(
            async connection =>
            {
                var values = new { after = StoredTime.From(after), until = StoredTime.From(until) };
                var rows = await connection.QueryAsync<EventRow>(FindingSql.SelectEventsBetween, values).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToEvent())];
            },
            cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    /// <summary>The dialect of the store at an address.</summary>
    internal static Dialect DialectOf(StoreAddress address) => address switch
    {
        StoreAddress.File file => SqliteDialect.File(file.Path),
        StoreAddress.Postgres postgres => PostgresDialect.At(postgres.ConnectionString),
        _ => throw new InvalidOperationException($"A store of a kind that does not exist: {address.GetType().Name}."),
    };

    private async Task<EvaluationRecord?> LockAndFindAsync(DbTransaction transaction, EvaluationId id, CancellationToken cancellation)
    {
        await Dialect.LockAsync(transaction, FindingSql.Scope(id.Workspace.Value, id.Query.Value), cancellation).ConfigureAwait(false);
        return await FindEvaluationAsync(transaction.Connection!, transaction, id).ConfigureAwait(false);
    }

    private static async Task<EvaluationRecord?> FindEvaluationAsync(DbConnection connection, DbTransaction? transaction, EvaluationId id)
    {
        var values = new { workspace = id.Workspace.Value, query = id.Query.Value, end = StoredTime.From(id.End) };
        var row = await connection.QuerySingleOrDefaultAsync<EvaluationRow>(FindingSql.SelectEvaluation, values, transaction).ConfigureAwait(false);
        return row?.ToRecord(id);
    }

    private static async Task<FindingRow?> FindRowAsync(DbConnection connection, DbTransaction? transaction, FindingId id) =>
        (await FindingRowReader.ReadAsync(connection, FindingSql.Select + "WHERE f.id = @id", new { id = id.Value }, transaction).ConfigureAwait(false)).SingleOrDefault();

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
        var rows = await FindingRowReader.ReadAsync(connection, FindingSql.SelectHistory, values, transaction).ConfigureAwait(false);
        var findings = rows.ConvertAll(row => row.ToFinding());
        return (new EvaluationHistory(StoredTime.To(end), revision, covered.ToHashSet(StringComparer.Ordinal), findings), rows.ToDictionary(row => row.Id, StringComparer.Ordinal));
    }

    private async Task SaveAsync(
        DbTransaction transaction, long workspace, EvaluationCommit commit, Dictionary<string, FindingRow> before, CancellationToken cancellation)
    {
        await Dialect.WriteAsync(transaction, FindingSql.UnsetLatest, commit.Followed, cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, FindingSql.DeleteEvents, commit.Dropped, cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, FindingSql.Delete, commit.Dropped, cancellation).ConfigureAwait(false);
        await SaveFindingsAsync(transaction, workspace, commit.Changed, before, cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, FindingSql.AddEvent, commit.Events, cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, OutboxSql.Add, commit.Messages, cancellation).ConfigureAwait(false);
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
        var counts = new PresentCounts();
        var known = new List<FindingRowStep>();
        foreach (var step in Rows([.. changed.Where(finding => before.ContainsKey(finding.Id.Value))], workspace, before)) known.Add(counts.Count(step));
        var added = Rows(InIndexOrder(changed.Where(finding => !before.ContainsKey(finding.Id.Value))), workspace, before).Select(step => counts.Count(step).Now);
        await Dialect.WriteAsync(transaction, FindingSql.Add, added, cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, FindingSql.Refresh, known.Where(step => !step.Turned).Select(step => step.Now), cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, FindingSql.Change, known.Where(step => step.Turned).Select(step => step.Now), cancellation).ConfigureAwait(false);
        await Dialect.WriteAsync(transaction, PresentCounts.Add, counts.Changes, cancellation).ConfigureAwait(false);
    }

    /// <summary>In the order of the indexes over open findings, each row goes behind the last and not to another page of each: half the time for 100,000 findings.</summary>
    private static List<Finding> InIndexOrder(IEnumerable<Finding> added)
    {
        var placed = added.Select(finding => (Cluster: finding.Key.Cluster ?? "", Id: finding.Id.Value, Finding: finding)).ToList();
        placed.Sort(static (a, b) => string.CompareOrdinal(a.Cluster, b.Cluster) is var c && c != 0 ? c : string.CompareOrdinal(a.Id, b.Id));
        return placed.ConvertAll(one => one.Finding);
    }

    /// <summary>The rows of findings beside those they replace, made as they are asked for; many on all processors, while the database takes those before them.</summary>
    private static IEnumerable<FindingRowStep> Rows(List<Finding> findings, long workspace, Dictionary<string, FindingRow> before)
    {
        FindingRowStep Step(Finding finding)
        {
            var old = before.GetValueOrDefault(finding.Id.Value);
            var row = FindingRow.From(finding, workspace, old);
            return new FindingRowStep(old, row, old is not null && FindingSql.Turned(old, row));
        }

        return findings.Count < ManyRows ? findings.Select(Step) : findings.AsParallel().AsOrdered().Select(Step);
    }
}
