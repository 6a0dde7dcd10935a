using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Rightsizing;

public sealed class WorkspaceSeriesTests
{
    [Fact]
    public async Task ARecordingHasASeriesForEachContainerOfEachPod()
    {
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(
            RecordedWorkspaceTables.Open(Repository.Path("samples", "workspace-demo"), new RecordedWorkspaceOptions())).Tables;
        var now = new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero);
        var workspace = new RecordedWorkspace(new WorkspaceId("demo"), tables, now);
        var answer = Assert.IsType<WorkspaceResult.Complete>(await workspace.QueryAsync(new WorkspaceQuery(WorkspaceSeries.Query), default));
        var series = WorkspaceSeries.Read(answer.Tables[0]);
        Assert.True(series.Count > 50, $"{series.Count} series");
        Assert.All(series, s => Assert.Equal(TimeSpan.FromMinutes(5), s.Interval));
        Assert.Equal(series.Count, series.Select(s => (s.Name, s.Resource)).Distinct().Count());
        var whole = series.First(s => s.Name.StartsWith("platform/gateway-", StringComparison.Ordinal) && s.Resource == ResourceKind.Memory);
        // 26 hours of five minutes; a few polls were lost on the way.
        Assert.InRange(whole.Values.Length, 305, 313);
        Assert.InRange(whole.Values.Count(double.IsNaN), 0, 8);
        Assert.All(whole.Values.Where(double.IsFinite), v => Assert.InRange(v, 1e8, 1e9));
    }
}
