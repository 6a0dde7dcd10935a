using AksInsights.Core.Findings;
using FsCheck;
using FsCheck.Fluent;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Findings;

/// <summary>What holds whatever evaluations see and whatever people say, over random histories of one subject.</summary>
public sealed class LifecyclePropertiesTests
{
    /// <summary>One moment of a history.</summary>
    /// <param name="Gap">Minutes since the last one.</param>
    /// <param name="Severity">What was seen; null for nothing.</param>
    /// <param name="Verdict">What could be said.</param>
    /// <param name="Saying">0 to 3: a person takes back, acknowledges, suppresses for an hour, or marks false positive; other: nobody says anything.</param>
    public sealed record Moment(int Gap, Severity? Severity, Verdict Verdict, int Saying);

    private static readonly Gen<Moment> Moments =
        from gap in Gen.Elements(5, 5, 5, 10, 70, 1500)
        from seen in Gen.Elements<Severity?>(null, null, Severity.Info, Severity.Warning, Severity.Critical)
        from verdict in Gen.Elements(
            Verdict.Complete, Verdict.Complete, Verdict.Complete, Verdict.Complete, Verdict.NoData, Verdict.SubjectGone, Verdict.RuleRemoved, Verdict.OutOfScope)
        from saying in Gen.Choose(0, 12)
        select new Moment(gap, seen, verdict, saying);

    private static readonly Arbitrary<Moment[]> Histories = Moments.ArrayOf().ToArbitrary();

    [Fact]
    public void OpeningsAndEndsAlternateForEveryFinding() => Check(steps =>
    {
        foreach (var events in steps.SelectMany(s => s.After.Events).GroupBy(e => e.Finding))
        {
            var open = false;
            foreach (var happened in events)
            {
                var opens = happened.Kind is FindingEventKind.Opened or FindingEventKind.Reopened;
                if (opens && open) return false;
                if (happened.Kind == FindingEventKind.Resolved && !open) return false;
                if (opens) open = true;
                if (happened.Kind == FindingEventKind.Resolved) open = false;
            }
        }

        return true;
    });

    [Fact]
    public void WhoIsToldOfABeginningIsToldOfTheEnd() => Check(steps =>
    {
        foreach (var episode in steps.SelectMany(s => s.After.Events).GroupBy(e => (e.Finding, e.Episode)))
        {
            var end = episode.SingleOrDefault(e => e.Kind == FindingEventKind.Resolved);
            if (end is not null && end.Tell != episode.Any(e => e.Tell && e != end)) return false;
        }

        return true;
    });

    [Fact]
    public void RunningAnEvaluationAgainChangesNothing() => Check(steps => steps.Where(s => s.ByMachine && s.After.Finding is not null).All(step =>
    {
        var again = FindingLifecycle.Advance(step.After.Finding, step.Seen, step.Facts!, Patient);
        return again.Events.Count == 0 && (ReferenceEquals(again.Finding, step.After.Finding) || again.Finding == step.After.Finding);
    }));

    [Fact]
    public void WithoutAVerdictNothingClearsOrOpens() => Check(steps => steps.Where(s => s.Facts?.Verdict == Verdict.NoData).All(step =>
        step.After.Finding?.Condition == step.Before?.Condition
        && step.After.Finding?.Severity == step.Before?.Severity
        && step.After.Events.All(e => e.Kind == FindingEventKind.WorkflowEnded)));

    [Fact]
    public void PeopleNeverChangeTheCondition() => Check(steps => steps.Where(s => !s.ByMachine).All(step =>
        step.After.Finding!.Condition == step.Before!.Condition && step.After.Finding.ConditionSince == step.Before.ConditionSince));

    [Fact]
    public void EvaluationsChangeTheWorkflowOnlyWhenItEndsOrTheFindingReopens() => Check(steps => steps
        .Where(s => s.ByMachine && s.Before is not null && s.After.Finding?.Id == s.Before.Id && s.After.Finding.Workflow != s.Before.Workflow)
        .All(step => step.After.Finding!.Workflow == Workflow.New && step.After.Events.Any(e => e.Kind == FindingEventKind.WorkflowEnded)));

    [Fact]
    public void AMutedFindingIsToldOnlyToEndWhatWasTold() => Check(steps => steps
        .Where(s => s.ByMachine && s.After.Finding?.Workflow.Mutes == true)
        .SelectMany(s => s.After.Events).All(e => !e.Tell || e.Kind == FindingEventKind.Resolved));

    [Fact]
    public void TheConditionOfTheLastEventIsThatOfTheFinding() => Check(steps => steps
        .Where(s => s.After.Events.Count > 0 && s.After.Finding is not null).All(s => s.After.Events[^1].Condition == s.After.Finding!.Condition));

    private static LifecyclePolicy Patient { get; } = Policy with { For = TimeSpan.FromMinutes(5) };

    private static void Check(Func<IReadOnlyList<Step>, bool> holds) =>
        Prop.ForAll(Histories, history => holds(Live(history))).QuickCheckThrowOnFailure();

    private static List<Step> Live(Moment[] history)
    {
        var steps = new List<Step>();
        var minute = 0;
        Finding? finding = null;
        foreach (var moment in history)
        {
            minute += moment.Gap;
            var seen = moment.Severity is { } severity && moment.Verdict is Verdict.Complete or Verdict.NoData ? Seen(severity) : null;
            var facts = Facts(minute, moment.Verdict, baseline: minute < 10);
            var after = FindingLifecycle.Advance(finding, seen, facts, Patient);
            steps.Add(new Step(finding, seen, facts, after));
            finding = after.Finding;
            if (finding is null || Said(moment.Saying, minute) is not { } workflow) continue;
            var said = WorkflowStep.Apply(finding, workflow, Minute(minute), "ann");
            steps.Add(new Step(finding, null, null, said));
            finding = said.Finding;
        }

        return steps;
    }

    private static Workflow? Said(int saying, int minute) => saying switch
    {
        0 => Workflow.New,
        1 => new Workflow.Acknowledged("ann", Minute(minute), null, null),
        2 => new Workflow.Suppressed("ann", Minute(minute), "known", Minute(minute + 60)),
        3 => new Workflow.FalsePositive("ann", Minute(minute), "a canary"),
        _ => null,
    };

    private sealed record Step(Finding? Before, Observation? Seen, EvaluationFacts? Facts, LifecycleStep After)
    {
        public bool ByMachine => Facts is not null;
    }
}
