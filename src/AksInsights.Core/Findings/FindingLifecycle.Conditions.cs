using System.Diagnostics;

namespace AksInsights.Core.Findings;

public static partial class FindingLifecycle
{
    /// <summary>A whole result over fresh data has a row for the finding.</summary>
    private static void Seen(FindingDraft draft, Observation seen, EvaluationFacts facts, LifecyclePolicy policy)
    {
        var before = draft.Finding;
        draft.Finding = before with
        {
            Key = seen.Key,
            Content = seen.Content,
            LastSeen = facts.At,
            LastEvaluated = facts.At,
            SeenCount = before.SeenCount + 1,
            NoData = null,
        };
        switch (before.Condition)
        {
            case Condition.Pending:
                draft.Finding = draft.Finding with { Severity = seen.Severity };
                OpenIfDue(draft, facts, policy);
                break;
            case Condition.Open:
                Reweigh(draft, seen.Severity, policy);
                break;
            case Condition.Clearing:
                draft.Finding = draft.Finding with { Condition = Condition.Open, ConditionSince = facts.At };
                draft.Add(FindingEventKind.Reappeared, tell: false);
                Turn(draft, facts.At, policy);
                Reweigh(draft, seen.Severity, policy);
                break;
            case Condition.Resolved:
                Reopen(draft, seen.Severity, facts.At);
                break;
            default:
                throw new UnreachableException($"There is no condition {before.Condition}.");
        }
    }

    /// <summary>An evaluation with something to say has no row for an open, clearing or resolved finding.</summary>
    private static void Unseen(FindingDraft draft, EvaluationFacts facts, LifecyclePolicy policy)
    {
        if (draft.Finding.Condition == Condition.Resolved) return;
        draft.Finding = draft.Finding with { LastEvaluated = facts.At, NoData = null };
        switch (facts.Verdict)
        {
            case Verdict.Complete: Clear(draft, facts.At, policy); break;
            case Verdict.SubjectGone: Resolve(draft, facts.At, ResolveReason.SubjectGone); break;
            case Verdict.RuleRemoved: Resolve(draft, facts.At, ResolveReason.RuleRemoved); break;
            case Verdict.OutOfScope: Resolve(draft, facts.At, ResolveReason.OutOfScope); break;
            case Verdict.Replaced: Resolve(draft, facts.At, ResolveReason.Replaced); break;
            default: throw new UnreachableException($"The verdict {facts.Verdict} was dealt with before.");
        }
    }

    private static void OpenIfDue(FindingDraft draft, EvaluationFacts facts, LifecyclePolicy policy)
    {
        var finding = draft.Finding;
        if (facts.At - finding.EpisodeSince < policy.For || finding.SeenCount < policy.ForEvaluations) return;
        draft.Finding = finding with { Condition = Condition.Open, ConditionSince = facts.At };
        if (finding.Baseline) draft.Add(FindingEventKind.Opened, tell: false, "baseline");
        else draft.Tell(FindingEventKind.Opened);
    }

    private static void Clear(FindingDraft draft, DateTimeOffset at, LifecyclePolicy policy)
    {
        if (draft.Finding.Condition == Condition.Open && policy.ResolveAfter > TimeSpan.Zero)
        {
            draft.Finding = draft.Finding with { Condition = Condition.Clearing, ConditionSince = at };
            draft.Add(FindingEventKind.Clearing, tell: false);
            Turn(draft, at, policy);
        }
        else if (at - draft.Finding.ConditionSince >= policy.ResolveAfter || draft.Finding.Condition == Condition.Open)
        {
            Resolve(draft, at, ResolveReason.Cleared);
        }
    }

    /// <summary>Ends the episode. Who was told of its beginning is told of its end, muted or not.</summary>
    private static void Resolve(FindingDraft draft, DateTimeOffset at, ResolveReason reason)
    {
        draft.Finding = draft.Finding with { Condition = Condition.Resolved, ConditionSince = at, ResolveReason = reason, Lower = null };
        draft.Add(FindingEventKind.Resolved, draft.Finding.Told, ResolveReasonText.Format(reason));
    }

    private static void Reopen(FindingDraft draft, Severity severity, DateTimeOffset at)
    {
        var acknowledged = draft.Finding.Workflow is Workflow.Acknowledged;
        draft.Finding = draft.Finding with
        {
            Condition = Condition.Open,
            ConditionSince = at,
            EpisodeSince = at,
            Episode = draft.Finding.Episode + 1,
            ResolveReason = null,
            Severity = severity,
            Lower = null,
            Baseline = false,
            Told = false,
            Workflow = acknowledged ? Workflow.New : draft.Finding.Workflow,
        };
        if (acknowledged) draft.Add(FindingEventKind.WorkflowEnded, tell: false, "The acknowledgement ended as the finding reopened.");
        draft.Tell(FindingEventKind.Reopened);
    }

    /// <summary>Believes a worse severity at once and a better one after some evaluations.</summary>
    private static void Reweigh(FindingDraft draft, Severity seen, LifecyclePolicy policy)
    {
        var finding = draft.Finding;
        if (seen == finding.Severity)
        {
            draft.Finding = finding with { Lower = null };
        }
        else if (seen > finding.Severity)
        {
            draft.Finding = finding with { Severity = seen, Lower = null };
            draft.Tell(FindingEventKind.Escalated, $"from {SeverityText.Format(finding.Severity)}");
        }
        else
        {
            var evaluations = (finding.Lower?.Evaluations ?? 0) + 1;
            var worst = finding.Lower?.Worst > seen ? finding.Lower.Worst : seen;
            draft.Finding = finding with { Lower = new LowerSeverity(evaluations, worst) };
            if (evaluations < policy.DeescalateAfterEvaluations) return;
            draft.Finding = finding with { Severity = worst, Lower = null };
            draft.Add(FindingEventKind.Deescalated, tell: false, $"from {SeverityText.Format(finding.Severity)}");
        }
    }
}
