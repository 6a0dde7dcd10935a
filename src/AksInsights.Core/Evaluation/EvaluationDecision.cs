using AksInsights.Core.Findings;

namespace AksInsights.Core.Evaluation;

/// <summary>Decides what one evaluation changes. Pure: the same input and history give the same changes.</summary>
internal sealed class EvaluationDecision
{
    /// <summary>A cluster that has written nothing for this long, while others report, is taken for one that was deleted.</summary>
    public static readonly TimeSpan ClusterForgottenAfter = TimeSpan.FromDays(7);

    private readonly EvaluationPlan _plan;
    private readonly EvaluationRecord _record;
    private readonly EvaluationInput _input;
    private readonly EvaluationHistory _history;
    private readonly FindingChanges _changes = new();

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
        if (FindingChanges.Superseded(record, history) is { } superseded) return superseded;
        var decision = new EvaluationDecision(plan, record, input, history);
        decision.DecideFindings();
        decision.DecideTroubles();
        var covered = input.Trouble is null ? input.Coverage!.Scopes.Where(scope => !history.Covered.Contains(scope)) : [];
        return decision._changes.ToCommit(record with { Reason = input.Reason }, [.. covered]);
    }

    /// <summary>The changes when a query is gone: all its findings end.</summary>
    public static EvaluationCommit Retire(EvaluationRecord record, EvaluationHistory history)
    {
        var changes = new FindingChanges();
        foreach (var finding in history.Findings)
        {
            var facts = new EvaluationFacts(finding.Workspace, finding.Query, finding.EvaluatedBy, record.Id.End, Verdict.RuleRemoved);
            changes.Apply(finding, null, facts, DataTroubles.Policy);
        }

        return changes.ToCommit(record, []);
    }

    private void DecideFindings()
    {
        var known = _history.Findings.Where(finding => finding.Query == _plan.Query).ToDictionary(finding => finding.Fingerprint);
        foreach (var seen in _input.Seen)
        {
            known.Remove(seen.Fingerprint, out var existing);
            _changes.Apply(existing, seen, Seen(seen.Key), _plan.Lifecycle);
        }

        foreach (var finding in known.Values) _changes.Apply(finding, null, Unseen(finding), _plan.Lifecycle);
    }

    private EvaluationFacts Seen(FindingKey key) => Doubt(key) is { } doubt
        ? Facts(_plan.Query, Verdict.NoData) with { Reason = doubt }
        : Facts(_plan.Query, Verdict.Complete) with { Baseline = !_history.Covered.Contains(_input.Coverage!.Scope(key)) };

    private EvaluationFacts Unseen(Finding finding)
    {
        if (Doubt(finding.Key) is { } doubt)
        {
            var deleted = _input.Forgot(finding.Key.Cluster) && finding.LastSeen <= _record.Id.End - ClusterForgottenAfter;
            return Facts(_plan.Query, deleted ? Verdict.SubjectGone : Verdict.NoData) with { Reason = doubt };
        }

        if (_input.Subjects?.IsGone(finding.Key) == true) return Facts(_plan.Query, Verdict.SubjectGone);
        return Facts(_plan.Query, Changed ? Verdict.OutOfScope : Verdict.Complete);
    }

    private string? Doubt(FindingKey key) => _input.Trouble?.Reason ?? _input.Coverage!.Doubt(key.Cluster);

    private EvaluationFacts Facts(QueryId query, Verdict verdict) => new(_record.Id.Workspace, query, _plan.Query, _record.Id.End, verdict);

    /// <summary>
    /// What went wrong with the query itself is a finding until it goes well, or goes wrong otherwise. What is wrong with the data is told by
    /// <see cref="CollectionDecision"/>, once for all queries.
    /// </summary>
    private void DecideTroubles()
    {
        var known = _history.Findings.Where(finding => finding.Query != _plan.Query).ToDictionary(finding => finding.Fingerprint);
        var trouble = _input.Trouble is { } found && DataTroubles.IsOfQuery(found) ? found : null;
        if (trouble is not null)
        {
            var seen = DataTroubles.Observe(trouble, _plan.Query);
            known.Remove(seen.Fingerprint, out var existing);
            var facts = Facts(DataTroubles.Id(trouble.Kind), Verdict.Complete) with { Baseline = _history.Covered.Count == 0 };
            _changes.Apply(existing, seen, facts, DataTroubles.Policy);
        }

        var verdict = trouble is not null ? Verdict.Replaced : _input.Trouble is null ? Verdict.Complete : Verdict.NoData;
        foreach (var finding in known.Values)
            _changes.Apply(finding, null, Facts(finding.Query, verdict) with { Reason = _input.Trouble?.Reason }, DataTroubles.Policy);
    }
}
