using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>A problem with a life of its own: seen by evaluations, judged by people. Immutable; <see cref="FindingLifecycle"/> makes the next one.</summary>
/// <remarks>All times are ends of evaluation windows (UTC), not the clock on the wall, so that a replay gives the same findings.</remarks>
public sealed record Finding
{
    /// <summary>Its name.</summary>
    public required FindingId Id { get; init; }

    /// <summary>Where it was found.</summary>
    public required WorkspaceId Workspace { get; init; }

    /// <summary>What it is an instance of.</summary>
    public required QueryId Query { get; init; }

    /// <summary>
    /// Whose evaluations decide about it: <see cref="Query"/> itself, or for a data-health finding the query that could not be evaluated, or
    /// <c>data-health/collection</c> where several queries miss the same data.
    /// </summary>
    public required QueryId EvaluatedBy { get; init; }

    /// <summary>What it is about.</summary>
    public required FindingKey Key { get; init; }

    /// <summary>The identity of query and key.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What it says, as last seen.</summary>
    public required FindingContent Content { get; init; }

    /// <summary>What the machine says.</summary>
    public required Condition Condition { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset ConditionSince { get; init; }

    /// <summary>Why it was resolved; null while it is not.</summary>
    public ResolveReason? ResolveReason { get; init; }

    /// <summary>What people say.</summary>
    public Workflow Workflow { get; init; } = Workflow.New;

    /// <summary>How often it has been open, counted from 1; raised by reopening.</summary>
    public int Episode { get; init; } = 1;

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the present episode began.</summary>
    public required DateTimeOffset EpisodeSince { get; init; }

    /// <summary>When it was last seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The newest evaluation that was applied; an older one never changes the finding.</summary>
    public required DateTimeOffset LastEvaluated { get; init; }

    /// <summary>By how many evaluations it was seen.</summary>
    public int SeenCount { get; init; } = 1;

    /// <summary>How many evaluations in a row saw it less severe than it is held to be, and the worst they saw; null when the last one did not.</summary>
    public LowerSeverity? Lower { get; init; }

    /// <summary>The latest turns between open and clearing, oldest first; no more than flapping needs.</summary>
    public IReadOnlyList<DateTimeOffset> Turns { get; init; } = [];

    /// <summary>Since when it flaps; null when it is steady.</summary>
    public DateTimeOffset? FlappingSince { get; init; }

    /// <summary>Since when evaluations can say nothing about it, and why; null when the last one could.</summary>
    public NoDataOverlay? NoData { get; init; }

    /// <summary>Whether it was there already when its query first looked at its cluster: counted, not alerted.</summary>
    public bool Baseline { get; init; }

    /// <summary>Whether people were told of the present episode, so that they must be told of its end.</summary>
    public bool Told { get; init; }
}

/// <summary>A fall in severity that is not believed yet.</summary>
/// <param name="Evaluations">How many evaluations in a row saw it.</param>
/// <param name="Worst">The worst severity among them.</param>
public sealed record LowerSeverity(int Evaluations, Severity Worst);
