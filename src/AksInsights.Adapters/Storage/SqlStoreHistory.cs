using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Events and evaluations in an SQL database.</summary>
internal sealed class SqlStoreHistory : IStoreHistory
{
    private readonly StoreConnections _connections;

    /// <summary>Reads over the connections of its store.</summary>
    public SqlStoreHistory(StoreConnections connections) => _connections = connections;

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> EventsAsync(EventFilter filter, CancellationToken cancellation)
    {
        var (sql, values) = HistorySql.Events(filter);
        return ListAsync<RecordedEventRow, RecordedEvent>(sql, values, row => row.ToRecord(), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluationRecord>> RunsAsync(RunFilter filter, CancellationToken cancellation)
    {
        var (sql, values) = HistorySql.Runs(filter);
        return ListAsync<RunRow, EvaluationRecord>(sql, values, row => row.ToRecord(), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluationRecord>> LatestRunsAsync(IReadOnlyCollection<QueryId> queries, CancellationToken cancellation)
    {
        if (queries.Count == 0) return Task.FromResult<IReadOnlyList<EvaluationRecord>>([]);
        var (sql, values) = HistorySql.LatestRuns(queries);
        return ListAsync<RunRow, EvaluationRecord>(sql, values, row => row.ToRecord(), cancellation);
    }

    private Task<IReadOnlyList<TRecord>> ListAsync<TRow, TRecord>(string sql, DynamicParameters values, Func<TRow, TRecord> read, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<TRecord>>(
            async connection => [.. (await connection.QueryAsync<TRow>(new CommandDefinition(sql, values, cancellationToken: cancellation)).ConfigureAwait(false)).Select(read)],
            cancellation);

    /// <summary>An event with columns of its finding.</summary>
    private sealed class RecordedEventRow : EventRow
    {
        public long Seq { get; set; }
        public string WorkspaceName { get; set; } = "";
        public string QueryId { get; set; } = "";
        public string Cluster { get; set; } = "";
        public string Namespace { get; set; } = "";
        public string Title { get; set; } = "";

        public RecordedEvent ToRecord() => new(Seq, ToEvent(), new WorkspaceId(WorkspaceName), new QueryId(QueryId), Cluster, Namespace, Title);
    }

    /// <summary>An evaluation with its name.</summary>
    private sealed class RunRow : EvaluationRow
    {
        public string WorkspaceName { get; set; } = "";
        public string QueryId { get; set; } = "";

        public EvaluationRecord ToRecord() => ToRecord(new EvaluationId(new WorkspaceId(WorkspaceName), new QueryId(QueryId), StoredTime.To(WindowEnd)));
    }
}
