using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.History;
using static AksInsights.Tests.Rightsizing.AdviceSamples;

namespace AksInsights.Tests.Rightsizing;

public sealed class AdviceReportTests
{
    private static readonly ContainerResources Guaranteed = Resources("1", "1", "2Gi", "2Gi");

    [Fact]
    public void ThePodsClassDependsOnAllItsContainers()
    {
        // The one container loses its CPU limit, so the pod is no longer guaranteed.
        var report = AdviceReport.Of([Advise(Steady(Guaranteed)), Advise(Steady(Guaranteed, key: Key(container: "side"), facts: new ContainerFacts { OptOut = "off" }))], []);
        var change = Assert.Single(report.Changes).Recommendation;
        Assert.Equal((QosClass.Guaranteed, QosClass.Burstable), (change.QosBefore, change.QosAfter));
        Assert.Contains(change.Risks, r => r.Contains("evicted earlier", StringComparison.Ordinal));
        Assert.Equal(QosClass.BestEffort, Qos.Of([ContainerResources.None]));
        Assert.Equal(QosClass.Burstable, Qos.Of([ContainerResources.None, Guaranteed]));
        // A request that is not set is the limit.
        Assert.Equal(QosClass.Guaranteed, Qos.Of([Resources(null, "1", null, "1Gi")]));
    }

    [Fact]
    public void NamespacesAndPoolsAddUp()
    {
        var facts = new ContainerFacts { NodePool = "apps" };
        var cluster = Key().Cluster;
        // Eight workloads of two pods that request a core each, on four nodes of four cores: all full.
        var advice = Enumerable.Range(0, 8).Select(i => Advise(Steady(Guaranteed, key: Key($"w{i}"), facts: facts)));
        var report = AdviceReport.Of(advice, [new NodePoolSize(cluster, "apps", "D4", 4, 16e9, 64.0 * (1L << 30))]);
        var total = Assert.Single(report.Namespaces);
        Assert.Equal((8, 8, 16e9), (total.Containers, total.Changed, total.Before.Cpu));
        Assert.Equal(report.MonthlySaving, total.MonthlySaving);
        var pool = Assert.Single(report.Pools);
        Assert.Equal((4, 16e9, 32.0 * (1L << 30)), (pool.Nodes, pool.Before.Cpu, pool.Before.Memory));
        // About 0.1 cores and 0.2 GiB for each of 16 pods: one node is enough, and one stays in any case.
        Assert.InRange(pool.After.Cpu, 1.6e9, 1.9e9);
        Assert.Equal(3, pool.NodesFewer);
    }
}
