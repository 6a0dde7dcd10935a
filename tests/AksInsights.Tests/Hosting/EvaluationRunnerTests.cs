using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Hosting;
using AksInsights.Service.Notifications;
using AksInsights.Tests.Evaluation;
using AksInsights.Tests.Findings;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace AksInsights.Tests.Hosting;

/// <summary>Which windows are evaluated when the clock rings, however often and late it does.</summary>
public sealed class EvaluationRunnerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(Samples.Minute(7));
    private readonly RecordedEvaluations _seen = new();
    private SqlFindingStore? _opened;

    private SqlFindingStore Store => _opened ?? throw new InvalidOperationException("The test began before its store was opened.");

    public async Task InitializeAsync() => _opened = await SqlFindingStore.OpenMemoryAsync(_time, default);

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task TheFirstCallEvaluatesTheNewestWindowOnly()
    {
        await RunAsync(Runner());
        // Every 5 minutes, 5 minutes behind the clock.
        Assert.Equal([Samples.Minute(0)], Ends());
    }

    [Fact]
    public async Task NothingIsEvaluatedTwiceHoweverOftenTheClockRings()
    {
        var runner = Runner();
        await RunAsync(runner);
        await RunAsync(runner);
        await RunAsync(Runner());
        Assert.Equal([Samples.Minute(0)], Ends());
        Assert.Single(_seen.Reports);
    }

    [Fact]
    public async Task WhatWasMissedIsMadeUpForInOrderAlsoByAnotherProcess()
    {
        await RunAsync(Runner());
        _time.Now = Samples.Minute(22);
        await RunAsync(Runner());
        Assert.Equal([Samples.Minute(0), Samples.Minute(5), Samples.Minute(10), Samples.Minute(15)], Ends());
        Assert.Empty(_seen.Troubles);
    }

    [Fact]
    public async Task WhatLiesTooFarBackIsSaidAndLeftOut()
    {
        await RunAsync(Runner());
        _time.Now = Samples.Minute(7 + (5 * (EvaluationRunner.MostCaughtUp + 30)));
        await RunAsync(Runner());
        Assert.Equal(["skipped 30"], _seen.Troubles);
        Assert.Equal(1 + EvaluationRunner.MostCaughtUp, Ends().Count);
        Assert.Equal(_time.Now.AddMinutes(-7), Ends()[^1]);
    }

    [Fact]
    public async Task AWindowThatTakesTooLongIsEndedSaidAndTriedAgain()
    {
        var slow = new SlowWorkspace(_time);
        await Runner().RunAsync(Watched(slow), Plans.Plan.Query, default);
        Assert.Equal(["overran 10:00"], _seen.Troubles);
        Assert.Null(await Store.LastWindowAsync(slow.Id, Plans.Plan.Query, default));
        // The clock went on meanwhile.
        await RunAsync(Runner());
        Assert.Equal([Samples.Minute(5)], Ends());
    }

    [Fact]
    public async Task AStoreThatCannotWorkIsSaidAndTriedAgain()
    {
        var broken = Substitute.For<IFindingStore>();
        broken.LastWindowAsync(default, default, default).ThrowsAsyncForAnyArgs(new StoreException(StoreFailure.Full, "The disk is full."));
        await RunAsync(Runner(broken));
        Assert.Equal(["The disk is full."], _seen.Troubles);
        await RunAsync(Runner());
        Assert.Equal([Samples.Minute(0)], Ends());
    }

    private EvaluationRunner Runner(IFindingStore? store = null)
    {
        var mediator = new IsolatingMediator(
            new NotificationHandlers().On<FindingOpened>().On<FindingChanged>().On<FindingResolved>(), failure => Assert.Fail(failure.ToString()));
        return new EvaluationRunner(store ?? Store, new EvaluationCycle(store ?? Store, mediator, _time), _seen, _time);
    }

    private Task RunAsync(EvaluationRunner runner) => runner.RunAsync(Watched(new ScriptedWorkspace(_time.Now)), Plans.Plan.Query, default);

    private static WatchedWorkspace Watched(IWorkspace workspace) => new(workspace, [Plans.Plan], [Plans.Plan.Query]);

    private List<DateTimeOffset> Ends() => [.. _seen.Reports.Select(report => report.Record.Id.End)];

    /// <summary>A workspace whose answer takes longer than anybody waits: asking it moves the clock.</summary>
    private sealed class SlowWorkspace(ManualTime time) : IWorkspace
    {
        public WorkspaceId Id { get; } = new("scripted");

        public DateTimeOffset? AsOf => null;

        public async Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
        {
            var cancelled = new TaskCompletionSource<WorkspaceResult>();
            using var registration = cancellation.Register(() => cancelled.TrySetCanceled(cancellation));
            time.Advance(TimeSpan.FromMinutes(6));
            return await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        }
    }
}
