using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Adapters.Storage;

/// <summary>The statements of usage, common to all databases.</summary>
internal static class UsageSql
{
    /// <summary>The days that were read.</summary>
    public const string SelectReads =
        "SELECT r.day AS Day, r.read_to AS ReadTo FROM usage_reads r JOIN workspaces w ON w.id = r.workspace_id WHERE w.name = @workspace";

    /// <summary>Up to when was read.</summary>
    public const string SelectReadTo =
        "SELECT max(r.read_to) FROM usage_reads r JOIN workspaces w ON w.id = r.workspace_id WHERE @workspace IS NULL OR w.name = @workspace";

    /// <summary>The numbers of a workspace's containers.</summary>
    public const string SelectContainers =
        "SELECT id AS Id, cluster AS Cluster, namespace AS Namespace, workload_kind AS WorkloadKind, workload AS Workload, container AS Container "
        + "FROM usage_containers WHERE workspace_id = @workspace";

    /// <summary>All days of all containers, container by container.</summary>
    public const string SelectDays =
        "SELECT d.container_id, d.day, d.interval_seconds, d.hours_seen, d.milli_pods, d.cpu_histogram, d.cpu_max, d.memory_histogram, d.memory_peaks, d.memory_max, "
        + "d.cpu_request, d.cpu_limit, d.memory_request, d.memory_limit, d.restarts, d.oom_kills, d.oom_limit "
        + "FROM usage_days d WHERE d.day >= @from ORDER BY d.container_id, d.day";

    /// <summary>All containers with how they stood last.</summary>
    public const string SelectFacts =
        "SELECT c.id AS Id, c.cluster AS Cluster, c.namespace AS Namespace, c.workload_kind AS WorkloadKind, c.workload AS Workload, c.container AS Container, "
        + "c.node_pool AS NodePool, c.vm_size AS VmSize, c.vm_sizes AS VmSizes, c.scaler AS Scaler, c.resized_by_vpa AS ResizedByVpa, c.heap_flag AS HeapFlag, "
        + "c.opt_out AS OptOut FROM usage_containers c JOIN workspaces w ON w.id = c.workspace_id WHERE (@workspace IS NULL OR w.name = @workspace) AND c.facts_day >= @from";

    /// <summary>The node pools.</summary>
    public const string SelectPools =
        "SELECT p.cluster AS Cluster, p.node_pool AS NodePool, p.vm_size AS VmSize, p.nodes AS Nodes, p.cpu_allocatable AS CpuAllocatable, "
        + "p.memory_allocatable AS MemoryAllocatable FROM usage_pools p JOIN workspaces w ON w.id = p.workspace_id "
        + "WHERE (@workspace IS NULL OR w.name = @workspace) AND p.day >= @from ORDER BY p.cluster, p.node_pool, p.vm_size";

    /// <summary>Says up to when a day was read.</summary>
    public const string SetRead =
        "INSERT INTO usage_reads (workspace_id, day, read_to) VALUES (@workspace, @day, @to) ON CONFLICT (workspace_id, day) DO UPDATE SET read_to = excluded.read_to";

    /// <summary>Says how the nodes of a pool stand.</summary>
    public const string SetPool =
        "INSERT INTO usage_pools (workspace_id, cluster, node_pool, vm_size, day, nodes, cpu_allocatable, memory_allocatable) "
        + "VALUES (@workspace, @cluster, @pool, @size, @day, @nodes, @cpu, @memory) ON CONFLICT (workspace_id, cluster, node_pool, vm_size) "
        + "DO UPDATE SET day = excluded.day, nodes = excluded.nodes, cpu_allocatable = excluded.cpu_allocatable, memory_allocatable = excluded.memory_allocatable "
        + "WHERE excluded.day >= usage_pools.day";

    /// <summary>Deletes days before one.</summary>
    public const string DeleteDays =
        "DELETE FROM usage_days WHERE (container_id, day) IN (SELECT container_id, day FROM usage_days WHERE day < @before LIMIT @limit)";

    /// <summary>Deletes containers of which no day is left.</summary>
    public const string DeleteContainers =
        "DELETE FROM usage_containers WHERE facts_day < @before AND NOT EXISTS (SELECT 1 FROM usage_days d WHERE d.container_id = usage_containers.id)";

    /// <summary>Forgets that days were read, of which nothing is left.</summary>
    public const string DeleteReads = "DELETE FROM usage_reads WHERE day < @before";

    /// <summary>Adds containers that are new.</summary>
    public static RowInsert<ContainerDay> AddContainer(long workspace, long day) => new("usage_containers", [.. KeyColumns(workspace), .. FactColumns(day)])
    {
        Unless = "workspace_id, cluster, namespace, workload_kind, workload, container",
    };

    /// <summary>Says how containers stand, unless something newer is known.</summary>
    public static RowUpdate<(long Id, ContainerDay Day)> SetFacts(long day) => new(
        "usage_containers",
        [RowColumn<(long Id, ContainerDay Day)>.Of("id", r => r.Id), .. FactColumns(day).Select(Lift)]);

    /// <summary>Saves days of containers.</summary>
    public static RowReplace<(long Id, ContainerDay Day)> SaveDay { get; } = new("usage_days", "container_id, day", [.. DayColumns()]);

    /// <summary>A day as it is stored.</summary>
    public static long DayNumber(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A stored day.</summary>
    public static DateOnly DayOf(long stored) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)stored);

    private static IEnumerable<RowColumn<ContainerDay>> KeyColumns(long workspace) =>
    [
        RowColumn<ContainerDay>.Of("workspace_id", _ => workspace),
        RowColumn<ContainerDay>.Of("cluster", c => c.Container.Cluster),
        RowColumn<ContainerDay>.Of("namespace", c => c.Container.Namespace),
        RowColumn<ContainerDay>.Of("workload_kind", c => c.Container.WorkloadKind),
        RowColumn<ContainerDay>.Of("workload", c => c.Container.Workload),
        RowColumn<ContainerDay>.Of("container", c => c.Container.Container),
    ];

    private static IEnumerable<RowColumn<ContainerDay>> FactColumns(long day) =>
    [
        RowColumn<ContainerDay>.Of("facts_day", _ => day),
        RowColumn<ContainerDay>.Of("node_pool", c => c.Facts.NodePool),
        RowColumn<ContainerDay>.Of("vm_size", c => c.Facts.VmSize),
        RowColumn<ContainerDay>.Of("vm_sizes", c => c.Facts.VmSizes),
        RowColumn<ContainerDay>.Of("scaler", c => c.Facts.Scaler),
        RowColumn<ContainerDay>.Of("resized_by_vpa", c => c.Facts.ResizedByVpa ? 1 : 0),
        RowColumn<ContainerDay>.Of("heap_flag", c => c.Facts.HeapFlag),
        RowColumn<ContainerDay>.Of("opt_out", c => c.Facts.OptOut),
    ];

    private static RowColumn<(long Id, ContainerDay Day)> Lift(RowColumn<ContainerDay> column) => column.Text is { } text
        ? RowColumn<(long Id, ContainerDay Day)>.Of(column.Name, r => text(r.Day))
        : RowColumn<(long Id, ContainerDay Day)>.Of(column.Name, r => column.Number!(r.Day));

    private static IEnumerable<RowColumn<(long Id, ContainerDay Day)>> DayColumns() =>
    [
        RowColumn<(long Id, ContainerDay Day)>.Of("container_id", r => r.Id),
        Number("day", d => DayNumber(d.Day)),
        Number("interval_seconds", d => (long)d.Interval.TotalSeconds),
        Number("hours_seen", d => d.HoursSeen),
        Number("milli_pods", d => (long)Math.Round(d.Pods * 1000)),
        Bytes("cpu_histogram", d => d.Cpu.Samples),
        Number("cpu_max", d => (long)Math.Ceiling(d.Cpu.Max)),
        Bytes("memory_histogram", d => d.Memory.Samples),
        Bytes("memory_peaks", d => d.Memory.HourPeaks),
        Number("memory_max", d => (long)Math.Ceiling(d.Memory.Max)),
        Number("cpu_request", d => d.InForce.CpuRequest?.Nanocores),
        Number("cpu_limit", d => d.InForce.CpuLimit?.Nanocores),
        Number("memory_request", d => d.InForce.MemoryRequest?.Bytes),
        Number("memory_limit", d => d.InForce.MemoryLimit?.Bytes),
        Number("restarts", d => d.Restarts),
        Number("oom_kills", d => d.OomKills),
        Number("oom_limit", d => d.OomLimit),
    ];

    private static RowColumn<(long Id, ContainerDay Day)> Number(string name, Func<UsageDay, long?> number) =>
        RowColumn<(long Id, ContainerDay Day)>.Of(name, r => number(r.Day.Usage));

    private static RowColumn<(long Id, ContainerDay Day)> Bytes(string name, Func<UsageDay, UsageHistogram> histogram) =>
        RowColumn<(long Id, ContainerDay Day)>.OfBytes(name, r => histogram(r.Day.Usage).Bytes.ToArray());
}
