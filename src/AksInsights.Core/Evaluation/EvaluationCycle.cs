using System.Globalization;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Telemetry;
using AksInsights.Core.Workspaces;
using MediatR;

namespace AksInsights.Core.Evaluation;

/// <summary>The heart: runs one query over one window in one workspace, decides what its findings become, saves that, and tells whoever listens.</summary>
/// <remarks>
/// There is one evaluation for a query, a workspace and the end of a window, for ever: running it again, here or in another process, changes nothing and
/// gives back what came of it. Only a whole result over fresh data clears anything; whatever else comes leaves findings as they are. A query that fails raises a
/// data-health finding about it; data that is missing raises one finding for all the queries that miss it, by <see cref="CheckCollectionAsync"/>. Safe for
/// concurrent use.
/// </remarks>
public sealed class EvaluationCycle
{
    private readonly IFindingStore _store;
    private readonly IMediator _mediator;
    private readonly TimeProvider _time;
    private readonly Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>>? _announce;

    /// <summary>Makes a cycle.</summary>
    /// <param name="store">Where findings live.</param>
    /// <param name="mediator">Who is told of events after they are saved.</param>
    /// <param name="time">The clock on the wall; only for saying when and how long.</param>
    /// <param name="announce">Makes the messages that tell of an evaluation's changes, saved with them; pure. Null tells nobody.</param>
    public EvaluationCycle(
        IFindingStore store, IMediator mediator, TimeProvider time, Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>>? announce = null)
    {
        _store = store;
        _mediator = mediator;
        _time = time;
        _announce = announce;
    }

    /// <summary>Evaluates a query once.</summary>
    /// <exception cref="StoreException">The store cannot work; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; nothing was changed.</exception>
    public async Task<EvaluationReport> RunAsync(
        EvaluationPlan plan, IWorkspace workspace, FreshnessProbe freshness, EvaluationWindow window, CancellationToken cancellation)
    {
        var id = new EvaluationId(workspace.Id, plan.Query, window.End);
        if (await _store.FindEvaluationAsync(id, cancellation).ConfigureAwait(false) is { } before) return new EvaluationReport(before, AlreadyDone: true, []);

        using var span = Tracing.Start(Tracing.Evaluate, ("query", plan.Query.Value), ("workspace", workspace.Id.Value), ("window.end", window.End.ToString("u", CultureInfo.InvariantCulture)));
        var ranAt = _time.GetUtcNow();
        var clock = _time.GetTimestamp();
        var input = await EvaluationInput.AskAsync(plan, workspace, freshness, window, cancellation).ConfigureAwait(false);
        var record = new EvaluationRecord
        {
            Id = id,
            Start = window.Start,
            Revision = plan.Revision,
            Outcome = input.Outcome,
            Rows = input.Rows,
            RanAt = ranAt,
            Took = _time.GetElapsedTime(clock),
        };
        span?.Tag("outcome", record.Outcome.ToString());
        span?.Tag("rows", record.Rows);
        if (input.Trouble is { } trouble) span?.Fail(trouble.Reason);
        return await SaveAsync(id, history => EvaluationDecision.Decide(plan, record, input, history), input.Warnings, cancellation).ConfigureAwait(false);
    }

    /// <summary>Looks once whether the data that queries need is there, and keeps one finding for each table, or silent cluster, that they miss.</summary>
    /// <param name="plans">All queries that are evaluated in this workspace, not only some: findings about tables that none of them needs end.</param>
    /// <param name="workspace">Where.</param>
    /// <param name="freshness">Measures the tables.</param>
    /// <param name="at">The moment looked at; there is one such evaluation for a workspace and moment.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The store cannot work; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; nothing was changed.</exception>
    public async Task<EvaluationReport> CheckCollectionAsync(
        IReadOnlyList<EvaluationPlan> plans, IWorkspace workspace, FreshnessProbe freshness, DateTimeOffset at, CancellationToken cancellation)
    {
        var id = new EvaluationId(workspace.Id, CollectionDecision.Evaluator, at.ToUniversalTime());
        if (await _store.FindEvaluationAsync(id, cancellation).ConfigureAwait(false) is { } before) return new EvaluationReport(before, AlreadyDone: true, []);

        var ranAt = _time.GetUtcNow();
        var clock = _time.GetTimestamp();
        var health = await HealthAsync(plans, freshness, at, cancellation).ConfigureAwait(false);
        var troubles = CollectionTrouble.Find(plans, health);
        var record = new EvaluationRecord
        {
            Id = id,
            Start = id.End,
            Revision = "",
            Outcome = EvaluationOutcome.Complete,
            Rows = troubles.Count,
            RanAt = ranAt,
            Took = _time.GetElapsedTime(clock),
        };
        return await SaveAsync(id, history => CollectionDecision.Decide(record, troubles, health, history), [], cancellation).ConfigureAwait(false);
    }

    /// <summary>What is missing of the data that some queries need, without remembering anything.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<IReadOnlyList<CollectionTrouble>> FindCollectionTroublesAsync(
        IReadOnlyList<EvaluationPlan> plans, FreshnessProbe freshness, DateTimeOffset at, CancellationToken cancellation) =>
        CollectionTrouble.Find(plans, await HealthAsync(plans, freshness, at, cancellation).ConfigureAwait(false));

    /// <summary>Resolves the findings of every query that a library no longer has.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="library">The ids of all queries there are, those with mistakes included: a query that cannot be read is not gone.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Gives up; queries that were retired until then stay so.</param>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public async Task<IReadOnlyList<EvaluationReport>> RetireMissingAsync(
        WorkspaceId workspace, IReadOnlyCollection<QueryId> library, DateTimeOffset at, CancellationToken cancellation)
    {
        var filter = new FindingFilter { Workspace = workspace, Conditions = [Condition.Pending, Condition.Open, Condition.Clearing] };
        var findings = await _store.ListAsync(filter, cancellation).ConfigureAwait(false);
        var reports = new List<EvaluationReport>();
        foreach (var query in findings.GroupBy(f => f.EvaluatedBy).Where(q => q.Key != CollectionDecision.Evaluator && !library.Contains(q.Key)))
        {
            // An evaluation may have seen a finding at this very moment; what comes after it must be later.
            var last = query.Max(f => f.LastEvaluated);
            reports.Add(await RetireAsync(workspace, query.Key, last < at ? at : last.AddTicks(1), cancellation).ConfigureAwait(false));
        }

        return reports;
    }

    /// <summary>Resolves all findings of a query that was deleted or switched off, data-health findings about it included.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="query">Which query.</param>
    /// <param name="at">When; later than its last evaluation, or nothing happens.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The store cannot work; nothing was changed.</exception>
    public Task<EvaluationReport> RetireAsync(WorkspaceId workspace, QueryId query, DateTimeOffset at, CancellationToken cancellation)
    {
        var id = new EvaluationId(workspace, query, at.ToUniversalTime());
        var record = new EvaluationRecord
        {
            Id = id,
            Start = id.End,
            Revision = "",
            Outcome = EvaluationOutcome.Retired,
            RanAt = _time.GetUtcNow(),
            Took = TimeSpan.Zero,
        };
        return SaveAsync(id, history => EvaluationDecision.Retire(record, history), [], cancellation);
    }

    private static Task<WorkspaceHealth> HealthAsync(
        IReadOnlyList<EvaluationPlan> plans, FreshnessProbe freshness, DateTimeOffset at, CancellationToken cancellation) =>
        freshness.MeasureAsync(plans.SelectMany(plan => plan.Requires.All), at, cancellation);

    private async Task<EvaluationReport> SaveAsync(
        EvaluationId id, Func<EvaluationHistory, EvaluationCommit> decide, IReadOnlyList<string> warnings, CancellationToken cancellation)
    {
        var outcome = await CommitAsync(id, decide, cancellation).ConfigureAwait(false);
        switch (outcome)
        {
            case CommitOutcome.AlreadyDone done:
                return new EvaluationReport(done.Record, AlreadyDone: true, []);
            case CommitOutcome.Committed(var commit):
                await PublishAsync(commit).ConfigureAwait(false);
                return new EvaluationReport(commit.Record, AlreadyDone: false, warnings);
            case var other:
                throw new InvalidOperationException($"A store answered with a case that does not exist: {other.GetType().Name}.");
        }
    }

    private async Task<CommitOutcome> CommitAsync(EvaluationId id, Func<EvaluationHistory, EvaluationCommit> decide, CancellationToken cancellation)
    {
        using var span = Tracing.Start(Tracing.Commit);
        var outcome = await _store.CommitAsync(id, history => Announce(decide(history)), cancellation).ConfigureAwait(false);
        span?.Tag("events", outcome is CommitOutcome.Committed(var commit) ? commit.Events.Count : 0);
        return outcome;
    }

    private EvaluationCommit Announce(EvaluationCommit commit) => _announce is null ? commit : commit with { Messages = _announce(commit) };

    /// <summary>Tells whoever listens. It is saved already, so neither a cancelled caller nor a failing listener takes anything back.</summary>
    private async Task PublishAsync(EvaluationCommit commit)
    {
        var findings = commit.Changed.ToDictionary(finding => finding.Id);
        foreach (var happened in commit.Events)
            await _mediator.Publish(Notification(happened, findings[happened.Finding]), CancellationToken.None).ConfigureAwait(false);
    }

    private static INotification Notification(FindingEvent happened, Finding finding) => happened.Kind switch
    {
        FindingEventKind.Opened or FindingEventKind.Reopened => new FindingOpened(
            finding.Workspace, finding.Id, finding.Query, happened.Severity, happened.Episode, happened.At, happened.Tell),
        FindingEventKind.Resolved => new FindingResolved(
            finding.Workspace, finding.Id, finding.Query, happened.Detail ?? "", happened.At, happened.Tell),
        _ => new FindingChanged(finding.Workspace, finding.Id, finding.Query, happened.Severity, happened.Kind, happened.At, happened.Tell),
    };
}

/// <summary>What came of an evaluation.</summary>
/// <param name="Record">What is remembered of it.</param>
/// <param name="AlreadyDone">True when it had been done before and nothing was changed now.</param>
/// <param name="Warnings">What may mislead about the result, in full sentences; empty when it was already done.</param>
public sealed record EvaluationReport(EvaluationRecord Record, bool AlreadyDone, IReadOnlyList<string> Warnings);
