namespace AksInsights.Core.Findings;

/// <summary>Something that happened to a finding. The rows of these events are the truth that alerts, digests and dashboards are made from.</summary>
/// <param name="Finding">Which finding.</param>
/// <param name="At">The evaluation that decided it, or when somebody said it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Episode">In which episode.</param>
/// <param name="Severity">How bad the finding is after it.</param>
/// <param name="Condition">The condition after it.</param>
/// <param name="Tell">Whether people are to be told; false for what is only recorded, for a baseline, while muted and while flapping.</param>
/// <param name="Detail">Why or by whom, for people; null when the kind says it all.</param>
public sealed record FindingEvent(
    FindingId Finding, DateTimeOffset At, FindingEventKind Kind, int Episode, Severity Severity, Condition Condition, bool Tell, string? Detail = null);

/// <summary>What can happen to a finding.</summary>
public enum FindingEventKind
{
    /// <summary>It was seen for long enough.</summary>
    Opened,

    /// <summary>It got worse.</summary>
    Escalated,

    /// <summary>It got less bad, and stayed so.</summary>
    Deescalated,

    /// <summary>It was not seen any more.</summary>
    Clearing,

    /// <summary>It was seen again before it was resolved.</summary>
    Reappeared,

    /// <summary>It is over; the detail is the <see cref="ResolveReason"/>.</summary>
    Resolved,

    /// <summary>It came back after it was resolved.</summary>
    Reopened,

    /// <summary>It comes and goes; nothing more is told until it is steady.</summary>
    FlappingStarted,

    /// <summary>It has been steady for long enough.</summary>
    FlappingEnded,

    /// <summary>Somebody knows of it.</summary>
    Acknowledged,

    /// <summary>Somebody does not want to hear of it for a while.</summary>
    Suppressed,

    /// <summary>Somebody says the query is wrong about it.</summary>
    MarkedFalsePositive,

    /// <summary>What somebody had said no longer holds: taken back, ended by time, or ended by reopening.</summary>
    WorkflowEnded,
}
