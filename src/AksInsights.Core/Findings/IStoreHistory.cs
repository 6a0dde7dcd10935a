using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>What happened over time: events of all findings, evaluations of all queries. Read in pages, newest first.</summary>
/// <remarks>Every member may throw <see cref="StoreException"/>.</remarks>
public interface IStoreHistory
{
    /// <summary>Events that match, newest first.</summary>
    Task<IReadOnlyList<RecordedEvent>> EventsAsync(EventFilter filter, CancellationToken cancellation);

    /// <summary>Evaluations that match, the one that began last first.</summary>
    Task<IReadOnlyList<EvaluationRecord>> RunsAsync(RunFilter filter, CancellationToken cancellation);

    /// <summary>The evaluation with the newest window of each of some queries in each workspace; those never evaluated are left out. Cost: a look-up for each.</summary>
    Task<IReadOnlyList<EvaluationRecord>> LatestRunsAsync(IReadOnlyCollection<QueryId> queries, CancellationToken cancellation);
}

/// <summary>An event with what it happened to.</summary>
/// <param name="Sequence">Its number in the store, by which events of one moment are ordered.</param>
/// <param name="Event">What happened.</param>
/// <param name="Workspace">Where the finding was found.</param>
/// <param name="Query">What it is an instance of.</param>
/// <param name="Cluster">Its cluster; empty when it has none.</param>
/// <param name="Namespace">Its namespace; empty when it has none.</param>
/// <param name="Title">What it says now, in one line.</param>
public sealed record RecordedEvent(long Sequence, FindingEvent Event, WorkspaceId Workspace, QueryId Query, string Cluster, string Namespace, string Title);

/// <summary>Which events to list; what is null does not restrict.</summary>
public sealed record EventFilter
{
    /// <summary>Of findings with these properties; conditions, severity, limit and place are not looked at.</summary>
    public FindingFilter Findings { get; init; } = new();

    /// <summary>Of these kinds.</summary>
    public IReadOnlyCollection<FindingEventKind>? Kinds { get; init; }

    /// <summary>At least this bad after the event.</summary>
    public Severity? MinSeverity { get; init; }

    /// <summary>At this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>At this moment or before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>At most this many.</summary>
    public required int Limit { get; init; }

    /// <summary>Only what comes behind this event in the list: what is older.</summary>
    public EventCursor? After { get; init; }
}

/// <summary>A place in a list of events, which are ordered by time and then by number, both falling.</summary>
/// <param name="At">The moment of the event at the place.</param>
/// <param name="Sequence">Its number.</param>
public sealed record EventCursor(DateTimeOffset At, long Sequence);

/// <summary>Which evaluations to list; what is null does not restrict.</summary>
public sealed record RunFilter
{
    /// <summary>In this workspace.</summary>
    public WorkspaceId? Workspace { get; init; }

    /// <summary>Of this query.</summary>
    public QueryId? Query { get; init; }

    /// <summary>With one of these outcomes.</summary>
    public IReadOnlyCollection<EvaluationOutcome>? Outcomes { get; init; }

    /// <summary>Begun at this moment or later, by the clock on the wall.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Begun at this moment or before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>At most this many.</summary>
    public required int Limit { get; init; }

    /// <summary>Only what comes behind this evaluation in the list.</summary>
    public RunCursor? After { get; init; }
}

/// <summary>A place in a list of evaluations, which are ordered by when they began, the end of their window, query and workspace, all falling.</summary>
/// <param name="RanAt">When the evaluation at the place began.</param>
/// <param name="Id">Which one it is.</param>
public sealed record RunCursor(DateTimeOffset RanAt, EvaluationId Id);
