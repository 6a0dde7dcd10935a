using System.Data.Common;
using System.Runtime.CompilerServices;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Usage in an SQL database, through Dapper; days are read with a plain reader, as there may be millions.</summary>
internal sealed class SqlUsageStore : IUsageStore
{
    // Two who read the same day would add its containers twice.
    private const string Scope = "usage";
    private const int PruneRows = 5_000;

    private readonly StoreConnections _connections;

    /// <summary>Makes the usage over the connections of its store.</summary>
    public SqlUsageStore(StoreConnections connections) => _connections = connections;

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<DateOnly, DateTimeOffset>> DaysReadAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyDictionary<DateOnly, DateTimeOffset>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(long Day, long ReadTo)>(UsageSql.SelectReads, new { workspace = workspace.Value }).ConfigureAwait(false);
                return rows.ToDictionary(r => UsageSql.DayOf(r.Day), r => StoredTime.To(r.ReadTo));
            },
            cancellation);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ReadToAsync(WorkspaceId? workspace, CancellationToken cancellation) => _connections.ReadAsync(
        async connection => StoredTime.To(await connection.ExecuteScalarAsync<long?>(UsageSql.SelectReadTo, new { workspace = workspace?.Value }).ConfigureAwait(false)),
        cancellation);

    /// <inheritdoc/>
    public Task SaveAsync(WorkspaceId workspace, UsageDayRead day, CancellationToken cancellation) => _connections.WriteAsync(
        async transaction =>
        {
            await _connections.Dialect.LockAsync(transaction, Scope, cancellation).ConfigureAwait(false);
            var (connection, number) = (transaction.Connection!, UsageSql.DayNumber(day.Day));
            var id = await WorkspaceAsync(transaction, workspace).ConfigureAwait(false);
            await _connections.Dialect.WriteAsync(transaction, UsageSql.AddContainer(id, number), day.Containers, cancellation).ConfigureAwait(false);
            var ids = await ContainersAsync(transaction, id).ConfigureAwait(false);
            var days = day.Containers.Select(c => (Id: ids[c.Container].Id, Day: c)).OrderBy(c => c.Id).ToList();
            var newest = await connection.ExecuteScalarAsync<long?>("SELECT max(day) FROM usage_reads WHERE workspace_id = @id", new { id }, transaction).ConfigureAwait(false);
            if (newest is null || number >= newest) await _connections.Dialect.WriteAsync(transaction, UsageSql.SetFacts(number), days, cancellation).ConfigureAwait(false);
            await _connections.Dialect.WriteAsync(transaction, UsageSql.SaveDay, days, cancellation).ConfigureAwait(false);
            foreach (var pool in day.Pools) await connection.ExecuteAsync(UsageSql.SetPool, Values(id, number, pool), transaction).ConfigureAwait(false);
            await connection.ExecuteAsync(UsageSql.SetRead, new { workspace = id, day = number, to = StoredTime.From(day.ReadTo) }, transaction).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerHistory> HistoriesAsync(WorkspaceId? workspace, DateOnly from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = await _connections.GuardAsync(() => _connections.Dialect.OpenAsync(cancellation)).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var values = new { workspace = workspace?.Value, from = UsageSql.DayNumber(from) };
        var rows = await _connections.GuardAsync(() => connection.QueryAsync<FactsRow>(UsageSql.SelectFacts, values)).ConfigureAwait(false);
        var facts = rows.ToDictionary(r => r.Id);
        using var reader = await _connections.GuardAsync(() => ReaderAsync(connection, values.from, cancellation)).ConfigureAwait(false);
        var days = new List<UsageDay>();
        var at = 0L;
        while (await _connections.GuardAsync(() => reader.ReadAsync(cancellation)).ConfigureAwait(false))
        {
            var id = reader.GetInt64(0);
            if (id != at && days.Count > 0 && facts.TryGetValue(at, out var done)) yield return new ContainerHistory(done.Key, done.Facts, days);
            if (id != at) (at, days) = (id, []);
            if (facts.ContainsKey(id)) days.Add(Day(reader));
        }

        if (days.Count > 0 && facts.TryGetValue(at, out var last)) yield return new ContainerHistory(last.Key, last.Facts, days);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodePoolSize>> PoolsAsync(WorkspaceId? workspace, DateOnly from, CancellationToken cancellation) =>
        _connections.ReadAsync<IReadOnlyList<NodePoolSize>>(
            async connection =>
            {
                var values = new { workspace = workspace?.Value, from = UsageSql.DayNumber(from) };
                var rows = await connection.QueryAsync<(string Cluster, string NodePool, string VmSize, long Nodes, long Cpu, long Memory)>(UsageSql.SelectPools, values).ConfigureAwait(false);
                return [.. rows.Select(r => new NodePoolSize(r.Cluster, r.NodePool, r.VmSize, (int)r.Nodes, r.Cpu, r.Memory))];
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<long> PruneAsync(DateOnly before, CancellationToken cancellation)
    {
        var values = new { before = UsageSql.DayNumber(before), limit = (long)PruneRows };
        var total = 0L;
        while (await DeleteAsync(UsageSql.DeleteDays, values, cancellation).ConfigureAwait(false) is var deleted and > 0) total += deleted;
        await DeleteAsync(UsageSql.DeleteContainers, values, cancellation).ConfigureAwait(false);
        await DeleteAsync(UsageSql.DeleteReads, values, cancellation).ConfigureAwait(false);
        return total;
    }

    private Task<int> DeleteAsync(string sql, object values, CancellationToken cancellation) => _connections.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellation)), cancellation);

    private static async Task<long> WorkspaceAsync(DbTransaction transaction, WorkspaceId workspace)
    {
        var values = new { name = workspace.Value };
        await transaction.Connection!.ExecuteAsync(FindingSql.AddWorkspace, values, transaction).ConfigureAwait(false);
        return await transaction.Connection!.ExecuteScalarAsync<long>(FindingSql.SelectWorkspace, values, transaction).ConfigureAwait(false);
    }

    private static async Task<Dictionary<ContainerKey, FactsRow>> ContainersAsync(DbTransaction transaction, long workspace)
    {
        var rows = await transaction.Connection!.QueryAsync<FactsRow>(UsageSql.SelectContainers, new { workspace }, transaction).ConfigureAwait(false);
        return rows.ToDictionary(r => r.Key);
    }

    private static async Task<DbDataReader> ReaderAsync(DbConnection connection, long from, CancellationToken cancellation) =>
        await connection.ExecuteReaderAsync(new CommandDefinition(UsageSql.SelectDays, new { from }, commandTimeout: 0, cancellationToken: cancellation)).ConfigureAwait(false);

    private static object Values(long workspace, long day, NodePoolSize pool) => new
    {
        workspace,
        cluster = pool.Cluster,
        pool = pool.NodePool,
        size = pool.VmSize,
        day,
        nodes = (long)pool.Nodes,
        cpu = (long)pool.CpuAllocatable,
        memory = (long)pool.MemoryAllocatable,
    };

    private static UsageDay Day(DbDataReader row) => new()
    {
        Day = UsageSql.DayOf(row.GetInt64(1)),
        Interval = TimeSpan.FromSeconds(row.GetInt64(2)),
        HoursSeen = (int)row.GetInt64(3),
        Pods = row.GetInt64(4) / 1000.0,
        Cpu = new ResourceDay(Histogram(row, 5), UsageHistogram.Empty, row.GetInt64(6)),
        Memory = new ResourceDay(Histogram(row, 7), Histogram(row, 8), row.GetInt64(9)),
        InForce = new ContainerResources(Cpu(row, 10), Cpu(row, 11), Memory(row, 12), Memory(row, 13)),
        Restarts = (int)row.GetInt64(14),
        OomKills = (int)row.GetInt64(15),
        OomLimit = Number(row, 16),
    };

    private static UsageHistogram Histogram(DbDataReader row, int place) => UsageHistogram.Read(row.GetFieldValue<byte[]>(place));

    private static long? Number(DbDataReader row, int place) => row.IsDBNull(place) ? null : row.GetInt64(place);

    private static CpuQuantity? Cpu(DbDataReader row, int place) => Number(row, place) is { } amount ? new CpuQuantity(amount) : null;

    private static MemoryQuantity? Memory(DbDataReader row, int place) => Number(row, place) is { } amount ? new MemoryQuantity(amount) : null;

    /// <summary>A row of the containers.</summary>
    private sealed class FactsRow
    {
        public long Id { get; set; }
        public string Cluster { get; set; } = "";
        public string Namespace { get; set; } = "";
        public string WorkloadKind { get; set; } = "";
        public string Workload { get; set; } = "";
        public string Container { get; set; } = "";
        public string? NodePool { get; set; }
        public string? VmSize { get; set; }
        public long VmSizes { get; set; }
        public string? Scaler { get; set; }
        public long ResizedByVpa { get; set; }
        public string? HeapFlag { get; set; }
        public string? OptOut { get; set; }

        public ContainerKey Key => new(Cluster, Namespace, WorkloadKind, Workload, Container);

        public ContainerFacts Facts => new()
        {
            NodePool = NodePool,
            VmSize = VmSize,
            VmSizes = (int)VmSizes,
            Scaler = Scaler,
            ResizedByVpa = ResizedByVpa != 0,
            HeapFlag = HeapFlag,
            OptOut = OptOut,
        };
    }
}
