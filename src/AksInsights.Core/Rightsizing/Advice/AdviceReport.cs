using AksInsights.Core.Rightsizing.History;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>The advice on all containers of a store, with what it adds up to. Immutable.</summary>
public sealed class AdviceReport
{
    private AdviceReport(IReadOnlyList<ContainerAdvice> all, IReadOnlyList<NodePoolSize> pools)
    {
        All = all;
        Changes = [.. all.OfType<ContainerAdvice.Change>().OrderByDescending(c => c.Recommendation.MonthlySaving).ThenBy(c => c.Container.ToString(), StringComparer.Ordinal)];
        Namespaces = [.. all.GroupBy(a => (a.Container.Cluster, a.Container.Namespace))
            .Select(g => new NamespaceTotal(g.Key.Cluster, g.Key.Namespace, g.Count(), g.Count(a => a is ContainerAdvice.Change), Reserved.Of(g, after: false), Reserved.Of(g, after: true), Saved(g)))
            .OrderByDescending(t => t.MonthlySaving).ThenBy(t => t.Namespace, StringComparer.Ordinal)];
        Pools = [.. pools.GroupBy(p => (p.Cluster, p.NodePool)).Select(g => PoolTotal.Of(g.Key.Cluster, g.Key.NodePool, [.. g], [.. all.Where(a => IsOn(a, g.Key.Cluster, g.Key.NodePool))]))];
    }

    /// <summary>The advice, by container.</summary>
    public IReadOnlyList<ContainerAdvice> All { get; }

    /// <summary>What should change, the greatest saving first.</summary>
    public IReadOnlyList<ContainerAdvice.Change> Changes { get; }

    /// <summary>By namespace, the greatest saving first.</summary>
    public IReadOnlyList<NamespaceTotal> Namespaces { get; }

    /// <summary>By node pool.</summary>
    public IReadOnlyList<PoolTotal> Pools { get; }

    /// <summary>What all changes together save in a month.</summary>
    public decimal MonthlySaving => Saved(All);

    /// <summary>Adds up. The classes of pods are set here, as they depend on all containers of a workload.</summary>
    public static AdviceReport Of(IEnumerable<ContainerAdvice> advice, IReadOnlyList<NodePoolSize> pools)
    {
        var all = advice.OrderBy(a => a.Container.Cluster, StringComparer.Ordinal).ThenBy(a => a.Container.ToString(), StringComparer.Ordinal).ToList();
        var classed = all.GroupBy(a => (a.Container.Cluster, a.Container.Namespace, a.Container.WorkloadKind, a.Container.Workload)).SelectMany(WithClasses).ToList();
        return new AdviceReport(classed, pools);
    }

    private static IEnumerable<ContainerAdvice> WithClasses(IEnumerable<ContainerAdvice> workload)
    {
        var containers = workload.ToList();
        var (before, after) = (Qos.Of([.. containers.Select(c => c.Current)]), Qos.Of([.. containers.Select(c => c.After)]));
        return containers.Select(c => c is ContainerAdvice.Change change ? change with { Recommendation = WithClasses(change.Recommendation, before, after) } : c);
    }

    private static Recommendation WithClasses(Recommendation recommendation, QosClass before, QosClass after) => recommendation with
    {
        QosBefore = before,
        QosAfter = after,
        Risks = after < before
            ? [.. recommendation.Risks, $"The pods become {after} where they were {before}: under memory pressure they are evicted earlier."]
            : recommendation.Risks,
    };

    private static bool IsOn(ContainerAdvice advice, string cluster, string pool) => advice.Container.Cluster == cluster && advice.Facts.NodePool == pool;

    private static decimal Saved(IEnumerable<ContainerAdvice> advice) => advice.OfType<ContainerAdvice.Change>().Sum(c => c.Recommendation.MonthlySaving);
}

/// <summary>What is requested by all pods together.</summary>
/// <param name="Cpu">Nanocores.</param>
/// <param name="Memory">Bytes.</param>
public readonly record struct Reserved(double Cpu, double Memory)
{
    /// <summary>Adds up what containers request, before or after the advice is followed.</summary>
    public static Reserved Of(IEnumerable<ContainerAdvice> advice, bool after)
    {
        double cpu = 0, memory = 0;
        foreach (var container in advice)
        {
            var resources = after ? container.After : container.Current;
            cpu += container.Pods * (resources.CpuRequest?.Nanocores ?? 0);
            memory += container.Pods * (resources.MemoryRequest?.Bytes ?? 0);
        }

        return new Reserved(cpu, memory);
    }
}

/// <summary>What a namespace requests.</summary>
/// <param name="Cluster">The cluster's resource id.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Containers">How many containers of workloads it has.</param>
/// <param name="Changed">For how many of them something else is proposed.</param>
/// <param name="Before">What they request.</param>
/// <param name="After">What they will request.</param>
/// <param name="MonthlySaving">What is saved in a month.</param>
public sealed record NamespaceTotal(string Cluster, string Namespace, int Containers, int Changed, Reserved Before, Reserved After, decimal MonthlySaving);

/// <summary>What the pods of a node pool request, and how many nodes that takes.</summary>
/// <param name="Cluster">The cluster's resource id.</param>
/// <param name="NodePool">The pool.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Allocatable">What they can give.</param>
/// <param name="Before">What is requested of them.</param>
/// <param name="After">What will be.</param>
/// <param name="NodesFewer">How many nodes fewer the requests would fit on, if pods could be packed without gaps: a bound, not a promise.</param>
public sealed record PoolTotal(string Cluster, string NodePool, int Nodes, Reserved Allocatable, Reserved Before, Reserved After, int NodesFewer)
{
    internal static PoolTotal Of(string cluster, string pool, IReadOnlyList<NodePoolSize> sizes, IReadOnlyList<ContainerAdvice> advice)
    {
        var allocatable = new Reserved(sizes.Sum(s => s.CpuAllocatable), sizes.Sum(s => s.MemoryAllocatable));
        var nodes = sizes.Sum(s => s.Nodes);
        var (before, after) = (Reserved.Of(advice, after: false), Reserved.Of(advice, after: true));
        return new PoolTotal(cluster, pool, nodes, allocatable, before, after, Math.Max(0, Needed(before, allocatable, nodes) - Math.Max(1, Needed(after, allocatable, nodes))));
    }

    private static int Needed(Reserved reserved, Reserved allocatable, int nodes)
    {
        if (nodes == 0 || allocatable.Cpu <= 0 || allocatable.Memory <= 0) return 0;
        return Math.Min(nodes, (int)Math.Ceiling(Math.Max(reserved.Cpu / allocatable.Cpu, reserved.Memory / allocatable.Memory) * nodes));
    }
}
