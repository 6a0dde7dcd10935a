using System.Collections.Concurrent;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Hosting;

/// <summary>Does what is due of one query in one workspace: the windows since the last, in order, and each once for ever. Safe for concurrent use.</summary>
/// <remarks>Whether a window was done is a row of the store, so it does not matter which process runs it, or how often it is asked to.</remarks>
internal sealed class EvaluationRunner
{
    /// <summary>At most this many windows are made up for after a pause; what lies before them is said and left out.</summary>
    public const int MostCaughtUp = 12;

    /// <summary>How often the data themselves are looked at.</summary>
    public static readonly TimeSpan CollectionEvery = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CollectionOffset = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromMinutes(1);

    private readonly IFindingStore _store;
    private readonly EvaluationCycle _cycle;
    private readonly IEvaluationObserver _observer;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(WorkspaceId Workspace, QueryId Query), DateTimeOffset> _done = new();

    /// <summary>Makes a runner.</summary>
    /// <param name="store">What was done.</param>
    /// <param name="cycle">Does one window.</param>
    /// <param name="observer">Told of what happens, for logs and metrics.</param>
    /// <param name="time">The clock.</param>
    public EvaluationRunner(IFindingStore store, EvaluationCycle cycle, IEvaluationObserver observer, TimeProvider time)
    {
        _store = store;
        _cycle = cycle;
        _observer = observer;
        _time = time;
    }

    /// <summary>Evaluates a query for every window that is due. Trouble with the store or a run that takes too long is told, and done at the next call.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; no window is half done.</exception>
    public async Task RunAsync(WatchedWorkspace watched, QueryId query, CancellationToken cancellation)
    {
        var plan = watched.Plans[query];
        try
        {
            foreach (var window in await DueAsync(watched, plan, cancellation).ConfigureAwait(false))
                if (!await EvaluateAsync(watched, plan, window, cancellation).ConfigureAwait(false)) return;
        }
        catch (StoreException trouble)
        {
            _observer.StoreFailed(watched.Id, query, trouble);
        }
    }

    /// <summary>Looks whether the data that queries need are there, and ends the findings of queries that are gone.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task CheckDataAsync(WatchedWorkspace watched, CancellationToken cancellation)
    {
        var at = watched.Workspace.AsOf ?? Floor(_time.GetUtcNow() - CollectionOffset, CollectionEvery);
        try
        {
            await _cycle.CheckCollectionAsync([.. watched.Plans.Values], watched.Workspace, watched.Freshness, at, cancellation).ConfigureAwait(false);
            await _cycle.RetireMissingAsync(watched.Id, watched.Library, at, cancellation).ConfigureAwait(false);
        }
        catch (StoreException trouble)
        {
            _observer.StoreFailed(watched.Id, null, trouble);
        }
    }

    private async Task<IReadOnlyList<EvaluationWindow>> DueAsync(WatchedWorkspace watched, EvaluationPlan plan, CancellationToken cancellation)
    {
        // The time of a recording stands still: there is one window to look at.
        if (watched.Workspace.AsOf is { } asOf) return [EvaluationWindow.EndingAt(asOf, plan.Schedule)];
        var newest = EvaluationWindow.Due(_time.GetUtcNow(), plan.Schedule);
        var last = _done.TryGetValue((watched.Id, plan.Query), out var known) ? known : await _store.LastWindowAsync(watched.Id, plan.Query, cancellation).ConfigureAwait(false);
        if (last is not { } before) return [newest];
        // A schedule that was changed has other ends than those before; what counts is only that time goes on.
        var missed = (newest.End - before).Ticks / plan.Schedule.Every.Ticks;
        if (missed > MostCaughtUp) _observer.Skipped(watched.Id, plan.Query, missed - MostCaughtUp);
        var count = (int)Math.Clamp(missed, newest.End > before ? 1 : 0, MostCaughtUp);
        return [.. Enumerable.Range(1, count).Select(i => EvaluationWindow.EndingAt(newest.End - ((count - i) * plan.Schedule.Every), plan.Schedule))];
    }

    private async Task<bool> EvaluateAsync(WatchedWorkspace watched, EvaluationPlan plan, EvaluationWindow window, CancellationToken cancellation)
    {
        var limit = plan.Schedule.Every > ShortestLimit ? plan.Schedule.Every : ShortestLimit;
        using var overrun = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, overrun.Token);
        try
        {
            var report = await _cycle.RunAsync(plan, watched.Workspace, watched.Freshness, window, either.Token).ConfigureAwait(false);
            _done[(watched.Id, plan.Query)] = window.End;
            _observer.Evaluated(report);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _observer.Overran(watched.Id, plan.Query, window.End, limit);
            return false;
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan every) => new(time.UtcTicks - (time.UtcTicks % every.Ticks), TimeSpan.Zero);
}

/// <summary>Hears what becomes of scheduled evaluations. Must not throw.</summary>
internal interface IEvaluationObserver
{
    /// <summary>A window was evaluated, now or before.</summary>
    void Evaluated(EvaluationReport report);

    /// <summary>Windows lie too far back to be made up for.</summary>
    void Skipped(WorkspaceId workspace, QueryId query, long windows);

    /// <summary>A run was ended because it took longer than it may; it is tried again.</summary>
    void Overran(WorkspaceId workspace, QueryId query, DateTimeOffset end, TimeSpan limit);

    /// <summary>The store cannot work; it is tried again.</summary>
    void StoreFailed(WorkspaceId workspace, QueryId? query, StoreException trouble);
}
