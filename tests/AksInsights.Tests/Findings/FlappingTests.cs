using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Findings;

public sealed class FlappingTests
{
    [Fact]
    public void TwoTurnsAreNotFlapping() => Assert.Null(Turned(2).Finding!.FlappingSince);

    [Fact]
    public void TheThirdTurnWithinAnHourIsFlappingAndToldOnce()
    {
        var third = Turned(3);
        Assert.Equal(Minute(15), third.Finding!.FlappingSince);
        Assert.Equal([(FindingEventKind.Clearing, false), (FindingEventKind.FlappingStarted, true)], third.Events.Select(e => (e.Kind, e.Tell)));
        Assert.DoesNotContain(third.Then(20, Seen()).Then(25, null).Events, e => e.Kind == FindingEventKind.FlappingStarted);
    }

    [Fact]
    public void TurnsAnHourApartAreNotFlapping()
    {
        var step = From(Open()).Then(5, null).Then(10, Seen()).Then(66, null);
        Assert.Null(step.Finding!.FlappingSince);
    }

    [Fact]
    public void WhileItFlapsNothingElseIsTold()
    {
        var worse = Turned(3).Then(20, Seen(Severity.Critical));
        Assert.Equal([FindingEventKind.Reappeared, FindingEventKind.Escalated], worse.Events.Select(e => e.Kind));
        Assert.DoesNotContain(worse.Events, e => e.Tell);
    }

    [Fact]
    public void AReopeningWhileFlappingIsNotToldAndNeitherIsItsEnd()
    {
        var resolved = Turned(3).Then(30, null);
        Assert.True(Assert.Single(resolved.Events).Tell);
        var reopened = resolved.Then(35, Seen());
        Assert.Equal((FindingEventKind.Reopened, false), (reopened.Events[0].Kind, reopened.Events[0].Tell));
        Assert.False(reopened.Then(40, null).Then(55, null).Events[^1].Tell);
    }

    [Fact]
    public void AnHourOfSteadinessEndsIt()
    {
        var steady = Turned(4).Then(79, Seen());
        Assert.NotNull(steady.Finding!.FlappingSince);
        var over = steady.Then(80, Seen());
        Assert.Null(over.Finding!.FlappingSince);
        Assert.Equal([FindingEventKind.FlappingEnded], over.Events.Select(e => e.Kind));
        Assert.False(over.Events[0].Tell);
    }

    [Fact]
    public void WhatReopenedInSilenceIsToldOnceItIsSteady()
    {
        var reopened = Turned(3).Then(30, null).Then(35, Seen());
        var over = reopened.Then(75, Seen());
        Assert.Equal((FindingEventKind.FlappingEnded, true), (over.Events[0].Kind, over.Events[0].Tell));
        Assert.True(over.Finding!.Told);
    }

    [Fact]
    public void NoDataDoesNotCountAsSteady()
    {
        var step = Turned(3).Then(90, null, Verdict.NoData);
        Assert.NotNull(step.Finding!.FlappingSince);
    }

    /// <summary>An open finding after some turns, five minutes apart from minute 5.</summary>
    private static LifecycleStep Turned(int turns)
    {
        var step = From(Open());
        for (var turn = 1; turn <= turns; turn++) step = step.Then(5 * turn, turn % 2 == 1 ? null : Seen());
        return step;
    }
}
