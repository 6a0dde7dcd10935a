using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Findings counted, for overviews. Every member may throw <see cref="StoreException"/>.</summary>
public sealed class SqlTallies
{
    private readonly StoreConnections _connections;

    /// <summary>Reads over the connections of a store.</summary>
    internal SqlTallies(StoreConnections connections) => _connections = connections;

    /// <summary>How many findings match, by query, cluster and severity; what there is none of is left out. Cost: O(matches); of what is open the numbers are kept where the filter allows.</summary>
    public Task<IReadOnlyList<FindingTally>> CountAsync(FindingFilter filter, CancellationToken cancellation)
    {
        var sql = new FilterSql(filter);
        sql.Values.Add("severity", (long)(filter.MinSeverity ?? Severity.Info));
        var (number, from) = sql.CountsWhere is { } kept ? ("CAST(sum(f.present) AS BIGINT)", $"finding_counts f {kept}") : ("count(*)", $"findings f {sql.Where}");
        var text = $"SELECT f.query_id AS Query, f.cluster AS Cluster, f.severity AS Severity, {number} AS Number FROM {from} AND f.severity >= @severity "
            + $"GROUP BY f.query_id, f.cluster, f.severity HAVING {number} > 0";
        return ListAsync<TallyRow, FindingTally>(text, sql.Values, row => new FindingTally(new QueryId(row.Query), row.Cluster, (Severity)row.Severity, row.Number), cancellation);
    }

    /// <summary>The namespaces in which something is open or clearing, in alphabetical order.</summary>
    public Task<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellation) => ListAsync<string, string>(
        $"SELECT DISTINCT f.namespace FROM findings f WHERE {FindingSql.Present} AND f.namespace <> '' ORDER BY f.namespace", null, name => name, cancellation);

    /// <summary>The clusters that some evaluation has had something to say about, healthy ones included; by id.</summary>
    public Task<IReadOnlyList<(WorkspaceId Workspace, string Cluster)>> ClustersAsync(CancellationToken cancellation) => ListAsync<ClusterRow, (WorkspaceId, string)>(
        "SELECT DISTINCT w.name AS Workspace, c.scope AS Cluster FROM covered_scopes c JOIN workspaces w ON w.id = c.workspace_id WHERE c.scope <> '' ORDER BY c.scope, w.name",
        null,
        row => (new WorkspaceId(row.Workspace), row.Cluster),
        cancellation);

    /// <summary>How many problems began and ended in each stretch of a time; those without either are left out. Cost: O(events of the time).</summary>
    /// <param name="after">After this moment.</param>
    /// <param name="stretch">How long a stretch is.</param>
    /// <param name="number">How many stretches there are.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<TurnTally>> TurnsAsync(DateTimeOffset after, TimeSpan stretch, int number, CancellationToken cancellation) => ListAsync<TurnRow, TurnTally>(
        "SELECT (e.at - @after - 1) / @stretch AS Stretch, sum(CASE WHEN e.kind = 'resolved' THEN 0 ELSE 1 END) AS Began, sum(CASE WHEN e.kind = 'resolved' THEN 1 ELSE 0 END) AS Ended "
            + "FROM finding_events e WHERE e.at > @after AND e.at <= @until AND e.kind IN ('opened', 'reopened', 'resolved') GROUP BY (e.at - @after - 1) / @stretch",
        new { after = StoredTime.From(after), until = StoredTime.From(after + (stretch * number)), stretch = stretch.Ticks },
        row => new TurnTally((int)row.Stretch, row.Began, row.Ended),
        cancellation);

    private Task<IReadOnlyList<T>> ListAsync<TRow, T>(string sql, object? values, Func<TRow, T> read, CancellationToken cancellation) => _connections.ReadAsync<IReadOnlyList<T>>(
        async connection => [.. (await connection.QueryAsync<TRow>(new CommandDefinition(sql, values, cancellationToken: cancellation)).ConfigureAwait(false)).Select(read)],
        cancellation);

    private sealed class TallyRow
    {
        public string Query { get; set; } = "";
        public string Cluster { get; set; } = "";
        public long Severity { get; set; }
        public long Number { get; set; }
    }

    private sealed class TurnRow
    {
        public long Stretch { get; set; }
        public long Began { get; set; }
        public long Ended { get; set; }
    }

    private sealed class ClusterRow
    {
        public string Workspace { get; set; } = "";
        public string Cluster { get; set; } = "";
    }
}

/// <summary>How many findings there are of a kind.</summary>
/// <param name="Query">Of this query.</param>
/// <param name="Cluster">In this cluster; empty for those of none.</param>
/// <param name="Severity">This bad.</param>
/// <param name="Number">How many.</param>
public sealed record FindingTally(QueryId Query, string Cluster, Severity Severity, long Number);

/// <summary>How many problems began and ended in a stretch of time.</summary>
/// <param name="Stretch">Which stretch, from 0.</param>
/// <param name="Began">How many opened or came back.</param>
/// <param name="Ended">How many were resolved.</param>
public sealed record TurnTally(int Stretch, long Began, long Ended);
