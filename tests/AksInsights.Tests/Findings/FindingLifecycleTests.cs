using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Findings;

/// <summary>One test for each row of the transition table, then the finer points.</summary>
public sealed class FindingLifecycleTests
{
    private static readonly LifecyclePolicy Patient = Policy with { For = TimeSpan.FromMinutes(10) };

    [Fact]
    public void ARowThatIsTooYoungIsPendingAndSilent()
    {
        var step = From(null).Then(0, Seen(), policy: Patient);
        Assert.Equal(Condition.Pending, step.Finding!.Condition);
        Assert.Empty(step.Events);
    }

    [Fact]
    public void APendingFindingThatIsGoneIsForgotten()
    {
        var step = From(null).Then(0, Seen(), policy: Patient).Then(5, null, policy: Patient);
        Assert.Null(step.Finding);
        Assert.Empty(step.Events);
    }

    [Theory]
    [InlineData(9.9, Condition.Pending)]
    [InlineData(10, Condition.Open)]
    public void APendingFindingOpensWhenItIsOldEnough(double minute, Condition expected)
    {
        var step = From(null).Then(0, Seen(), policy: Patient).Then(minute, Seen(), policy: Patient);
        Assert.Equal(expected, step.Finding!.Condition);
        Assert.Equal(expected == Condition.Open ? [FindingEventKind.Opened] : [], Kinds(step));
    }

    [Fact]
    public void APendingFindingOpensWhenEnoughEvaluationsSawIt()
    {
        var policy = Policy with { ForEvaluations = 3 };
        var second = From(null).Then(0, Seen(), policy: policy).Then(5, Seen(), policy: policy);
        Assert.Equal(Condition.Pending, second.Finding!.Condition);
        Assert.Equal(Condition.Open, second.Then(10, Seen(), policy: policy).Finding!.Condition);
    }

    [Fact]
    public void WithoutPatienceARowOpensAtOnceAndIsTold()
    {
        var step = From(null).Then(0, Seen());
        Assert.Equal(Condition.Open, step.Finding!.Condition);
        Assert.Equal([FindingEventKind.Opened], Kinds(step));
        Assert.True(step.Events[0].Tell);
        Assert.True(step.Finding.Told);
    }

    [Fact]
    public void AnOpenFindingSeenAgainIsRefreshedInSilence()
    {
        var step = From(Open()).Then(5, Seen(restarts: 7));
        Assert.Empty(step.Events);
        Assert.Equal(Minute(5), step.Finding!.LastSeen);
        Assert.Equal(Minute(0), step.Finding.FirstSeen);
        Assert.Equal(2, step.Finding.SeenCount);
        Assert.Equal(7, step.Finding.Content.Measures[0].Value);
    }

    [Fact]
    public void AWorseSeverityIsBelievedAndToldAtOnce()
    {
        var step = From(Open(Severity.Warning)).Then(5, Seen(Severity.Critical));
        Assert.Equal(Severity.Critical, step.Finding!.Severity);
        var told = Assert.Single(step.Events);
        Assert.Equal((FindingEventKind.Escalated, true, "from warning"), (told.Kind, told.Tell, told.Detail));
    }

    [Fact]
    public void ABetterSeverityIsBelievedAfterTwoEvaluations()
    {
        var first = From(Open(Severity.Critical)).Then(5, Seen(Severity.Info));
        Assert.Equal(Severity.Critical, first.Finding!.Severity);
        Assert.Empty(first.Events);
        var second = first.Then(10, Seen(Severity.Warning));
        Assert.Equal(Severity.Warning, second.Finding!.Severity);
        Assert.Equal([FindingEventKind.Deescalated], Kinds(second));
        Assert.False(second.Events[0].Tell);
    }

    [Fact]
    public void ABetterSeverityThatDoesNotLastIsForgotten()
    {
        var step = From(Open()).Then(5, Seen(Severity.Info)).Then(10, Seen()).Then(15, Seen(Severity.Info));
        Assert.Equal(Severity.Error, step.Finding!.Severity);
    }

    [Fact]
    public void AnOpenFindingThatIsNotSeenIsClearing()
    {
        var step = From(Open()).Then(5, null);
        Assert.Equal((Condition.Clearing, Minute(5)), (step.Finding!.Condition, step.Finding.ConditionSince));
        Assert.False(Assert.Single(step.Events).Tell);
    }

    [Fact]
    public void AClearingFindingSeenAgainIsOpenInSilence()
    {
        var step = From(Open()).Then(5, null).Then(10, Seen());
        Assert.Equal(Condition.Open, step.Finding!.Condition);
        Assert.Equal([FindingEventKind.Reappeared], Kinds(step));
        Assert.False(step.Events[0].Tell);
        Assert.Equal(1, step.Finding.Episode);
        Assert.Equal(2, step.Finding.Turns.Count);
    }

    [Theory]
    [InlineData(19.9, Condition.Clearing)]
    [InlineData(20, Condition.Resolved)]
    public void AClearingFindingResolvesWhenItIsClearForLongEnough(double minute, Condition expected)
    {
        var step = From(Open()).Then(5, null).Then(minute, null);
        Assert.Equal(expected, step.Finding!.Condition);
        if (expected == Condition.Resolved) Assert.Equal((FindingEventKind.Resolved, true, "cleared"), (step.Events[0].Kind, step.Events[0].Tell, step.Events[0].Detail));
    }

    [Fact]
    public void WithoutPatienceAnOpenFindingResolvesAtOnce()
    {
        var step = From(Open()).Then(5, null, policy: Policy with { ResolveAfter = TimeSpan.Zero });
        Assert.Equal([FindingEventKind.Resolved], Kinds(step));
    }

    [Fact]
    public void WhoWasToldOfTheOpeningIsToldOfTheEndEvenIfItWasSuppressedSince()
    {
        var suppressed = Open() with { Workflow = new Workflow.Suppressed("ann", Minute(1), "known", Minute(9999)) };
        var step = From(suppressed).Then(5, null).Then(20, null);
        Assert.True(Assert.Single(step.Events).Tell);
    }

    [Fact]
    public void AFindingThatComesBackWithinADayIsTheSameInItsNextEpisode()
    {
        var step = From(Resolved()).Then(20 + (24 * 60), Seen());
        Assert.Equal(Resolved().Id, step.Finding!.Id);
        Assert.Equal((Condition.Open, 2), (step.Finding.Condition, step.Finding.Episode));
        Assert.Null(step.Finding.ResolveReason);
        Assert.Equal((FindingEventKind.Reopened, true), (step.Events[0].Kind, step.Events[0].Tell));
        Assert.Null(step.Replaces);
    }

    [Fact]
    public void AFindingThatComesBackLaterIsANewOne()
    {
        var step = From(Resolved()).Then(20.1 + (24 * 60), Seen());
        Assert.NotEqual(Resolved().Id, step.Finding!.Id);
        Assert.Equal(Resolved().Fingerprint, step.Finding.Fingerprint);
        Assert.Equal(Resolved().Id, step.Replaces);
        Assert.Equal([FindingEventKind.Opened], Kinds(step));
        Assert.Equal(1, step.Finding.Episode);
    }

    [Fact]
    public void AnEvaluationWithoutAVerdictChangesNothingButTheOverlay()
    {
        foreach (var finding in new[] { Pending(), Open(), From(Open()).Then(5, null).Finding! })
        {
            var step = From(finding).Then(60, null, Verdict.NoData);
            Assert.Empty(step.Events);
            Assert.Equal(finding with { NoData = step.Finding!.NoData, LastEvaluated = Minute(60) }, step.Finding);
            Assert.Equal(new NoDataOverlay(Minute(60), "The query failed."), step.Finding.NoData);
            Assert.Equal(Minute(60), step.Then(65, null, Verdict.NoData).Finding!.NoData!.Since);
        }
    }

    [Fact]
    public void RowsOfAnEvaluationWithoutAVerdictCountForNothing()
    {
        Assert.Null(From(null).Then(0, Seen(), Verdict.NoData).Finding);
        Assert.Equal(Severity.Warning, From(Open(Severity.Warning)).Then(5, Seen(Severity.Critical), Verdict.NoData).Finding!.Severity);
    }

    [Fact]
    public void TheOverlayEndsWithTheNextVerdict()
    {
        var step = From(Open()).Then(5, null, Verdict.NoData).Then(10, Seen());
        Assert.Null(step.Finding!.NoData);
        Assert.Equal(Condition.Open, step.Finding.Condition);
    }

    [Theory]
    [InlineData(Verdict.RuleRemoved, ResolveReason.RuleRemoved)]
    [InlineData(Verdict.OutOfScope, ResolveReason.OutOfScope)]
    [InlineData(Verdict.SubjectGone, ResolveReason.SubjectGone)]
    [InlineData(Verdict.Replaced, ResolveReason.Replaced)]
    public void AnOpenFindingWhoseReasonIsGoneResolvesAtOnce(Verdict verdict, ResolveReason reason)
    {
        foreach (var finding in new[] { Open(), From(Open()).Then(5, null).Finding! })
        {
            var step = From(finding).Then(10, null, verdict);
            Assert.Equal((Condition.Resolved, reason), (step.Finding!.Condition, step.Finding.ResolveReason));
            Assert.True(Assert.Single(step.Events).Tell);
        }
    }

    [Fact]
    public void ABaselineIsOpenedAndResolvedWithoutTelling()
    {
        var opened = FindingLifecycle.Advance(null, Seen(), Facts(0, baseline: true), Policy);
        Assert.Equal((Condition.Open, true, false), (opened.Finding!.Condition, opened.Finding.Baseline, opened.Finding.Told));
        Assert.False(Assert.Single(opened.Events).Tell);
        Assert.False(Assert.Single(opened.Then(5, null).Then(20, null).Events).Tell);
    }

    [Fact]
    public void ABaselineThatGetsWorseIsToldAndSoIsItsEnd()
    {
        var opened = FindingLifecycle.Advance(null, Seen(), Facts(0, baseline: true), Policy);
        var worse = opened.Then(5, Seen(Severity.Critical));
        Assert.True(Assert.Single(worse.Events).Tell);
        Assert.True(Assert.Single(worse.Then(10, null).Then(25, null).Events).Tell);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void AnEvaluationThatIsNotNewerChangesNothing(double minute)
    {
        var open = Open();
        Assert.Same(open, From(open).Then(minute, null).Finding);
        Assert.Same(open, From(open).Then(minute, Seen(Severity.Critical)).Finding);
        Assert.Same(open, From(open).Then(minute, null, Verdict.NoData).Finding);
    }

    [Fact]
    public void AResolvedFindingThatIsNotSeenIsTheSameInstance()
    {
        var resolved = Resolved();
        Assert.Same(resolved, From(resolved).Then(60, null).Finding);
        Assert.Same(resolved, From(resolved).Then(60, null, Verdict.NoData).Finding);
    }

    private static FindingEventKind[] Kinds(LifecycleStep step) => [.. step.Events.Select(e => e.Kind)];

    private static Finding Pending() => From(null).Then(0, Seen(), policy: Patient).Finding!;

    private static Finding Resolved() => From(Open()).Then(5, null).Then(20, null).Finding!;
}
