using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Tests.Evaluation;
using static AksInsights.Tests.Evaluation.ScriptedWorkspace;

namespace AksInsights.Tests.Workspaces;

public sealed class InventoryProbeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private readonly ScriptedWorkspace _workspace = new(Now);

    [Theory]
    [InlineData("Deployment", 15, false)]
    [InlineData("Deployment", 17, true)]
    [InlineData("CronJob", 17, false)]
    [InlineData("HorizontalPodAutoscaler", 17, false)]
    public async Task APodlessWorkloadIsGoneAfterAQuarterOfAnHour(string kind, double minutes, bool gone)
    {
        _workspace.Workloads((C1, "shop", kind, "cart", minutes), (C1, "shop", "Deployment", "other", 1));
        Assert.Equal(gone, (await MeasureAsync()).IsGone(Workload(C1, kind, "cart")));
    }

    [Fact]
    public async Task WhatWasNeverSeenIsGone()
    {
        _workspace.Workloads((C1, "shop", "Deployment", "other", 1));
        var inventory = await MeasureAsync();
        Assert.True(inventory.IsGone(Workload(C1, "Deployment", "cart")));
        Assert.False(inventory.IsGone(Workload(C1, "Deployment", "other")));
        Assert.False(inventory.IsGone(Workload(C2, "Deployment", "cart")));
        Assert.False(inventory.IsGone(new FindingKey([new("cluster", C1), new("node", "node1")])));
    }

    [Fact]
    public async Task AClusterThatWentSilentIsNotJudged()
    {
        _workspace.Fresh("KubePodInventory", (C1, 16), (C2, 1));
        _workspace.Workloads((C1, "shop", "Deployment", "other", 16));
        Assert.False((await MeasureAsync()).IsGone(Workload(C1, "Deployment", "cart")));
    }

    [Fact]
    public async Task SlowSnapshotsNeedMorePatience()
    {
        var answer = Results.Table("cluster:string newest:datetime oldest:datetime moments:long", [C1, Now, Now.AddMinutes(-100), 11]);
        _workspace.FreshnessOf("KubePodInventory", new WorkspaceResult.Complete([answer], []));
        _workspace.Workloads((C1, "shop", "Deployment", "cart", 30), (C1, "shop", "Deployment", "old", 31), (C1, "shop", "Deployment", "other", 0));
        var inventory = await MeasureAsync();
        Assert.False(inventory.IsGone(Workload(C1, "Deployment", "cart")));
        Assert.True(inventory.IsGone(Workload(C1, "Deployment", "old")));
    }

    private static FindingKey Workload(string cluster, string kind, string name) =>
        new([new("cluster", cluster), new("namespace", "shop"), new("workloadKind", kind), new("workload", name)]);

    private async Task<SubjectInventory> MeasureAsync()
    {
        var probe = new FreshnessProbe(_workspace);
        return await probe.SubjectsAsync(await probe.MeasureAsync([], Now, default), default);
    }
}
