using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;

namespace AksInsights.Service.Scanning;

/// <summary>Runs queries of the library once over a workspace, as it stands at one moment, and saves what they find.</summary>
internal sealed class WorkspaceScan
{
    // What the freshness of a table is measured by; see FreshnessProbe.
    private static readonly string[] FreshnessColumns = ["TimeGenerated", "_ResourceId", "ClusterId"];

    // Rows of a live workspace arrive late; its last minutes are not looked at.
    private static readonly TimeSpan LiveOffset = TimeSpan.FromMinutes(5);

    private readonly RecordedWorkspaceTables _tables = null!;
    private readonly IWorkspace? _live;
    private readonly IReadOnlyList<QueryDefinition> _queries;
    private readonly IFindingStore _store;
    private readonly TimeProvider _time;
    private bool _prefetched;

    /// <summary>Makes a scan.</summary>
    /// <param name="tables">The recording.</param>
    /// <param name="queries">What to run.</param>
    /// <param name="store">Where findings live.</param>
    /// <param name="time">The clock on the wall, for saying how long it took.</param>
    public WorkspaceScan(RecordedWorkspaceTables tables, IReadOnlyList<QueryDefinition> queries, IFindingStore store, TimeProvider time)
    {
        _tables = tables;
        _queries = queries;
        _store = store;
        _time = time;
    }

    /// <summary>Makes a scan of a workspace whose time goes on.</summary>
    /// <param name="live">The workspace.</param>
    /// <param name="queries">What to run.</param>
    /// <param name="store">Where findings live.</param>
    /// <param name="time">The clock on the wall.</param>
    public WorkspaceScan(IWorkspace live, IReadOnlyList<QueryDefinition> queries, IFindingStore store, TimeProvider time)
    {
        _live = live;
        _queries = queries;
        _store = store;
        _time = time;
    }

    /// <summary>
    /// The ids of all queries of the library, those with mistakes included; null when only some are run. A scan of all ends what was found by queries that
    /// are no longer there, and remembers which data are missing.
    /// </summary>
    public IReadOnlyCollection<QueryId>? WholeLibrary { get; init; }

    /// <summary>Makes the messages that tell of an evaluation's changes, saved with them; null tells nobody.</summary>
    public Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>>? Announce { get; init; }

    /// <summary>Runs the scan. A second run of the same object, at another moment, reads no file again.</summary>
    /// <param name="id">The name of the workspace.</param>
    /// <param name="asOf">The moment; null takes the time of the newest row, or five minutes ago in a live workspace.</param>
    /// <param name="progress">Told of each query that was evaluated.</param>
    /// <param name="cancellation">Gives up; what was saved until then stays.</param>
    /// <exception cref="RecordedWorkspaceException">The recording cannot be read, or is bad and was to be read strictly.</exception>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public async Task<ScanResult> RunAsync(WorkspaceId id, DateTimeOffset? asOf, IProgress<QueryId>? progress, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var (workspace, now) = Open(id, asOf, cancellation);
        var probe = new FreshnessProbe(workspace);
        var tally = new TransitionTally();
        var cycle = new EvaluationCycle(_store, Mediator(tally), _time, Announce);
        var plans = _queries.Select(query => query.Plan(new Dictionary<string, object?>())).ToArray();
        var reports = new EvaluationReport[plans.Length];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = _live is null ? Environment.ProcessorCount : 8 };
        var troubles = await EvaluationCycle.FindCollectionTroublesAsync(plans, probe, now, cancellation).ConfigureAwait(false);
        await Parallel.ForAsync(0, plans.Length, parallel, async (i, stop) =>
        {
            reports[i] = await cycle.RunAsync(plans[i], workspace, probe, EvaluationWindow.EndingAt(now, plans[i].Schedule), stop).ConfigureAwait(false);
            progress?.Report(plans[i].Query);
        }).ConfigureAwait(false);
        if (WholeLibrary is { } library)
        {
            await cycle.CheckCollectionAsync(plans, workspace, probe, now, cancellation).ConfigureAwait(false);
            await cycle.RetireMissingAsync(id, library, now, cancellation).ConfigureAwait(false);
        }

        var filter = new FindingFilter { Workspace = id, Conditions = [Condition.Open, Condition.Clearing] };
        var findings = await _store.ListAsync(filter, cancellation).ConfigureAwait(false);
        var mine = _queries.Select(q => q.Id).ToHashSet();
        var shown = WholeLibrary is null ? findings.Where(f => mine.Contains(f.EvaluatedBy)) : findings;
        return new ScanResult(id, now, [.. shown], troubles, reports, tally, _time.GetElapsedTime(started));
    }

    private (IWorkspace Workspace, DateTimeOffset Now) Open(WorkspaceId id, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (_live is not null)
        {
            var late = _time.GetUtcNow() - LiveOffset;
            return (_live, asOf ?? new DateTimeOffset(late.UtcTicks - (late.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero));
        }

        if (!_prefetched) _tables.Prefetch(NeededColumns(), cancellation);
        _prefetched = true;
        var now = asOf ?? NewestRow(cancellation);
        // The queries run beside each other, so each is given one thread: they differ in length, and none waits for the longest.
        return (new RecordedWorkspace(id, _tables, now, parallelism: 1), now);
    }

    // Counting cannot fail; were it to, the scan should end loudly and not report wrong numbers.
    private static IsolatingMediator Mediator(TransitionTally tally) => new(
        new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally),
        failure => Environment.FailFast("The tally of a scan failed.", failure));

    private DateTimeOffset NewestRow(CancellationToken cancellation) => new(
        _tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time; give --as-of.", _tables.Report),
        TimeSpan.Zero);

    /// <summary>All columns that the queries will read, so that each file is read once.</summary>
    private Dictionary<string, IReadOnlyCollection<string>> NeededColumns()
    {
        var needed = QueryColumns.Of(_tables, _queries);
        foreach (var table in _queries.SelectMany(q => q.Metadata.Requires.Tables).Append(FreshnessProbe.HeartbeatTable)) QueryColumns.Add(needed, table, FreshnessColumns);
        foreach (var (table, columns) in InventoryProbe.Reads) QueryColumns.Add(needed, table, columns);
        foreach (var table in _tables.PresentTables) QueryColumns.Add(needed, table, FreshnessColumns[..1]);
        return needed.ToDictionary(n => n.Key, n => (IReadOnlyCollection<string>)n.Value);
    }
}

/// <summary>What came of a scan.</summary>
/// <param name="Workspace">Where it looked.</param>
/// <param name="AsOf">At which moment.</param>
/// <param name="Findings">What is open after it, worst first; findings of queries that were not run are left out.</param>
/// <param name="Missing">The data that the queries missed.</param>
/// <param name="Evaluations">What came of each query, in the order of the library.</param>
/// <param name="Tally">What happened to findings.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ScanResult(
    WorkspaceId Workspace,
    DateTimeOffset AsOf,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<CollectionTrouble> Missing,
    IReadOnlyList<EvaluationReport> Evaluations,
    TransitionTally Tally,
    TimeSpan Took);
