using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Findings;

public sealed class WorkflowTests
{
    private static readonly Workflow Acknowledged = new Workflow.Acknowledged("ann", Minute(1), "on it", null);
    private static readonly Workflow Suppressed = new Workflow.Suppressed("ann", Minute(1), "known", Minute(60));
    private static readonly Workflow FalsePositive = new Workflow.FalsePositive("ann", Minute(1), "a canary");

    public static TheoryData<Workflow, FindingEventKind, string> Sayings => new()
    {
        { Acknowledged, FindingEventKind.Acknowledged, "ann: on it" },
        { Suppressed, FindingEventKind.Suppressed, "ann: known" },
        { FalsePositive, FindingEventKind.MarkedFalsePositive, "ann: a canary" },
    };

    [Theory]
    [MemberData(nameof(Sayings))]
    public void WhatPeopleSayIsRecordedAndLeavesTheConditionAlone(Workflow workflow, FindingEventKind kind, string detail)
    {
        var step = WorkflowStep.Apply(Open(), workflow, Minute(1), "ann");
        Assert.Equal(Open() with { Workflow = workflow, Content = step.Finding!.Content, Key = step.Finding.Key, Turns = step.Finding.Turns }, step.Finding);
        var said = Assert.Single(step.Events);
        Assert.Equal((kind, detail, Minute(1), false), (said.Kind, said.Detail, said.At, said.Tell));
    }

    [Fact]
    public void SayingTheSameAgainIsNoEvent() =>
        Assert.Empty(WorkflowStep.Apply(Open() with { Workflow = Suppressed }, Suppressed, Minute(2), "ann").Events);

    [Fact]
    public void TakingASuppressionBackTellsWhatNobodyWasTold()
    {
        var silent = Open() with { Workflow = Suppressed, Told = false };
        var step = WorkflowStep.Apply(silent, Workflow.New, Minute(2), "bob");
        var ended = Assert.Single(step.Events);
        Assert.Equal((FindingEventKind.WorkflowEnded, true, "bob: taken back"), (ended.Kind, ended.Tell, ended.Detail));
        Assert.True(step.Finding!.Told);
    }

    [Theory]
    [InlineData(59.9, true)]
    [InlineData(60, false)]
    public void ASuppressionEndsByItself(double minute, bool stillSuppressed)
    {
        var step = From(Open() with { Workflow = Suppressed }).Then(minute, Seen());
        Assert.Equal(stillSuppressed, step.Finding!.Workflow is Workflow.Suppressed);
        Assert.Equal(stillSuppressed ? [] : [FindingEventKind.WorkflowEnded], step.Events.Select(e => e.Kind));
        Assert.DoesNotContain(step.Events, e => e.Tell);
    }

    [Fact]
    public void ASuppressionEndsEvenWhileNothingCanBeSaid() =>
        Assert.Equal(Workflow.New, From(Open() with { Workflow = Suppressed }).Then(60, null, Verdict.NoData).Finding!.Workflow);

    [Fact]
    public void AnEscalationWhileSuppressedIsRecordedButNotTold()
    {
        var step = From(Open(Severity.Warning) with { Workflow = Suppressed, Told = false }).Then(5, Seen(Severity.Critical));
        Assert.False(Assert.Single(step.Events).Tell);
        var after = step.Then(60, Seen(Severity.Critical));
        Assert.Equal((FindingEventKind.WorkflowEnded, true, Severity.Critical), (after.Events[0].Kind, after.Events[0].Tell, after.Events[0].Severity));
    }

    [Fact]
    public void ReopeningEndsAnAcknowledgement()
    {
        var step = From(ResolvedWith(Acknowledged)).Then(30, Seen());
        Assert.Equal(Workflow.New, step.Finding!.Workflow);
        Assert.Equal([FindingEventKind.WorkflowEnded, FindingEventKind.Reopened], step.Events.Select(e => e.Kind));
        Assert.True(step.Events[1].Tell);
    }

    [Fact]
    public void ReopeningKeepsASuppressionAndAFalsePositive()
    {
        foreach (var workflow in new[] { Suppressed, FalsePositive })
        {
            var step = From(ResolvedWith(workflow)).Then(30, Seen());
            Assert.Equal(workflow, step.Finding!.Workflow);
            Assert.False(Assert.Single(step.Events).Tell);
        }
    }

    [Fact]
    public void ALaterFindingAboutTheSameSubjectInheritsAFalsePositiveButNoEndedSuppression()
    {
        Assert.Equal(FalsePositive, From(ResolvedWith(FalsePositive)).Then(3000, Seen()).Finding!.Workflow);
        Assert.Equal(Workflow.New, From(ResolvedWith(Suppressed)).Then(3000, Seen()).Finding!.Workflow);
        Assert.Equal(Workflow.New, From(ResolvedWith(Acknowledged)).Then(3000, Seen()).Finding!.Workflow);
    }

    private static Finding ResolvedWith(Workflow workflow) => From(Open() with { Workflow = workflow }).Then(5, null).Then(20, null).Finding!;
}
