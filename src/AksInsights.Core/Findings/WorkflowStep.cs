namespace AksInsights.Core.Findings;

/// <summary>What people do to a finding. Pure; the condition never changes.</summary>
public static class WorkflowStep
{
    /// <summary>Somebody says something about a finding, or with <see cref="Workflow.New"/> takes back what was said.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="workflow">What is said now.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <returns>A step without events when it says nothing new.</returns>
    public static LifecycleStep Apply(Finding finding, Workflow workflow, DateTimeOffset at, string by)
    {
        if (finding.Workflow == workflow) return new LifecycleStep(finding, []);
        var draft = new FindingDraft(finding with { Workflow = workflow }, at);
        switch (workflow)
        {
            case Workflow.Acknowledged said: draft.Add(FindingEventKind.Acknowledged, false, Words(by, said.Note)); break;
            case Workflow.Suppressed said: draft.Add(FindingEventKind.Suppressed, false, Words(by, said.Reason)); break;
            case Workflow.FalsePositive said: draft.Add(FindingEventKind.MarkedFalsePositive, false, Words(by, said.Reason)); break;
            default: draft.WakeUp(FindingEventKind.WorkflowEnded, Words(by, "taken back")); break;
        }

        return draft.ToStep();
    }

    private static string Words(string by, string? reason) => string.IsNullOrEmpty(reason) ? by : $"{by}: {reason}";
}
