using AksInsights.Core.Alerts;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>What an evaluation can say about a finding that it did not see.</summary>
public enum Verdict
{
    /// <summary>The result is whole and the data are fresh: what was not seen is not there.</summary>
    Complete,

    /// <summary>Failed, partial, stale, missing or too much: nothing can be said.</summary>
    NoData,

    /// <summary>What the finding is about no longer exists: its cluster reports without it, or has itself not reported for long.</summary>
    SubjectGone,

    /// <summary>The query was deleted or switched off.</summary>
    RuleRemoved,

    /// <summary>The query or its parameters changed since the last evaluation, and it no longer sees the finding.</summary>
    OutOfScope,

    /// <summary>Another data-health finding tells the same trouble better.</summary>
    Replaced,
}

/// <summary>What the lifecycle needs to know of an evaluation, apart from what it saw.</summary>
/// <param name="Workspace">Where it looked.</param>
/// <param name="Query">What it looked for.</param>
/// <param name="EvaluatedBy">Whose evaluation it is; see <see cref="Finding.EvaluatedBy"/>.</param>
/// <param name="At">The end of its window.</param>
/// <param name="Verdict">What it can say about this finding.</param>
/// <param name="Baseline">Whether it is the first good look of its query at this cluster.</param>
/// <param name="Reason">Why nothing can be said, for <see cref="Verdict.NoData"/>; a full sentence.</param>
public sealed record EvaluationFacts(
    WorkspaceId Workspace, QueryId Query, QueryId EvaluatedBy, DateTimeOffset At, Verdict Verdict, bool Baseline = false, string? Reason = null);

/// <summary>What an evaluation or a person did to one finding.</summary>
/// <param name="Finding">The finding as it is now; null when there is none, be it that there never was or that a pending one was dropped.</param>
/// <param name="Events">What happened, in order; empty when nothing is to be remembered.</param>
/// <param name="Replaces">The resolved finding about the same subject that <paramref name="Finding"/> follows; null when it follows none.</param>
public sealed record LifecycleStep(Finding? Finding, IReadOnlyList<FindingEvent> Events, FindingId? Replaces = null)
{
    /// <summary>The messages that tell of what a person did, saved with it; those of evaluations are part of <see cref="EvaluationCommit"/>.</summary>
    public IReadOnlyList<OutgoingMessage> Messages { get; init; } = [];

    /// <summary>Nothing was there and nothing is.</summary>
    public static LifecycleStep Nothing { get; } = new(null, []);
}
