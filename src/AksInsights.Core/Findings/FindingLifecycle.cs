namespace AksInsights.Core.Findings;

/// <summary>
/// What becomes of a finding: a pure function of the finding, what an evaluation saw, what the evaluation can say, and the query's patience.
/// </summary>
/// <remarks>
/// Two axes. The condition (pending, open, clearing, resolved) follows evaluations alone, the workflow follows people alone, but for two cases: an
/// acknowledgement ends when the finding reopens, and what has a time limit ends by itself. An evaluation that is not newer than the last one applied
/// changes nothing, so running one again is harmless.
/// </remarks>
public static partial class FindingLifecycle
{
    /// <summary>Applies one evaluation to one finding.</summary>
    /// <param name="existing">The newest finding about the subject, resolved ones included; null when there is none.</param>
    /// <param name="seen">What the evaluation saw of it; null when nothing.</param>
    /// <param name="facts">What the evaluation can say.</param>
    /// <param name="policy">How patient to be.</param>
    /// <returns>The very instance <paramref name="existing"/> when nothing changed.</returns>
    public static LifecycleStep Advance(Finding? existing, Observation? seen, EvaluationFacts facts, LifecyclePolicy policy)
    {
        if (existing is null) return seen is null || facts.Verdict != Verdict.Complete ? LifecycleStep.Nothing : Appear(seen, facts, policy);
        if (facts.At <= existing.LastEvaluated) return new LifecycleStep(existing, []);
        if (facts.Verdict == Verdict.NoData) return WithoutVerdict(existing, facts);
        if (seen is not null && facts.Verdict == Verdict.Complete && !Remembers(existing, facts, policy)) return Follow(existing, seen, facts, policy);

        var draft = new FindingDraft(existing, facts.At);
        ExpireWorkflow(draft, facts.At);
        EndFlapping(draft, facts.At, policy);
        if (seen is not null && facts.Verdict == Verdict.Complete) Seen(draft, seen, facts, policy);
        else if (existing.Condition == Condition.Pending) return LifecycleStep.Nothing;
        else Unseen(draft, facts, policy);
        return draft.ToStep();
    }

    /// <summary>Whether a problem that is seen now is still the same finding, rather than a new one about the same subject.</summary>
    private static bool Remembers(Finding existing, EvaluationFacts facts, LifecyclePolicy policy) =>
        existing.Condition != Condition.Resolved || facts.At - existing.ConditionSince <= policy.ReopenWithin;

    /// <summary>A new finding.</summary>
    private static LifecycleStep Appear(Observation seen, EvaluationFacts facts, LifecyclePolicy policy, Workflow? workflow = null)
    {
        var finding = new Finding
        {
            Id = FindingId.Of(facts.Workspace, seen.Fingerprint, facts.At),
            Workspace = facts.Workspace,
            Query = facts.Query,
            EvaluatedBy = facts.EvaluatedBy,
            Key = seen.Key,
            Fingerprint = seen.Fingerprint,
            Severity = seen.Severity,
            Content = seen.Content,
            Condition = Condition.Pending,
            ConditionSince = facts.At,
            Workflow = workflow ?? Workflow.New,
            FirstSeen = facts.At,
            EpisodeSince = facts.At,
            LastSeen = facts.At,
            LastEvaluated = facts.At,
            Baseline = facts.Baseline,
        };
        var draft = new FindingDraft(finding, facts.At);
        OpenIfDue(draft, facts, policy);
        return draft.ToStep();
    }

    /// <summary>A new finding about a subject whose last one was resolved too long ago. A standing judgement of people about the subject goes on.</summary>
    private static LifecycleStep Follow(Finding old, Observation seen, EvaluationFacts facts, LifecyclePolicy policy)
    {
        var standing = old.Workflow.Mutes && !(old.Workflow.Until <= facts.At) ? old.Workflow : null;
        return Appear(seen, facts, policy, standing) with { Replaces = old.Id };
    }

    /// <summary>Nothing can be said: the condition stays, the overlay begins. What has a time limit still ends.</summary>
    private static LifecycleStep WithoutVerdict(Finding existing, EvaluationFacts facts)
    {
        var draft = new FindingDraft(existing, facts.At);
        ExpireWorkflow(draft, facts.At);
        if (existing.Condition != Condition.Resolved)
        {
            var overlay = existing.NoData ?? new NoDataOverlay(facts.At, facts.Reason ?? "The evaluation could say nothing.");
            draft.Finding = draft.Finding with { NoData = overlay, LastEvaluated = facts.At };
        }

        return draft.ToStep();
    }

    private static void ExpireWorkflow(FindingDraft draft, DateTimeOffset at)
    {
        if (!(draft.Finding.Workflow.Until <= at)) return;
        var what = draft.Finding.Workflow is Workflow.Suppressed ? "suppression" : "acknowledgement";
        draft.Finding = draft.Finding with { Workflow = Workflow.New };
        draft.WakeUp(FindingEventKind.WorkflowEnded, $"The {what} ended by itself.");
    }

    private static void EndFlapping(FindingDraft draft, DateTimeOffset at, LifecyclePolicy policy)
    {
        if (draft.Finding.FlappingSince is null || at - draft.Finding.Turns[^1] < policy.FlapWindow) return;
        draft.Finding = draft.Finding with { FlappingSince = null, Turns = [] };
        draft.WakeUp(FindingEventKind.FlappingEnded, "It has been steady for long enough.");
    }

    /// <summary>Remembers a turn between open and clearing, and tells once when they become too many.</summary>
    private static void Turn(FindingDraft draft, DateTimeOffset at, LifecyclePolicy policy)
    {
        var turns = draft.Finding.Turns.Where(turn => at - turn < policy.FlapWindow).Append(at).TakeLast(policy.FlapLimit).ToArray();
        draft.Finding = draft.Finding with { Turns = turns };
        if (turns.Length < policy.FlapLimit || draft.Finding.FlappingSince is not null) return;
        draft.Tell(FindingEventKind.FlappingStarted, $"It turned {turns.Length} times since {turns[0]:u}.");
        draft.Finding = draft.Finding with { FlappingSince = at };
    }
}
