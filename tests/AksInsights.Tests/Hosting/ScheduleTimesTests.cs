using AksInsights.Core.Workspaces;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Hosting;

public sealed class ScheduleTimesTests
{
    private static readonly WorkspaceId Workspace = new("w");

    [Fact]
    public void AQueryComesRightAfterItsWindowIsDue()
    {
        // Every 15 minutes, 5 minutes behind: windows that end at 10:00 are due at 10:05.
        var first = ScheduleTimes.First(Samples.Minute(1), Workspace, "pods/crash-loop", TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5));
        Assert.InRange(first, Samples.Minute(5), Samples.Minute(6));
        var next = ScheduleTimes.First(first, Workspace, "pods/crash-loop", TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5));
        Assert.Equal(first.AddMinutes(15), next);
    }

    [Fact]
    public void HundredsOfQueriesDoNotStartInTheSameSecond()
    {
        var starts = Enumerable.Range(0, 600).Select(i => First($"area/query-{i}")).ToList();
        Assert.True(starts.GroupBy(start => start.Ticks / TimeSpan.TicksPerSecond).Max(second => second.Count()) < 40);
        Assert.Equal(starts, Enumerable.Range(0, 600).Select(i => First($"area/query-{i}")));
        static DateTimeOffset First(string query) => ScheduleTimes.First(Samples.Start, Workspace, query, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
    }
}
