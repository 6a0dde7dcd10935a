using AksInsights.Core.Findings;
using AksInsights.Service.Web.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Web;

/// <summary>A finding's events as a picture of how it stood.</summary>
public sealed class FindingTimelineTests
{
    [Fact]
    public void EachStretchIsHowTheFindingStoodBetweenTwoEvents()
    {
        var finding = Open();
        var timeline = FindingTimeline.Of(
            finding,
            [Event(10, FindingEventKind.Opened, Severity.Warning, Condition.Open), Event(20, FindingEventKind.Escalated, Severity.Error, Condition.Open), Event(30, FindingEventKind.Clearing, Severity.Error, Condition.Clearing)],
            Minute(60));
        Assert.Equal((Minute(0), Minute(60)), (timeline.Start, timeline.End));
        Assert.Equal(
            [
                new TimelineStretch(Minute(0), Minute(10), Condition.Pending, Severity.Error), new TimelineStretch(Minute(10), Minute(20), Condition.Open, Severity.Warning),
                new TimelineStretch(Minute(20), Minute(30), Condition.Open, Severity.Error), new TimelineStretch(Minute(30), Minute(60), Condition.Clearing, Severity.Error),
            ],
            timeline.Stretches);
        Assert.Equal(0.5, timeline.Place(Minute(30)));
    }

    [Fact]
    public void WhatPeopleSayCutsNoStretch()
    {
        var timeline = FindingTimeline.Of(Open(), [Event(0, FindingEventKind.Opened, Severity.Error, Condition.Open), Event(20, FindingEventKind.Acknowledged, Severity.Error, Condition.Open)], Minute(60));
        Assert.Equal([new TimelineStretch(Minute(0), Minute(60), Condition.Open, Severity.Error)], timeline.Stretches);
    }

    [Fact]
    public void OneThatEndedLongAgoFillsThePicture()
    {
        var over = Open() with { Condition = Condition.Resolved, ConditionSince = Minute(60) };
        var timeline = FindingTimeline.Of(over, [Event(0, FindingEventKind.Opened, Severity.Error, Condition.Open), Event(60, FindingEventKind.Resolved, Severity.Error, Condition.Resolved)], Minute(60 * 24 * 90));
        Assert.Equal(Minute(67), timeline.End);
        Assert.Equal([Condition.Open, Condition.Resolved], timeline.Stretches.Select(stretch => stretch.Condition));
    }

    [Fact]
    public void WhereOldEventsWereCleanedUpThePictureBeginsWithTheOldestThatIsLeft()
    {
        var timeline = FindingTimeline.Of(Open(), [Event(40, FindingEventKind.Reopened, Severity.Error, Condition.Open)], Minute(60));
        Assert.Equal([new TimelineStretch(Minute(40), Minute(60), Condition.Open, Severity.Error)], timeline.Stretches);
    }

    [Fact]
    public void OneThatWasJustSeenHasAPictureToo()
    {
        var timeline = FindingTimeline.Of(Open(), [], Minute(0));
        Assert.Equal(TimeSpan.FromMinutes(5), timeline.End - timeline.Start);
        Assert.Equal(Condition.Open, Assert.Single(timeline.Stretches).Condition);
    }

    private static FindingEvent Event(double minute, FindingEventKind kind, Severity severity, Condition condition) => new(Open().Id, Minute(minute), kind, 1, severity, condition, true);
}
