namespace AksInsights.Core.Findings;

/// <summary>What the machine says about a finding. People's say is <see cref="Workflow"/>; neither changes the other but for the reset on reopening.</summary>
public enum Condition
{
    /// <summary>Seen, but not yet for as long as its query asks.</summary>
    Pending,

    /// <summary>The problem is there.</summary>
    Open,

    /// <summary>Not seen by the newest good evaluation, but not yet for as long as its query asks.</summary>
    Clearing,

    /// <summary>Over.</summary>
    Resolved,
}

/// <summary>Why a finding was resolved.</summary>
public enum ResolveReason
{
    /// <summary>The problem was no longer seen.</summary>
    Cleared,

    /// <summary>What it is about no longer exists; a workload has no pods any more, a cluster has sent nothing for a week.</summary>
    SubjectGone,

    /// <summary>The query was deleted or switched off.</summary>
    RuleRemoved,

    /// <summary>The query or its parameters changed and no longer cover it.</summary>
    OutOfScope,

    /// <summary>Another data-health finding tells the same trouble better.</summary>
    Replaced,
}

/// <summary>Laid over a condition while evaluations can say nothing about a finding; the condition stays what it was.</summary>
/// <param name="Since">The first evaluation in a row that could say nothing.</param>
/// <param name="Reason">Why, as a full sentence.</param>
public sealed record NoDataOverlay(DateTimeOffset Since, string Reason);
