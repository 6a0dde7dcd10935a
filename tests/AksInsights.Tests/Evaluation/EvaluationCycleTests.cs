using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;
using static AksInsights.Tests.Evaluation.ScriptedWorkspace;

namespace AksInsights.Tests.Evaluation;

/// <summary>The heart against a real store and a workspace whose answers are written down.</summary>
public sealed class EvaluationCycleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly object?[] Cart = [C1, "shop", "cart", 3];
    private static readonly object?[] Other = [C2, "shop", "cart", 5];

    private readonly ScriptedWorkspace _workspace = new(Start);
    private readonly ManualTime _time = new(Start);
    private readonly TransitionTally _tally = new();
    private EvaluationPlan _plan = Plans.Plan;
    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    public async Task InitializeAsync() => _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task TheFirstGoodLookAtAClusterIsABaseline()
    {
        var report = await RunAsync(0, Rows(Cart));
        Assert.Equal((EvaluationOutcome.Complete, false, 1, 1), (report.Record.Outcome, report.AlreadyDone, report.Record.Rows, report.Record.Events));
        var finding = Assert.Single(await OpenAsync());
        Assert.True(finding.Baseline);
        Assert.False(Assert.Single(await Store.EventsAsync(finding.Id, default)).Tell);
        Assert.Equal(1, _tally[FindingEventKind.Opened]);
    }

    [Fact]
    public async Task WhatComesAfterTheBaselineIsTold()
    {
        await RunAsync(0, Rows());
        await RunAsync(5, Rows(Cart));
        var finding = Assert.Single(await OpenAsync());
        Assert.True(finding.Told);
        Assert.True(Assert.Single(await Store.EventsAsync(finding.Id, default)).Tell);
    }

    [Fact]
    public async Task ANewClusterHasABaselineOfItsOwn()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1));
        _workspace.Fresh("KubeNodeInventory", (C1, 1));
        await RunAsync(0, Rows());
        Freshen(5);
        await RunAsync(5, Rows(Cart, Other));
        Assert.Equal([(C1, false), (C2, true)], (await OpenAsync()).Select(f => (f.Key.Cluster!, f.Baseline)));
    }

    [Fact]
    public async Task RunningTheSameWindowAgainChangesNothingAndAsksNobody()
    {
        await RunAsync(0, Rows());
        var first = await RunAsync(5, Rows(Cart));
        var before = (await OpenAsync()).Single();
        var asked = _workspace.Asked.Count;
        var again = await RunAsync(5, Rows(Other));
        Assert.True(again.AlreadyDone);
        Assert.Equal(first.Record, again.Record);
        Assert.Equal(asked, _workspace.Asked.Count);
        Assert.Equal(before.Id, (await OpenAsync()).Single().Id);
        Assert.Single(await Store.EventsAsync(before.Id, default));
        Assert.Equal(1, _tally[FindingEventKind.Opened]);
    }

    [Fact]
    public async Task AnOlderWindowChangesNothing()
    {
        await RunAsync(10, Rows(Cart));
        var report = await RunAsync(5, Rows(Other));
        Assert.Equal(EvaluationOutcome.Superseded, report.Record.Outcome);
        Assert.Contains("newer window", report.Record.Reason, StringComparison.Ordinal);
        Assert.Equal(C1, Assert.Single(await OpenAsync()).Key.Cluster);
    }

    [Fact]
    public async Task AFindingThatIsGoneClearsAndResolves()
    {
        await RunAsync(0, Rows(Cart));
        await RunAsync(5, Rows());
        Assert.Equal(Condition.Clearing, Assert.Single(await AllAsync()).Condition);
        await RunAsync(20, Rows());
        Assert.Equal((Condition.Resolved, ResolveReason.Cleared), ((await AllAsync())[0].Condition, (await AllAsync())[0].ResolveReason));
        Assert.Equal(1, _tally[FindingEventKind.Resolved]);
    }

    public static TheoryData<WorkspaceResult, EvaluationOutcome, string> Failures => new()
    {
        { new WorkspaceResult.Failed(FailureKind.BadQuery, "It is wrong.", []), EvaluationOutcome.Failed, "data-health/query-failed" },
        { new WorkspaceResult.Failed(FailureKind.Transient, "It is away.", []), EvaluationOutcome.Failed, "data-health/query-failed" },
        { new WorkspaceResult.Partial([Results.Table(Plans.Columns)], "It was cut off."), EvaluationOutcome.Partial, "data-health/partial-result" },
        { new WorkspaceResult.NoData(["Perf"], "It is not there."), EvaluationOutcome.NoData, "data-health/query-failed" },
        { new WorkspaceResult.Complete([Results.Table("cluster:string")], []), EvaluationOutcome.Failed, "data-health/query-failed" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task AnAnswerThatIsNotWholeChangesNothingAndRaisesOneFinding(WorkspaceResult answer, EvaluationOutcome outcome, string health)
    {
        await RunAsync(0, Rows(Cart, Other));
        var report = await RunAsync(5, answer);
        Assert.Equal(outcome, report.Record.Outcome);
        Assert.NotNull(report.Record.Reason);
        await RunAsync(60, answer);

        var open = await OpenAsync();
        var trouble = Assert.Single(open, f => f.Query.Value == health);
        Assert.Equal(("pods/crash-loop", null), (trouble.Key["check"], trouble.Key.Cluster));
        Assert.Equal(3, open.Count);
        Assert.All(open.Where(f => f.Query == _plan.Query), f => Assert.NotNull(f.NoData));

        await RunAsync(65, Rows(Cart, Other));
        open = await OpenAsync();
        Assert.Equal(2, open.Count);
        Assert.All(open, f => Assert.Null(f.NoData));
        Assert.Equal(Condition.Resolved, (await Store.FindAsync(trouble.Id, default))!.Condition);
    }

    [Fact]
    public async Task AStaleClusterIsLeftAloneWhileTheOthersGoOn()
    {
        await RunAsync(0, Rows(Cart, Other));
        Freshen(20, (C1, 1), (C2, 21));
        var report = await RunAsync(20, Rows());
        Assert.Equal(EvaluationOutcome.Gaps, report.Record.Outcome);
        Freshen(40, (C1, 1), (C2, 41));
        await RunAsync(40, Rows());

        var all = await AllAsync();
        Assert.Equal(Condition.Resolved, all.Single(f => f.Key.Cluster == C1 && f.Query == _plan.Query).Condition);
        var left = all.Single(f => f.Key.Cluster == C2 && f.Query == _plan.Query);
        Assert.Equal(Condition.Open, left.Condition);
        Assert.Contains("limit is 15 minutes", left.NoData!.Reason, StringComparison.Ordinal);

        Freshen(45);
        await RunAsync(45, Rows(Other));
        Assert.Null((await Store.FindAsync(left.Id, default))!.NoData);
    }

    [Fact]
    public async Task ATableThatOneClusterDoesNotWriteIsMissingThereOnly()
    {
        _plan = _plan with { Requires = _plan.Requires with { Tables = ["Perf"] } };
        _workspace.Fresh("Perf", (C1, 1));
        Assert.Equal(EvaluationOutcome.Gaps, (await RunAsync(0, Rows(Cart, Other))).Record.Outcome);
        Assert.Equal([("pods/crash-loop", C1)], (await OpenAsync()).Select(f => (f.Query.Value, f.Key.Cluster!)));
    }

    [Fact]
    public async Task AMissingTableMeansNoDataAndTheQueryIsNotRun()
    {
        _workspace.FreshnessOf("KubePodInventory", new WorkspaceResult.NoData(["KubePodInventory"], "It is not there."));
        var report = await RunAsync(0, Rows(Cart));
        Assert.Equal(EvaluationOutcome.NoData, report.Record.Outcome);
        Assert.Contains("does not have the table KubePodInventory", report.Record.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_workspace.Asked, query => query.Text == _plan.Bind(Window(0)));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task AnEmptyTableMeansNoDataToo()
    {
        _workspace.Fresh("KubePodInventory");
        Assert.Equal(EvaluationOutcome.NoData, (await RunAsync(0, Rows())).Record.Outcome);
    }

    [Fact]
    public async Task ATableOfEventsMayBeEmpty()
    {
        _plan = _plan with { Requires = new RequiredData(["KubeEvents"], null) };
        _workspace.Fresh("KubeEvents");
        Assert.Equal(EvaluationOutcome.Complete, (await RunAsync(0, Rows(Cart))).Record.Outcome);
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task FreshnessThatCannotBeMeasuredLeavesEverythingAlone()
    {
        await RunAsync(0, Rows(Cart));
        _workspace.Now = Start.AddMinutes(30);
        _workspace.FreshnessOf("KubePodInventory", new WorkspaceResult.Failed(FailureKind.Throttled, "Too many queries.", []));
        Assert.Equal(EvaluationOutcome.Failed, (await RunAsync(30, Rows())).Record.Outcome);
        Assert.Contains("Too many queries.", Assert.Single(await OpenAsync()).NoData!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkloadWithoutPodsIsGoneRatherThanWell()
    {
        _plan = _plan with { KeyColumns = ["cluster", "namespace", "workloadKind", "workload"] };
        object?[] cart = [C1, "shop", "cart", 3];
        await RunAsync(0, KindRows(cart));
        _workspace.Workloads((C1, "shop", "Deployment", "cart", 14), (C1, "shop", "Deployment", "other", 1));
        await RunAsync(5, KindRows());
        Assert.Equal(Condition.Clearing, Assert.Single(await AllAsync()).Condition);
        _workspace.Workloads((C1, "shop", "Deployment", "cart", 18), (C1, "shop", "Deployment", "other", 1));
        await RunAsync(10, KindRows());
        Assert.Equal(ResolveReason.SubjectGone, Assert.Single(await AllAsync()).ResolveReason);
    }

    [Fact]
    public async Task AClusterThatIsForgottenForAWeekTakesItsFindingsWithIt()
    {
        const int day = 24 * 60;
        await RunAsync(0, Rows(Cart, Other));
        foreach (var minute in new[] { 2 * day, 7 * day })
        {
            _workspace.Now = Start.AddMinutes(minute);
            _workspace.Fresh("KubeNodeInventory", (C1, 1));
            _workspace.Fresh("KubePodInventory", (C1, 1));
            var left = (await AllAsync()).Single(f => f.Key.Cluster == C2);
            Assert.Equal(Condition.Open, left.Condition);
            await RunAsync(minute, Rows(Cart));
        }

        Assert.Equal(ResolveReason.SubjectGone, (await AllAsync()).Single(f => f.Key.Cluster == C2).ResolveReason);
        Assert.Equal(Condition.Open, (await AllAsync()).Single(f => f.Key.Cluster == C1).Condition);
    }

    [Fact]
    public async Task QueriesThatALibraryNoLongerHasAreRetired()
    {
        await RunAsync(0, Rows(Cart));
        await Cycle().RetireMissingAsync(_workspace.Id, [_plan.Query], Start, default);
        Assert.Single(await OpenAsync());
        await Cycle().RetireMissingAsync(_workspace.Id, [new QueryId("pods/other")], Start, default);
        Assert.Equal(ResolveReason.RuleRemoved, Assert.Single(await AllAsync()).ResolveReason);
    }

    [Fact]
    public async Task MoreThanTheLimitChangesNothing()
    {
        await RunAsync(0, Rows(Cart));
        _plan = _plan with { Lifecycle = _plan.Lifecycle with { MaxFindings = 1 } };
        var report = await RunAsync(5, Rows(Cart, Other));
        Assert.Equal(EvaluationOutcome.TooMany, report.Record.Outcome);
        Assert.Equal(["data-health/too-many-findings", "pods/crash-loop"], (await OpenAsync()).Select(f => f.Query.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OneTroubleReplacesAnother()
    {
        await RunAsync(0, Rows());
        await RunAsync(5, new WorkspaceResult.Partial([Results.Table(Plans.Columns)], "It was cut off."));
        await RunAsync(10, new WorkspaceResult.Failed(FailureKind.TimedOut, "It took too long.", []));
        Assert.Equal("data-health/query-failed", Assert.Single(await OpenAsync()).Query.Value);
        Assert.Equal(ResolveReason.Replaced, (await AllAsync()).Single(f => f.Query.Value == "data-health/partial-result").ResolveReason);
    }

    [Fact]
    public async Task AFindingThatAChangedQueryNoLongerSeesIsOutOfScope()
    {
        await RunAsync(0, Rows(Cart));
        _plan = _plan with { Revision = "r2" };
        await RunAsync(5, Rows(Other));
        var all = await AllAsync();
        Assert.Equal(ResolveReason.OutOfScope, all.Single(f => f.Key.Cluster == C1).ResolveReason);
        Assert.Equal(Condition.Open, all.Single(f => f.Key.Cluster == C2).Condition);
    }

    [Fact]
    public async Task ARetiredQueryTakesItsFindingsAndItsTroublesWithIt()
    {
        await RunAsync(0, Rows(Cart));
        await RunAsync(5, new WorkspaceResult.Failed(FailureKind.BadQuery, "It is wrong.", []));
        await Cycle().RetireAsync(_workspace.Id, _plan.Query, Start.AddMinutes(6), default);
        Assert.Empty(await OpenAsync());
        Assert.All(await AllAsync(), f => Assert.Equal(ResolveReason.RuleRemoved, f.ResolveReason));
    }

    [Fact]
    public async Task WhatPeopleSayWhileAQueryRunsIsNotLost()
    {
        await RunAsync(0, Rows(Cart));
        var id = (await OpenAsync()).Single().Id;
        var saying = new Workflow.Acknowledged("ann", Start, null, null);
        var plan = _plan with
        {
            Bind = window =>
            {
                Store.ChangeAsync(id, finding => WorkflowStep.Apply(finding, saying, Start, "ann"), default).GetAwaiter().GetResult();
                return "KubePodInventory";
            },
        };
        _workspace.Answer = Rows(Cart);
        await Cycle().RunAsync(plan, _workspace, new FreshnessProbe(_workspace), Window(5), default);
        Assert.Equal(saying, (await Store.FindAsync(id, default))!.Workflow);
    }

    [Fact]
    public async Task ACancelledEvaluationIsAsIfItHadNeverBegun()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Cycle().RunAsync(_plan, _workspace, new FreshnessProbe(_workspace), Window(0), cancel.Token));
        Assert.Null(await Store.FindEvaluationAsync(new EvaluationId(_workspace.Id, _plan.Query, Start), default));
    }

    private static EvaluationWindow Window(double minute) => EvaluationWindow.EndingAt(Start.AddMinutes(minute), Plans.Schedule);

    private EvaluationCycle Cycle()
    {
        var handlers = new NotificationHandlers().On<FindingOpened>(_tally).On<FindingChanged>(_tally).On<FindingResolved>(_tally);
        return new EvaluationCycle(Store, new IsolatingMediator(handlers, error => throw error), _time);
    }

    private static WorkspaceResult KindRows(params object?[][] rows) => new WorkspaceResult.Complete(
        [Results.Table(Plans.Columns + " workloadKind:string", [.. rows.Select(row => (object?[])[.. row, "Deployment"])])], []);

    private async Task<EvaluationReport> RunAsync(double minute, WorkspaceResult answer)
    {
        if (_workspace.Now < Start.AddMinutes(minute)) Freshen(minute);
        _workspace.Answer = answer;
        return await Cycle().RunAsync(_plan, _workspace, new FreshnessProbe(_workspace), Window(minute), default);
    }

    /// <summary>Moves the workspace's time on, both clusters having just written rows unless told otherwise.</summary>
    private void Freshen(double minute, params (string Cluster, double MinutesOld)[] pods)
    {
        _workspace.Now = Start.AddMinutes(minute);
        _workspace.Fresh("KubeNodeInventory", (C1, 1), (C2, 1));
        _workspace.Fresh("KubePodInventory", pods.Length == 0 ? [(C1, 1), (C2, 1)] : pods);
    }

    private async Task<IReadOnlyList<Finding>> OpenAsync() => await Store.ListAsync(new FindingFilter { Conditions = [Condition.Open] }, default);

    private async Task<IReadOnlyList<Finding>> AllAsync() => await Store.ListAsync(new FindingFilter(), default);
}
