using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Commands;
using AksInsights.Service.Scanning;
using Xunit.Abstractions;

namespace AksInsights.Tests.Alerts;

/// <summary>A recorded day with outages, replayed: what people would have been told of it.</summary>
public sealed class ReplayToldOnceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EachIncidentIsToldOnceAndItsEndOnceAndNoiseIsATrickle()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var result = await ReplayAsync(store);
        var messages = await store.Outbox.ListAsync(new MessageFilter(Limit: int.MaxValue), default);
        var told = messages.Where(m => m.State == MessageState.Delivered && !AlertScreening.IsUnsent(m)).Select(m => (m.Message.Finding, Body: AlertBody.Parse(m.Message.BodyJson))).ToList();

        Assert.All(told.GroupBy(t => (t.Finding, t.Body.Episode, t.Body.Kind, t.Body.Severity)), same => Assert.Single(same));
        var begun = told.Where(t => t.Body.Kind is FindingEventKind.Opened or FindingEventKind.Reopened).Select(t => (t.Finding!.Value, t.Body.Episode)).ToHashSet();
        var ended = told.Where(t => t.Body.Kind == FindingEventKind.Resolved).Select(t => (t.Finding!.Value, t.Body.Episode)).ToList();
        Assert.All(ended, end => Assert.Contains(end, begun));
        foreach (var (finding, episode) in begun)
        {
            var present = (await store.FindAsync(finding, default))!;
            var isOver = present.Episode > episode || present.Condition == Condition.Resolved;
            Assert.Equal(isOver, ended.Contains((finding, episode)));
        }

        // A crash loop began at night and went on: one message for the workload, not one for each pod and run.
        Assert.Single(told, t => t.Body.Kind == FindingEventKind.Opened && Is(store, t.Finding!.Value, "pods/crash-loop", "orders-worker"));
        var share = 100.0 * result.Messages.Count / result.Rows;
        output.WriteLine($"{result.Messages.Count} messages for {result.Rows} rows: {share:0.0} %");
        // Looked at once an hour, as here, there are a quarter of the rows that a service sees; at its cadence of 15 minutes the share is below 2 %.
        Assert.InRange(share, 0.1, 7.0);
    }

    private static bool Is(SqlFindingStore store, FindingId id, string query, string workload)
    {
        var finding = store.FindAsync(id, default).GetAwaiter().GetResult()!;
        return finding.Query.Value == query && finding.Key["workload"] == workload;
    }

    private static async Task<ReplayResult> ReplayAsync(SqlFindingStore store)
    {
        var folder = Repository.Path("samples", "workspace-demo");
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(folder)).Tables;
        var library = QueryLibrary.Load(Repository.Path("queries"), null);
        var alerts = new AlertTools(AlertSettings.Everything("console"), library.Checks);
        var replay = new WorkspaceReplay(
            clock => new WorkspaceScan(tables, library.Checks, store, clock) { WholeLibrary = LibraryOptions.IdsOf(library.Folder), Announce = alerts.Settings.Policy.Announce }, alerts, store);
        var to = new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero);
        return await replay.RunAsync(RecordedWorkspace.IdOf(folder), to - TimeSpan.FromHours(20), to, TimeSpan.FromHours(1), null, default);
    }
}
