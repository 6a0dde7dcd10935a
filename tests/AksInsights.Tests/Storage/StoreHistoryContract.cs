using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>How every store lists what happened; one sealed subclass for each database.</summary>
public abstract class StoreHistoryContract : IAsyncLifetime
{
    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task EventsComeNewestFirstWithWhatTheyHappenedTo()
    {
        await StoreActions.SaveAsync(Store, 0, [Open()]);
        await StoreActions.SaveAsync(Store, 5, [Open(Severity.Warning, "shop")]);
        var events = await EventsAsync(all => all);
        Assert.Equal([Minute(5), Minute(0)], events.Select(e => e.Event.At));
        Assert.Equal((Open().Id, FindingEventKind.Opened, Severity.Error), (events[1].Event.Finding, events[1].Event.Kind, events[1].Event.Severity));
        Assert.Equal((Workspace, Query, Cluster, "shop", "cart restarts"), (events[1].Workspace, events[1].Query, events[1].Cluster, events[1].Namespace, events[1].Title));
    }

    [Fact]
    public async Task PagesOfEventsGoThroughAllOfThemAlsoWithinOneMoment()
    {
        for (var minute = 0; minute < 15; minute += 5) await StoreActions.SaveAsync(Store, minute, [.. Enumerable.Range(0, 4).Select(i => Open(workload: $"w{minute}-{i}"))]);
        var all = await EventsAsync(f => f with { Limit = 100 });
        Assert.Equal(12, all.Count);
        var walked = new List<long>();
        for (EventCursor? place = null; ;)
        {
            var page = await EventsAsync(f => f with { Limit = 5, After = place });
            walked.AddRange(page.Select(e => e.Sequence));
            if (page.Count < 5) break;
            place = new EventCursor(page[^1].Event.At, page[^1].Sequence);
        }

        Assert.Equal(all.Select(e => e.Sequence), walked);
    }

    [Fact]
    public async Task EventsAreNarrowedByTimeKindSeverityAndFinding()
    {
        await StoreActions.SaveAsync(Store, 0, [Open(Severity.Info, "quiet"), Open(Severity.Critical, "loud")]);
        await StoreActions.SaveAsync(Store, 5, [Open(workload: "late")]);
        Assert.Equal(2, (await EventsAsync(f => f with { To = Minute(0) })).Count);
        Assert.Single(await EventsAsync(f => f with { From = Minute(5) }));
        Assert.Empty(await EventsAsync(f => f with { From = Minute(1), To = Minute(4) }));
        Assert.Equal(2, (await EventsAsync(f => f with { MinSeverity = Severity.Error })).Count);
        Assert.Equal(3, (await EventsAsync(f => f with { Kinds = [FindingEventKind.Opened, FindingEventKind.Resolved] })).Count);
        Assert.Empty(await EventsAsync(f => f with { Kinds = [FindingEventKind.Resolved] }));
        Assert.Equal(3, (await EventsAsync(f => f with { Findings = new FindingFilter { Area = "pods", Cluster = Cluster, Namespace = "shop", Workspace = Workspace, Query = Query } })).Count);
        Assert.Empty(await EventsAsync(f => f with { Findings = new FindingFilter { Area = "pod" } }));
        Assert.Empty(await EventsAsync(f => f with { Findings = new FindingFilter { Namespace = "elsewhere" } }));
    }

    [Fact]
    public async Task RunsOfAllQueriesComeInPagesTheLastBegunFirst()
    {
        // Several that began at once are told apart by their windows, queries and workspaces.
        foreach (var workspace in new[] { "a", "b" })
            foreach (var query in new[] { "pods/one", "pods/two" })
                for (var minute = 0; minute < 10; minute += 5) await RunAsync(new WorkspaceId(workspace), new QueryId(query), minute, ranAt: 60);
        await RunAsync(new WorkspaceId("a"), new QueryId("pods/one"), 15, ranAt: 61, EvaluationOutcome.Failed);
        var all = await RunsAsync(f => f with { Limit = 100 });
        Assert.Equal(9, all.Count);
        Assert.Equal(EvaluationOutcome.Failed, all[0].Outcome);
        var walked = new List<EvaluationId>();
        for (RunCursor? place = null; ;)
        {
            var page = await RunsAsync(f => f with { Limit = 2, After = place });
            walked.AddRange(page.Select(record => record.Id));
            if (page.Count < 2) break;
            place = new RunCursor(page[^1].RanAt, page[^1].Id);
        }

        Assert.Equal(all.Select(record => record.Id), walked);
    }

    [Fact]
    public async Task RunsAreNarrowedByWorkspaceQueryOutcomeAndTime()
    {
        await RunAsync(new WorkspaceId("a"), new QueryId("pods/one"), 0, ranAt: 1);
        await RunAsync(new WorkspaceId("b"), new QueryId("pods/one"), 0, ranAt: 2, EvaluationOutcome.NoData);
        await RunAsync(new WorkspaceId("b"), new QueryId("pods/two"), 0, ranAt: 3, EvaluationOutcome.TooMany);
        Assert.Equal(2, (await RunsAsync(f => f with { Workspace = new WorkspaceId("b") })).Count);
        Assert.Equal(2, (await RunsAsync(f => f with { Query = new QueryId("pods/one") })).Count);
        Assert.Equal([EvaluationOutcome.TooMany, EvaluationOutcome.NoData], (await RunsAsync(f => f with { Outcomes = [EvaluationOutcome.NoData, EvaluationOutcome.TooMany] })).Select(r => r.Outcome));
        Assert.Equal([Minute(2)], (await RunsAsync(f => f with { From = Minute(2), To = Minute(2) })).Select(r => r.RanAt));
        Assert.Empty(await RunsAsync(f => f with { Outcomes = [] }));
    }

    [Fact]
    public async Task TheLatestRunIsTheOneWithTheNewestWindowOfEachWorkspace()
    {
        var (one, two, never) = (new QueryId("pods/one"), new QueryId("pods/two"), new QueryId("pods/never"));
        await RunAsync(new WorkspaceId("a"), one, 5, ranAt: 6);
        await RunAsync(new WorkspaceId("a"), one, 0, ranAt: 7, EvaluationOutcome.Superseded);
        await RunAsync(new WorkspaceId("b"), one, 0, ranAt: 8);
        await RunAsync(new WorkspaceId("b"), two, 0, ranAt: 9);
        var latest = await Store.History.LatestRunsAsync([one, never], default);
        Assert.Equal([new EvaluationId(new WorkspaceId("a"), one, Minute(5)), new EvaluationId(new WorkspaceId("b"), one, Minute(0))], latest.Select(record => record.Id));
        Assert.Empty(await Store.History.LatestRunsAsync([], default));
    }

    private Task<IReadOnlyList<RecordedEvent>> EventsAsync(Func<EventFilter, EventFilter> narrow) => Store.History.EventsAsync(narrow(new EventFilter { Limit = 10 }), default);

    private Task<IReadOnlyList<EvaluationRecord>> RunsAsync(Func<RunFilter, RunFilter> narrow) => Store.History.RunsAsync(narrow(new RunFilter { Limit = 10 }), default);

    private Task RunAsync(WorkspaceId workspace, QueryId query, double minute, double ranAt, EvaluationOutcome outcome = EvaluationOutcome.Complete)
    {
        var id = new EvaluationId(workspace, query, Minute(minute));
        var record = new EvaluationRecord { Id = id, Start = Minute(minute - 60), Revision = "r1", Outcome = outcome, RanAt = Minute(ranAt), Took = TimeSpan.Zero };
        return Store.CommitAsync(id, _ => new EvaluationCommit(record, [], [], [], [], []), default);
    }
}
