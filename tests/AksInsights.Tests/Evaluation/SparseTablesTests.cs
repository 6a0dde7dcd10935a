using AksInsights.Core.Evaluation;
using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Evaluation;

public class SparseTablesTests
{
    private const string Cluster = "/subscriptions/s1/resourcegroups/rg1/providers/microsoft.containerservice/managedclusters/aks1";
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequiredData Events = new(["KubePodInventory"], TimeSpan.FromMinutes(15)) { Sparse = ["KubeEvents"] };

    [Fact]
    public void AClusterWithoutEventsIsCovered()
    {
        var coverage = Coverage.Of(Events, Health(Fresh(2), new TableHealth.Known([])));
        Assert.Empty(coverage.Troubles);
        Assert.Null(coverage.Doubt(Cluster));
    }

    [Fact]
    public void AClusterWhoseLastEventIsOldIsCovered()
    {
        var coverage = Coverage.Of(Events, Health(Fresh(2), Fresh(600)));
        Assert.Null(coverage.Doubt(Cluster));
    }

    [Fact]
    public void ASparseTableThatIsNotCollectedBlocks()
    {
        var coverage = Coverage.Of(Events, Health(Fresh(2), new TableHealth.Missing()));
        Assert.Equal("KubeEvents", coverage.Blocking?.Table);
    }

    [Fact]
    public void SilenceOfTheOtherTablesStillCounts()
    {
        var coverage = Coverage.Of(Events, Health(Fresh(20), Fresh(1)));
        Assert.NotNull(coverage.Doubt(Cluster));
    }

    private static TableHealth Fresh(int minutesOld) =>
        new TableHealth.Known([new TableFreshness("any", Cluster, Now.AddMinutes(-minutesOld), TimeSpan.FromMinutes(1))]);

    private static WorkspaceHealth Health(TableHealth inventory, TableHealth events) =>
        new(Now, new Dictionary<string, TableHealth> { ["KubePodInventory"] = inventory, ["KubeEvents"] = events });
}
