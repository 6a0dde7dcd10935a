using AksInsights.Core.Alerts;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>The name of an evaluation: there is one for these three, for ever.</summary>
/// <param name="Workspace">Where it looked.</param>
/// <param name="Query">What it looked for.</param>
/// <param name="End">The end of its window, UTC.</param>
public sealed record EvaluationId(WorkspaceId Workspace, QueryId Query, DateTimeOffset End);

/// <summary>How an evaluation came out.</summary>
public enum EvaluationOutcome
{
    /// <summary>A whole result, and fresh data of every cluster.</summary>
    Complete,

    /// <summary>A whole result, but some clusters' data were missing or stale; their findings were left alone.</summary>
    Gaps,

    /// <summary>A required table is missing for the whole workspace; nothing was changed.</summary>
    NoData,

    /// <summary>Only some of the result came; nothing was changed.</summary>
    Partial,

    /// <summary>No result came, or it lacks a key column; nothing was changed.</summary>
    Failed,

    /// <summary>More findings than the query allows itself; nothing was changed.</summary>
    TooMany,

    /// <summary>A newer window had been evaluated before; nothing was changed.</summary>
    Superseded,

    /// <summary>Not an evaluation: the query went away and its findings were resolved.</summary>
    Retired,
}

/// <summary>What is remembered of an evaluation.</summary>
public sealed record EvaluationRecord
{
    /// <summary>Which one.</summary>
    public required EvaluationId Id { get; init; }

    /// <summary>The start of its window, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The revision of the query; see <c>EvaluationPlan.Revision</c>.</summary>
    public required string Revision { get; init; }

    /// <summary>How it came out.</summary>
    public required EvaluationOutcome Outcome { get; init; }

    /// <summary>Why, as full sentences; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The rows of the result; 0 when none came.</summary>
    public int Rows { get; init; }

    /// <summary>How many events it made.</summary>
    public int Events { get; init; }

    /// <summary>When it began, by the clock on the wall.</summary>
    public required DateTimeOffset RanAt { get; init; }

    /// <summary>How long it took to ask the workspace.</summary>
    public required TimeSpan Took { get; init; }
}

/// <summary>What an evaluation needs to know of those before it.</summary>
/// <param name="LatestEnd">The end of the newest window evaluated, whatever came out; null when there is none.</param>
/// <param name="LatestRevision">The revision of the newest evaluation that had something to say; null when there is none.</param>
/// <param name="Covered">What some evaluation has had something to say about: cluster ids, and the empty text for the whole workspace.</param>
/// <param name="Findings">The newest finding of every subject whose findings this query's evaluations decide about, resolved ones included.</param>
public sealed record EvaluationHistory(
    DateTimeOffset? LatestEnd, string? LatestRevision, IReadOnlySet<string> Covered, IReadOnlyList<Finding> Findings);

/// <summary>All that an evaluation changes; saved whole or not at all.</summary>
/// <param name="Record">The evaluation.</param>
/// <param name="Changed">Findings that are new or different, each in its new form.</param>
/// <param name="Followed">Resolved findings that are no longer the newest about their subject.</param>
/// <param name="Dropped">Pending findings that are forgotten.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Covered">What is covered now and was not before; see <see cref="EvaluationHistory.Covered"/>.</param>
public sealed record EvaluationCommit(
    EvaluationRecord Record,
    IReadOnlyList<Finding> Changed,
    IReadOnlyList<FindingId> Followed,
    IReadOnlyList<FindingId> Dropped,
    IReadOnlyList<FindingEvent> Events,
    IReadOnlyList<string> Covered)
{
    /// <summary>The messages that tell of it, saved with it.</summary>
    public IReadOnlyList<OutgoingMessage> Messages { get; init; } = [];
}

/// <summary>What came of the wish to save an evaluation.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>It was saved.</summary>
    /// <param name="Commit">What was saved.</param>
    public sealed record Committed(EvaluationCommit Commit) : CommitOutcome;

    /// <summary>It had been done before, here or by another process; nothing was changed.</summary>
    /// <param name="Record">What came of it then.</param>
    public sealed record AlreadyDone(EvaluationRecord Record) : CommitOutcome;
}
