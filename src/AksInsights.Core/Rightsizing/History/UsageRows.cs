using AksInsights.Core.Evaluation;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Rightsizing.History;

/// <summary>Reads the results of the queries <c>rightsizing/usage-*</c> of one day. Pure.</summary>
public sealed class UsageRows
{
    private readonly Dictionary<(ContainerKey Container, ResourceKind Resource), (ResourceDay Day, int Hours, TimeSpan Interval)> _usage = [];
    private readonly Dictionary<(string, string, string, string), string> _scalers = [];
    private readonly Dictionary<ContainerKey, string> _heaps = [];
    private readonly HashSet<(string, string, string, string)> _resized = [];
    private readonly List<NodePoolSize> _pools = [];
    private ResultTable? _containers;

    /// <summary>The node pools that were read.</summary>
    public IReadOnlyList<NodePoolSize> Pools => _pools;

    /// <summary>Takes the rows of a query; those of a query that it does not know are left.</summary>
    /// <param name="query">The name of the query in its area, such as <c>usage-nodes</c>.</param>
    /// <param name="table">Its rows.</param>
    /// <exception cref="InvalidDataException">A histogram is none: the query was changed.</exception>
    public void Add(string query, ResultTable table)
    {
        if (query == "usage-containers") _containers = table;
        for (var i = 0; i < table.RowCount; i++)
        {
            var row = new ResultRow(table, i);
            switch (query)
            {
                case "usage-histograms": AddUsage(row); break;
                case "usage-nodes": _pools.Add(Pool(row)); break;
                case "usage-scalers": _scalers[WorkloadOf(row)] = Text(row, "scaler") ?? "?"; break;
                case "usage-heap": _heaps[KeyOf(row)] = Text(row, "flag") ?? "?"; break;
                case "usage-resized": _resized.Add(WorkloadOf(row)); break;
                default: break;
            }
        }
    }

    /// <summary>The containers for which there is usage, with all that is known of them.</summary>
    /// <param name="day">The day that the rows are of.</param>
    public IReadOnlyList<ContainerDay> Containers(DateOnly day)
    {
        var ran = new Dictionary<ContainerKey, ResultRow>();
        for (var i = 0; i < (_containers?.RowCount ?? 0); i++) ran[KeyOf(new ResultRow(_containers!, i))] = new ResultRow(_containers!, i);
        return [.. _usage.Keys.Select(k => k.Container).Distinct().Select(c => Of(c, day, ran.TryGetValue(c, out var row) ? row : null))];
    }

    private ContainerDay Of(ContainerKey container, DateOnly day, ResultRow? row)
    {
        var cpu = _usage.GetValueOrDefault((container, ResourceKind.Cpu), (ResourceDay.None, 0, TimeSpan.Zero));
        var memory = _usage.GetValueOrDefault((container, ResourceKind.Memory), (ResourceDay.None, 0, TimeSpan.Zero));
        var workload = (container.Cluster, container.Namespace, container.WorkloadKind, container.Workload);
        var usage = new UsageDay
        {
            Day = day,
            Interval = memory.Item3 > cpu.Item3 ? memory.Item3 : cpu.Item3,
            HoursSeen = Math.Max(cpu.Item2, memory.Item2),
            Pods = Number(row, "podsAverage") ?? 0,
            Cpu = cpu.Item1 with { HourPeaks = UsageHistogram.Empty },
            Memory = memory.Item1,
            InForce = new ContainerResources(
                Cpu(row, "cpuRequestNanoCores"), Cpu(row, "cpuLimitNanoCores"), Memory(row, "memoryRequestBytes"), Memory(row, "memoryLimitBytes")),
            Restarts = (int)(Number(row, "restarts") ?? 0),
            OomKills = (int)(Number(row, "oomKills") ?? 0),
            OomLimit = (long?)Number(row, "oomLimitBytes"),
        };
        var facts = new ContainerFacts
        {
            NodePool = Text(row, "nodePool"),
            VmSize = Text(row, "vmSize"),
            VmSizes = (int)(Number(row, "vmSizes") ?? 0),
            Scaler = _scalers.GetValueOrDefault(workload),
            ResizedByVpa = _resized.Contains(workload),
            HeapFlag = _heaps.GetValueOrDefault(container),
            OptOut = Text(row, "optOut"),
        };
        return new ContainerDay(container, facts, usage);
    }

    private void AddUsage(ResultRow row)
    {
        var resource = Text(row, "resource") == "cpu" ? ResourceKind.Cpu : ResourceKind.Memory;
        var day = new ResourceDay(Histogram(row, "buckets", "counts"), Histogram(row, "peakBuckets", "peakCounts"), Number(row, "maxValue") ?? 0);
        // Polls wander by seconds and a few are lost; the agent's interval is in whole minutes.
        var seconds = Number(row, "intervalSeconds") ?? 0;
        var interval = TimeSpan.FromSeconds(seconds < 45 ? Math.Round(seconds) : 60 * Math.Round(seconds / 60));
        _usage[(KeyOf(row), resource)] = (day, (int)(Number(row, "hoursSeen") ?? 0), interval);
    }

    private static UsageHistogram Histogram(ResultRow row, string buckets, string counts)
    {
        if (row[buckets] is not DynamicArray at || row[counts] is not DynamicArray samples || at.Count != samples.Count)
            throw new InvalidDataException($"The columns `{buckets}` and `{counts}` of `rightsizing/usage-histograms` are not two lists of one length.");
        return UsageHistogram.Of(at.Zip(samples, (bucket, count) => (Convert.ToInt64(bucket, null), Convert.ToInt64(count, null))));
    }

    private static NodePoolSize Pool(ResultRow row) => new(
        Text(row, "cluster") ?? "",
        Text(row, "nodePool") ?? "",
        Text(row, "vmSize") ?? "",
        (int)(Number(row, "nodes") ?? 0),
        Number(row, "cpuAllocatableNanoCores") ?? 0,
        Number(row, "memoryAllocatableBytes") ?? 0);

    private static ContainerKey KeyOf(ResultRow row)
    {
        var (cluster, space, kind, workload) = WorkloadOf(row);
        return new ContainerKey(cluster, space, kind, workload, Text(row, "container") ?? "");
    }

    private static (string, string, string, string) WorkloadOf(ResultRow row) =>
        (Text(row, "cluster") ?? "", Text(row, "namespace") ?? "", Text(row, "workloadKind") ?? "", Text(row, "workload") ?? "");

    private static string? Text(ResultRow? row, string column) => row?[column] is string { Length: > 0 } text ? text : null;

    private static double? Number(ResultRow? row, string column) => row is { } given ? CellText.Number(given[column]) : null;

    private static CpuQuantity? Cpu(ResultRow? row, string column) => Number(row, column) is { } amount ? new CpuQuantity((long)amount) : null;

    private static MemoryQuantity? Memory(ResultRow? row, string column) => Number(row, column) is { } amount ? new MemoryQuantity((long)amount) : null;
}
