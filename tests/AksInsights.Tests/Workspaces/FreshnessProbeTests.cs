using AksInsights.Core.Workspaces;
using AksInsights.Tests.Evaluation;

namespace AksInsights.Tests.Workspaces;

public sealed class FreshnessProbeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private readonly ScriptedWorkspace _workspace = new(Now);

    [Fact]
    public async Task ItSaysHowFreshEachClusterIsAndHowOftenItWrites()
    {
        _workspace.Fresh("Perf", (ScriptedWorkspace.C1, 3));
        var health = await new FreshnessProbe(_workspace).MeasureAsync(["Perf"], Now, default);
        var known = Assert.IsType<TableHealth.Known>(health.Tables["Perf"]);
        Assert.Equal(new TableFreshness("Perf", ScriptedWorkspace.C1, Now.AddMinutes(-3), TimeSpan.FromMinutes(1)), Assert.Single(known.Clusters));
        Assert.Equal([ScriptedWorkspace.C1, ScriptedWorkspace.C2], health.Clusters);
    }

    [Fact]
    public async Task OneMomentHasNoInterval()
    {
        _workspace.FreshnessOf(
            "Perf",
            new WorkspaceResult.Complete([Results.Table("cluster:string newest:datetime oldest:datetime moments:long", [ScriptedWorkspace.C1, Now, Now, 1])], []));
        var health = await new FreshnessProbe(_workspace).MeasureAsync(["Perf"], Now, default);
        Assert.Null(((TableHealth.Known)health.Tables["Perf"]).Clusters[0].Interval);
    }

    [Fact]
    public async Task ATableIsMeasuredOnceForAMoment()
    {
        var probe = new FreshnessProbe(_workspace);
        await probe.MeasureAsync(["KubeNodeInventory"], Now, default);
        await probe.MeasureAsync([FreshnessProbe.HeartbeatTable, "KubeNodeInventory"], Now, default);
        Assert.Equal(2, _workspace.Asked.Count);
        await probe.MeasureAsync(["KubeNodeInventory"], Now.AddMinutes(5), default);
        Assert.Equal(4, _workspace.Asked.Count);
    }

    [Fact]
    public async Task WhatCouldNotBeMeasuredIsAskedAgain()
    {
        var probe = new FreshnessProbe(_workspace);
        _workspace.FreshnessOf("Perf", new WorkspaceResult.Failed(FailureKind.Throttled, "Too many.", []));
        Assert.Equal(new TableHealth.Unknown("Too many."), (await probe.MeasureAsync(["Perf"], Now, default)).Tables["Perf"]);
        _workspace.Fresh("Perf", (ScriptedWorkspace.C1, 1));
        Assert.IsType<TableHealth.Known>((await probe.MeasureAsync(["Perf"], Now, default)).Tables["Perf"]);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsMissing() =>
        Assert.IsType<TableHealth.Missing>((await new FreshnessProbe(_workspace).MeasureAsync(["Perf"], Now, default)).Tables["Perf"]);

    [Fact]
    public void TablesWithoutAClusterColumnOfTheirOwnAreToldApartByTheirResource()
    {
        Assert.DoesNotContain("ClusterId", FreshnessProbe.QueryText("Perf", Now, Now), StringComparison.Ordinal);
        Assert.Contains("ClusterId", FreshnessProbe.QueryText("KubePodInventory", Now, Now), StringComparison.Ordinal);
        Assert.Contains("datetime(2026-01-05T10:00:00.0000000Z)", FreshnessProbe.QueryText("Perf", Now, Now), StringComparison.Ordinal);
    }
}
