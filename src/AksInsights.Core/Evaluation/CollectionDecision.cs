using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>
/// Decides what becomes of the findings about data that is not there: one for a table, or for a table of a cluster, or for a silent cluster, however many
/// queries miss it. Pure.
/// </summary>
internal sealed class CollectionDecision
{
    /// <summary>The name under which the evaluation is remembered; no query of the library may have it.</summary>
    public static readonly QueryId Evaluator = new("data-health/collection");

    private readonly EvaluationRecord _record;
    private readonly WorkspaceHealth _health;
    private readonly EvaluationHistory _history;
    private readonly FindingChanges _changes = new();

    private CollectionDecision(EvaluationRecord record, WorkspaceHealth health, EvaluationHistory history)
    {
        _record = record;
        _health = health;
        _history = history;
    }

    /// <summary>The changes when the data of a moment was looked at.</summary>
    public static EvaluationCommit Decide(EvaluationRecord record, IReadOnlyList<CollectionTrouble> troubles, WorkspaceHealth health, EvaluationHistory history)
    {
        if (FindingChanges.Superseded(record, history) is { } superseded) return superseded;
        var decision = new CollectionDecision(record, health, history);
        decision.DecideAll(troubles);
        return decision._changes.ToCommit(record, [.. health.Clusters.Append("").Where(scope => !history.Covered.Contains(scope))]);
    }

    private void DecideAll(IReadOnlyList<CollectionTrouble> troubles)
    {
        var known = _history.Findings.ToDictionary(finding => finding.Fingerprint);
        foreach (var trouble in troubles)
        {
            var seen = DataTroubles.Observe(trouble);
            known.Remove(seen.Fingerprint, out var existing);
            var baseline = !_history.Covered.Contains(trouble.Cluster ?? "");
            _changes.Apply(existing, seen, Facts(DataTroubles.Id(trouble.Kind), Verdict.Complete) with { Baseline = baseline }, DataTroubles.Policy);
        }

        foreach (var finding in known.Values)
        {
            var (verdict, reason) = Unseen(finding, troubles);
            _changes.Apply(finding, null, Facts(finding.Query, verdict) with { Reason = reason }, DataTroubles.Policy);
        }
    }

    private (Verdict Verdict, string? Reason) Unseen(Finding finding, IReadOnlyList<CollectionTrouble> troubles)
    {
        var cluster = finding.Key.Cluster;
        var table = finding.Key["table"];
        if (troubles.Any(t => (t.Cluster is null || t.Cluster == cluster) && (t.Table is null || table is null || t.Table == table) && !IsUnmeasured(t)))
            return (Verdict.Replaced, null);
        if (troubles.FirstOrDefault(IsUnmeasured) is { } silent) return (Verdict.NoData, silent.Reason);
        if (table is not null && !_health.Tables.ContainsKey(table)) return (Verdict.OutOfScope, null);
        if (cluster is null || _health.Clusters.Contains(cluster)) return (Verdict.Complete, null);
        if (finding.LastSeen <= _record.Id.End - EvaluationDecision.ClusterForgottenAfter) return (Verdict.SubjectGone, null);
        return (Verdict.NoData, $"{DataTroubles.ShortName(cluster)} has written no row for a day.");
    }

    private static bool IsUnmeasured(CollectionTrouble trouble) => trouble.Kind == DataTroubleKind.NotMeasured;

    private EvaluationFacts Facts(QueryId query, Verdict verdict) => new(_record.Id.Workspace, query, Evaluator, _record.Id.End, verdict);
}
