using AksInsights.Core.Findings;

namespace AksInsights.Core.Evaluation;

/// <summary>Gathers what an evaluation does to findings. Lives for one decision.</summary>
internal sealed class FindingChanges
{
    private readonly List<Finding> _changed = [];
    private readonly List<FindingId> _followed = [];
    private readonly List<FindingId> _dropped = [];
    private readonly List<FindingEvent> _events = [];

    /// <summary>Moves one finding on.</summary>
    public void Apply(Finding? existing, Observation? seen, EvaluationFacts facts, LifecyclePolicy policy)
    {
        var step = FindingLifecycle.Advance(existing, seen, facts, policy);
        if (step.Replaces is { } followed) _followed.Add(followed);
        if (step.Finding is null && existing is not null) _dropped.Add(existing.Id);
        if (step.Finding is not null && !ReferenceEquals(step.Finding, existing)) _changed.Add(step.Finding);
        _events.AddRange(step.Events);
    }

    /// <summary>All of it, with the record of the evaluation and what it covers for the first time.</summary>
    public EvaluationCommit ToCommit(EvaluationRecord record, IReadOnlyList<string> covered) =>
        new(record with { Events = _events.Count }, _changed, _followed, _dropped, _events, covered);

    /// <summary>The commit of an evaluation that comes too late; null when it does not.</summary>
    public static EvaluationCommit? Superseded(EvaluationRecord record, EvaluationHistory history)
    {
        if (!(history.LatestEnd >= record.Id.End)) return null;
        var reason = $"A newer window, up to {history.LatestEnd:u}, has been evaluated before; findings only move forward in time.";
        return new EvaluationCommit(record with { Outcome = EvaluationOutcome.Superseded, Reason = reason }, [], [], [], [], []);
    }
}
