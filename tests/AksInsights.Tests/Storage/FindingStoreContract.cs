using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Tests.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>What every store does; one sealed subclass for each database.</summary>
public abstract class FindingStoreContract : IAsyncLifetime
{
    private IFindingStore? _store;

    private IFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task AnEmptyStoreHasNothing()
    {
        Assert.Null(await Store.FindEvaluationAsync(Id(0), default));
        Assert.Null(await Store.FindAsync(Open().Id, default));
        Assert.Empty(await Store.ListAsync(new FindingFilter(), default));
        Assert.Empty(await Store.EventsAsync(Open().Id, default));
        Assert.Null(await Store.ChangeAsync(Open().Id, finding => new LifecycleStep(finding, []), default));
    }

    [Fact]
    public async Task AFindingComesBackAsItWentIn()
    {
        var finding = Rich();
        await Save(0, [finding]);
        Same(finding, await Store.FindAsync(finding.Id, default));
        Same(finding, Assert.Single(await Store.ListAsync(new FindingFilter(), default)));
        Same(finding, Assert.Single((await History(5)).Findings));
    }

    [Fact]
    public async Task EveryWorkflowComesBackAsItWentIn()
    {
        Workflow[] all =
        [
            Workflow.New, new Workflow.Acknowledged("ann", Minute(1), null, null), new Workflow.Acknowledged("ann", Minute(1), "on it", Minute(9)),
            new Workflow.Suppressed("ann", Minute(1), "known", Minute(60)), new Workflow.FalsePositive("ann", Minute(1), "a canary"),
        ];
        var findings = all.Select((workflow, i) => Open(workload: $"w{i}") with { Workflow = workflow }).ToArray();
        await Save(0, findings);
        foreach (var finding in findings) Assert.Equal(finding.Workflow, (await Store.FindAsync(finding.Id, default))!.Workflow);
    }

    [Fact]
    public async Task AnEvaluationIsSavedOnce()
    {
        var first = await Save(0, [Open()], events: [Happened(Open())], reason: "because");
        var again = await Store.CommitAsync(Id(0), _ => throw new InvalidOperationException("Nothing is decided twice."), default);
        var done = Assert.IsType<CommitOutcome.AlreadyDone>(again);
        Assert.Equal(first.Record, done.Record);
        Assert.Equal(first.Record, await Store.FindEvaluationAsync(Id(0), default));
        Assert.Single(await Store.EventsAsync(Open().Id, default));
    }

    [Fact]
    public async Task WindowsThatDifferByTheSmallestTimeAreTwoEvaluations()
    {
        await Save(0, []);
        var next = Id(0) with { End = Id(0).End.AddTicks(1) };
        Assert.Null(await Store.FindEvaluationAsync(next, default));
    }

    [Fact]
    public async Task HistoryKnowsTheNewestEvaluationTheNewestGoodRevisionAndWhatIsCovered()
    {
        await Save(0, [], outcome: EvaluationOutcome.Gaps, revision: "one", covered: ["c1"]);
        await Save(5, [], outcome: EvaluationOutcome.Failed, revision: "two");
        await Save(10, [], outcome: EvaluationOutcome.Complete, revision: "three", covered: ["", "c2"]);
        await Save(15, [], outcome: EvaluationOutcome.Failed, revision: "four");
        var history = await History(20);
        Assert.Equal((Minute(15), "three"), (history.LatestEnd!.Value, history.LatestRevision));
        Assert.Equal(["", "c1", "c2"], history.Covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HistoryIsThatOfOneQueryInOneWorkspace()
    {
        await Save(0, [Open()], covered: ["c1"]);
        foreach (var other in new[] { Id(5) with { Query = new QueryId("pods/other") }, Id(5) with { Workspace = new WorkspaceId("other") } })
        {
            var history = await History(other);
            Assert.Null(history.LatestEnd);
            Assert.Null(history.LatestRevision);
            Assert.Empty(history.Covered);
            Assert.Empty(history.Findings);
        }
    }

    [Fact]
    public async Task DataHealthFindingsBelongToTheQueryThatEvaluatesThem()
    {
        var health = Open() with { Query = new QueryId("data-health/query-failed") };
        await Save(0, [health]);
        Assert.Equal("data-health/query-failed", Assert.Single((await History(5)).Findings).Query.Value);
    }

    [Fact]
    public async Task AFindingThatIsFollowedIsKeptButNoLongerTheNewest()
    {
        await Save(0, [Open()]);
        var next = Open() with { Id = new FindingId("00000000000000aa") };
        await Save(5, [next], followed: [Open().Id]);
        Assert.Equal(next.Id, Assert.Single((await History(10)).Findings).Id);
        Assert.Equal(2, (await Store.ListAsync(new FindingFilter(), default)).Count);
    }

    [Fact]
    public async Task ADroppedFindingIsGone()
    {
        await Save(0, [Open(), Open(workload: "other")], events: [Happened(Open())]);
        await Save(5, [], dropped: [Open().Id]);
        Assert.Null(await Store.FindAsync(Open().Id, default));
        Assert.Empty(await Store.EventsAsync(Open().Id, default));
        Assert.Single((await History(10)).Findings);
    }

    [Fact]
    public async Task EventsComeBackInOrderAsTheyWentIn()
    {
        var first = Happened(Open());
        var second = first with { Kind = FindingEventKind.FlappingStarted, Tell = false, Detail = "3 turns", Severity = Severity.Info, Condition = Condition.Clearing };
        await Save(0, [Open()], events: [first, second]);
        await Save(5, [Open()], events: [first with { At = Minute(5), Kind = FindingEventKind.Resolved, Episode = 2 }]);
        var events = await Store.EventsAsync(Open().Id, default);
        Assert.Equal([first, second], events.Take(2));
        Assert.Equal((Minute(5), FindingEventKind.Resolved, 2), (events[2].At, events[2].Kind, events[2].Episode));
    }

    [Fact]
    public async Task AFailureInTheMiddleOfAnEvaluationLeavesNothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Save(0, [Open()], events: [Happened(Open())], covered: ["c1", "c1"]));
        Assert.Null(await Store.FindEvaluationAsync(Id(0), default));
        Assert.Empty(await Store.ListAsync(new FindingFilter(), default));
        Assert.Empty((await History(0)).Covered);
    }

    [Fact]
    public async Task ACancelledEvaluationLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var save = Store.CommitAsync(
            Id(0),
            _ =>
            {
                cancel.Cancel();
                return Commit(0, [Open()]);
            },
            cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => save);
        Assert.Null(await Store.FindEvaluationAsync(Id(0), default));
    }

    [Fact]
    public async Task WhatPeopleSayIsSavedWithItsEvent()
    {
        await Save(0, [Open()]);
        var workflow = new Workflow.Acknowledged("ann", Minute(1), "on it", null);
        var step = await Store.ChangeAsync(Open().Id, finding => WorkflowStep.Apply(finding, workflow, Minute(1), "ann"), default);
        Assert.Equal(workflow, step!.Finding!.Workflow);
        Assert.Equal(workflow, (await Store.FindAsync(Open().Id, default))!.Workflow);
        Assert.Equal(FindingEventKind.Acknowledged, Assert.Single(await Store.EventsAsync(Open().Id, default)).Kind);
    }

    [Fact]
    public async Task PeopleMayStillJudgeAFindingThatIsHistory()
    {
        await Save(0, [Open()]);
        await Save(5, [Open() with { Id = new FindingId("00000000000000aa") }], followed: [Open().Id]);
        await Store.ChangeAsync(Open().Id, finding => WorkflowStep.Apply(finding, new Workflow.FalsePositive("ann", Minute(6), "no"), Minute(6), "ann"), default);
        Assert.Equal("00000000000000aa", Assert.Single((await History(10)).Findings).Id.Value);
    }

    [Fact]
    public async Task ListsRestrictByEveryPartOfTheFilterAndPutTheWorstFirst()
    {
        var warning = Open(Severity.Warning, "a");
        var critical = Open(Severity.Critical, "b");
        var resolved = Open(Severity.Error, "c") with { Condition = Condition.Resolved, ResolveReason = ResolveReason.Cleared };
        await Save(0, [warning, critical, resolved]);

        Assert.Equal([critical.Id, resolved.Id, warning.Id], await Listed(new FindingFilter()));
        Assert.Equal([critical.Id], await Listed(new FindingFilter { Limit = 1 }));
        Assert.Equal([critical.Id, resolved.Id], await Listed(new FindingFilter { MinSeverity = Severity.Error }));
        Assert.Equal([critical.Id, warning.Id], await Listed(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }));
        Assert.Equal(3, (await Listed(new FindingFilter { Workspace = Samples.Workspace, Query = Samples.Query, Cluster = Samples.Cluster })).Length);
        Assert.Empty(await Listed(new FindingFilter { Workspace = new WorkspaceId("other") }));
        Assert.Empty(await Listed(new FindingFilter { Query = new QueryId("pods/other") }));
        Assert.Empty(await Listed(new FindingFilter { Cluster = "' OR 1=1 --" }));
    }

    [Fact]
    public async Task AListIsReadPageByPageInItsOwnOrderWhateverItIsNarrowedTo()
    {
        var keys = from query in new[] { "pods/b", "pods/a" } from cluster in new[] { "/c2", null, "/c1" } from workload in new[] { "x", "y" } select (query, cluster, workload);
        var findings = keys.Select((k, i) => Open((Severity)(i % 4), k.workload) with
        {
            Id = new FindingId($"{i * 7 % 12:x16}"),
            Query = new QueryId(k.query),
            Key = Samples.Key(k.workload, k.cluster),
            Fingerprint = Fingerprint.Of(new QueryId(k.query), 1, Samples.Key(k.workload, k.cluster)),
        }).ToArray();
        await Save(0, findings);
        var ordered = findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Query.Value, StringComparer.Ordinal)
            .ThenBy(f => f.Key.Cluster ?? "", StringComparer.Ordinal).ThenBy(f => f.Id.Value, StringComparer.Ordinal).ToArray();
        var all = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] };
        await Pages(all, ordered);
        await Pages(new FindingFilter(), ordered);
        await Pages(all with { MinSeverity = Severity.Warning }, ordered.Where(f => f.Severity >= Severity.Warning));
        await Pages(all with { Query = new QueryId("pods/a") }, ordered.Where(f => f.Query.Value == "pods/a"));
        await Pages(all with { Cluster = "/c1" }, ordered.Where(f => f.Key.Cluster == "/c1"));
        await Pages(all with { Namespace = "shop", Query = new QueryId("pods/b"), Cluster = "/c2" }, ordered.Where(f => f.Query.Value == "pods/b" && f.Key.Cluster == "/c2"));
        await Pages(all with { Namespace = "other" }, []);
    }

    [Fact]
    public async Task AListIsNarrowedByAreaWordsAndWhatPeopleSaidAndComesInOtherOrders()
    {
        var old = Open(Severity.Warning, "orders_db") with { EpisodeSince = Minute(-90) };
        var young = Open(Severity.Error, "ordersXdb") with { EpisodeSince = Minute(-1), Workflow = new Workflow.Acknowledged("ann", Minute(0), null, null) };
        var between = Open(Severity.Critical, "100%") with { EpisodeSince = Minute(-30) };
        await Save(0, [old, young, between]);

        Assert.Equal([young.Id, between.Id, old.Id], await Listed(new FindingFilter { Order = FindingOrder.NewestFirst }));
        Assert.Equal([old.Id, between.Id, young.Id], await Listed(new FindingFilter { Order = FindingOrder.OldestFirst }));
        Assert.Equal([between.Id], await Listed(new FindingFilter { Order = FindingOrder.OldestFirst, Skip = 1, Limit = 1 }));
        Assert.Equal([young.Id, old.Id], await Listed(new FindingFilter { Skip = 1 }));
        Assert.Equal([old.Id], await Listed(new FindingFilter { MaxSeverity = Severity.Warning }));
        Assert.Equal([young.Id], await Listed(new FindingFilter { Workflow = WorkflowKind.Acknowledged }));
        Assert.Equal(2, (await Listed(new FindingFilter { Workflow = WorkflowKind.New })).Length);
        Assert.Equal(3, (await Listed(new FindingFilter { Area = "pods" })).Length);
        Assert.Empty(await Listed(new FindingFilter { Area = "pod" }));
        // What means something in LIKE stands for itself.
        Assert.Equal([old.Id], await Listed(new FindingFilter { Words = ["ORDERS_DB"] }));
        Assert.Equal([between.Id], await Listed(new FindingFilter { Words = ["0%", "restarts"] }));
        Assert.Empty(await Listed(new FindingFilter { Words = ["orders", "100"] }));
        Assert.Equal(2, (await Store.CountAsync(new FindingFilter { Words = ["orders"] }, default)).Values.Sum());
        // What is open is counted by numbers that are kept, but not of these.
        Condition[] present = [Condition.Open, Condition.Clearing];
        Assert.Equal(2, (await Store.CountAsync(new FindingFilter { Words = ["orders"], Conditions = present }, default)).Values.Sum());
        Assert.Equal(2, (await Store.CountAsync(new FindingFilter { Workflow = WorkflowKind.New, Conditions = present }, default)).Values.Sum());
    }

    [Fact]
    public async Task AFindingIsFoundByTheBeginningOfItsId()
    {
        FindingId[] ids = [new("00000000000000aa"), new("00000000000000ab"), new("f000000000000000")];
        await Save(0, [.. ids.Select((id, i) => Open(workload: $"w{i}") with { Id = id })]);
        Assert.Equal(ids[..2], (await Listed(new FindingFilter { IdPrefix = "00000000000000a" })).Order(Comparer<FindingId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
        Assert.Equal([ids[2]], await Listed(new FindingFilter { IdPrefix = "f" }));
        Assert.Empty(await Listed(new FindingFilter { IdPrefix = "%" }));
    }

    [Fact]
    public async Task KeptNumbersAreThoseThatCountingGives()
    {
        var random = new Random(20261128);
        var findings = Enumerable.Range(0, 40).Select(i => Open((Severity)(i % 4), $"w{i}")).ToArray();
        for (var minute = 0; minute < 100; minute += 5)
        {
            // Whatever may become of a finding: new, worse, clearing, over, back again.
            for (var i = 0; i < findings.Length; i++)
            {
                if (random.Next(3) == 0) findings[i] = findings[i] with { Condition = (Condition)random.Next(1, 4), Severity = (Severity)random.Next(4) };
                findings[i] = findings[i] with { LastSeen = Minute(minute), LastEvaluated = Minute(minute) };
            }

            await Save(minute, [.. findings.Where(_ => random.Next(2) == 0)]);
            var present = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] };
            foreach (var filter in new[] { present, present with { MinSeverity = Severity.Error }, present with { Area = "pods" }, present with { Query = Query, Cluster = Cluster, Workspace = Workspace }, present with { Area = "nodes" } })
            {
                var listed = (await Store.ListAsync(filter, default)).CountBy(finding => finding.Severity).OrderBy(c => c.Key).Select(c => (c.Key, (long)c.Value));
                Assert.Equal(listed, (await Store.CountAsync(filter, default)).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
            }
        }
    }

    [Fact]
    public async Task MatchesAreCountedBySeverity()
    {
        await Save(0, [Open(Severity.Critical, "a"), Open(Severity.Warning, "b"), Open(Severity.Warning, "c"), Open(Severity.Info, "d") with { Condition = Condition.Pending }]);
        var present = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing], Limit = 1 };
        Assert.Equal([(Severity.Warning, 2L), (Severity.Critical, 1L)], (await Store.CountAsync(present, default)).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
        Assert.Equal(1, Assert.Single(await Store.CountAsync(new FindingFilter { MinSeverity = Severity.Error }, default)).Value);
    }

    [Fact]
    public async Task RivalsForOneEvaluationSaveItOnce()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.CommitAsync(Id(0), _ => Commit(0, [Open()]), default))));
        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.Equal(7, outcomes.OfType<CommitOutcome.AlreadyDone>().Count());
    }

    private static EvaluationId Id(double minute) => new(Samples.Workspace, Samples.Query, Minute(minute));

    private static FindingEvent Happened(Finding finding) =>
        new(finding.Id, Minute(0), FindingEventKind.Opened, 1, finding.Severity, Condition.Open, Tell: true);

    /// <summary>A finding with every optional part.</summary>
    private static Finding Rich() => Open() with
    {
        Content = new FindingContent(
            "naïve 🚀 \"quoted\"", null, [new Measure("a", 0.1, "cores"), new Measure("b", null, "bytes")], [new EvidenceItem("x", """{"y":[1,null,"z"]}""")]),
        Condition = Condition.Clearing,
        ConditionSince = Minute(1).AddTicks(7),
        Workflow = new Workflow.Suppressed("ann", Minute(2), "known", Minute(60)),
        Episode = 3,
        EpisodeSince = Minute(1),
        SeenCount = 12,
        Lower = new LowerSeverity(1, Severity.Info),
        Turns = [Minute(1), Minute(2)],
        FlappingSince = Minute(3),
        NoData = new NoDataOverlay(Minute(4), "The query failed."),
        Baseline = true,
    };

    private static void Same(Finding expected, Finding? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Content.Measures, actual.Content.Measures);
        Assert.Equal(expected.Content.Evidence, actual.Content.Evidence);
        Assert.Equal(expected.Turns, actual.Turns);
        var content = actual.Content with { Measures = expected.Content.Measures, Evidence = expected.Content.Evidence };
        Assert.Equal(expected, actual with { Content = content, Turns = expected.Turns });
    }

    private static EvaluationCommit Commit(double minute, IReadOnlyList<Finding> changed) => new(
        new EvaluationRecord
        {
            Id = Id(minute),
            Start = Minute(minute - 60),
            Revision = "r1",
            Outcome = EvaluationOutcome.Complete,
            Rows = 3,
            Events = 1,
            RanAt = Minute(minute + 5),
            Took = TimeSpan.FromMilliseconds(12),
        },
        changed,
        [],
        [],
        [],
        []);

    private async Task<EvaluationCommit> Save(
        double minute,
        IReadOnlyList<Finding> changed,
        IReadOnlyList<FindingEvent>? events = null,
        IReadOnlyList<FindingId>? followed = null,
        IReadOnlyList<FindingId>? dropped = null,
        IReadOnlyList<string>? covered = null,
        EvaluationOutcome outcome = EvaluationOutcome.Complete,
        string revision = "r1",
        string? reason = null)
    {
        var plain = Commit(minute, changed);
        var commit = plain with
        {
            Record = plain.Record with { Outcome = outcome, Revision = revision, Reason = reason },
            Events = events ?? [],
            Followed = followed ?? [],
            Dropped = dropped ?? [],
            Covered = covered ?? [],
        };
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(Id(minute), _ => commit, default));
        return commit;
    }

    private Task<EvaluationHistory> History(double minute) => History(Id(minute));

    /// <summary>What an evaluation is told, learned by one that is given up.</summary>
    private async Task<EvaluationHistory> History(EvaluationId id)
    {
        EvaluationHistory? seen = null;
        var look = Store.CommitAsync(
            id,
            history =>
            {
                seen = history;
                throw new OperationCanceledException();
            },
            default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        return seen!;
    }

    /// <summary>Reads a list in pages of every size, each from behind the last finding of the one before.</summary>
    private async Task Pages(FindingFilter filter, IEnumerable<Finding> expected)
    {
        var ids = expected.Select(f => f.Id).ToArray();
        for (var size = 1; size <= ids.Length + 1; size += 2)
        {
            var read = new List<Finding>();
            IReadOnlyList<Finding> page;
            do
            {
                page = await Store.ListAsync(filter with { Limit = size, After = read.Count == 0 ? null : FindingCursor.Of(read[^1]) }, default);
                read.AddRange(page);
            }
            while (page.Count == size);

            Assert.Equal(ids, read.Select(f => f.Id));
        }
    }

    private async Task<FindingId[]> Listed(FindingFilter filter) => [.. (await Store.ListAsync(filter, default)).Select(finding => finding.Id)];
}
