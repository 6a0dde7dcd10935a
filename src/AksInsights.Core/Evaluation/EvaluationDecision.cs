using AksInsights.Core.Findings;

namespace AksInsights.Core.Evaluation;

/// <summary>Decides what one evaluation changes. Pure: the same input and history give the same changes.</summary>
internal sealed class EvaluationDecision
{
    private readonly EvaluationPlan _plan;
    private readonly EvaluationRecord _record;
    private readonly EvaluationInput _input;
    private readonly EvaluationHistory _history;
    private readonly List<Finding> _changed = [];
    private readonly List<FindingId> _followed = [];
    private readonly List<FindingId> _dropped = [];
    private readonly List<FindingEvent> _events = [];

    private EvaluationDecision(EvaluationPlan plan, EvaluationRecord record, EvaluationInput input, EvaluationHistory history)
    {
        _plan = plan;
        _record = record;
        _input = input;
        _history = history;
    }

    private bool Changed => _history.LatestRevision is { } before && before != _plan.Revision;

    /// <summary>The changes an evaluation makes.</summary>
    public static EvaluationCommit Decide(EvaluationPlan plan, EvaluationRecord record, EvaluationInput input, EvaluationHistory history)
    {
        if (history.LatestEnd >= record.Id.End)
        {
            var reason = $"A newer window, up to {history.LatestEnd:u}, has been evaluated before; findings only move forward in time.";
            return new EvaluationCommit(record with { Outcome = EvaluationOutcome.Superseded, Reason = reason }, [], [], [], [], []);
        }

        var decision = new EvaluationDecision(plan, record, input, history);
        decision.DecideFindings();
        decision.DecideDataHealth();
        return decision.ToCommit(input.Trouble is null ? [.. input.Coverage!.Scopes.Where(scope => !history.Covered.Contains(scope))] : []);
    }

    /// <summary>The changes when a query is gone: all its findings end.</summary>
    public static EvaluationCommit Retire(EvaluationRecord record, EvaluationHistory history)
    {
        var changed = new List<Finding>();
        var dropped = new List<FindingId>();
        var events = new List<FindingEvent>();
        foreach (var finding in history.Findings)
        {
            var facts = new EvaluationFacts(finding.Workspace, finding.Query, finding.EvaluatedBy, record.Id.End, Verdict.RuleRemoved);
            var step = FindingLifecycle.Advance(finding, null, facts, DataTroubles.Policy);
            if (step.Finding is null) dropped.Add(finding.Id);
            else if (!ReferenceEquals(step.Finding, finding)) changed.Add(step.Finding);
            events.AddRange(step.Events);
        }

        return new EvaluationCommit(record with { Events = events.Count }, changed, [], dropped, events, []);
    }

    private void DecideFindings()
    {
        var known = _history.Findings.Where(finding => finding.Query == _plan.Query).ToDictionary(finding => finding.Fingerprint);
        foreach (var seen in _input.Seen)
        {
            known.Remove(seen.Fingerprint, out var existing);
            Apply(existing, seen, Facts(_plan.Query, seen.Key, seen: true), _plan.Lifecycle);
        }

        foreach (var finding in known.Values) Apply(finding, null, Facts(_plan.Query, finding.Key, seen: false), _plan.Lifecycle);
    }

    private EvaluationFacts Facts(QueryId query, FindingKey key, bool seen)
    {
        var doubt = _input.Trouble?.Reason ?? _input.Coverage!.Doubt(key.Cluster);
        if (doubt is not null) return Facts(query, Verdict.NoData) with { Reason = doubt };
        var baseline = !_history.Covered.Contains(_input.Coverage!.Scope(key));
        return Facts(query, Changed && !seen ? Verdict.OutOfScope : Verdict.Complete) with { Baseline = baseline };
    }

    private EvaluationFacts Facts(QueryId query, Verdict verdict) => new(_record.Id.Workspace, query, _plan.Query, _record.Id.End, verdict);

    /// <summary>One finding for each trouble; those of the past end once the same place is known to be well, or has another trouble.</summary>
    private void DecideDataHealth()
    {
        var known = _history.Findings.Where(finding => finding.Query != _plan.Query).ToDictionary(finding => finding.Fingerprint);
        var troubled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var trouble in _input.Troubles)
        {
            troubled.Add(trouble.Cluster ?? "");
            var seen = DataTroubles.Observe(trouble, _plan.Query);
            known.Remove(seen.Fingerprint, out var existing);
            var baseline = trouble.Cluster is null ? _history.Covered.Count == 0 : !_history.Covered.Contains(trouble.Cluster);
            Apply(existing, seen, Facts(DataTroubles.Id(trouble.Kind), Verdict.Complete) with { Baseline = baseline }, DataTroubles.Policy);
        }

        foreach (var finding in known.Values)
            Apply(finding, null, Facts(finding.Query, HealthVerdict(finding.Key.Cluster, troubled)), DataTroubles.Policy);
    }

    private Verdict HealthVerdict(string? cluster, HashSet<string> troubled)
    {
        if (troubled.Contains(cluster ?? "")) return Verdict.Replaced;
        if (_input.Trouble is not null) return Verdict.NoData;
        return cluster is null || _input.Coverage!.Doubt(cluster) is null ? Verdict.Complete : Verdict.NoData;
    }

    private void Apply(Finding? existing, Observation? seen, EvaluationFacts facts, LifecyclePolicy policy)
    {
        var step = FindingLifecycle.Advance(existing, seen, facts, policy);
        if (step.Replaces is { } followed) _followed.Add(followed);
        if (step.Finding is null && existing is not null) _dropped.Add(existing.Id);
        if (step.Finding is not null && !ReferenceEquals(step.Finding, existing)) _changed.Add(step.Finding);
        _events.AddRange(step.Events);
    }

    private EvaluationCommit ToCommit(IReadOnlyList<string> covered)
    {
        var reason = _input.Troubles.FirstOrDefault()?.Reason;
        return new EvaluationCommit(_record with { Reason = reason, Events = _events.Count }, _changed, _followed, _dropped, _events, covered);
    }
}
