using AksInsights.Core.Findings;

namespace AksInsights.Service.Web.Findings;

/// <summary>How a finding stood over time. Immutable.</summary>
/// <param name="Start">Where the picture begins: when the finding was first seen, or where its events begin.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Stretches">The stretches, in order and without gaps.</param>
public sealed record FindingTimeline(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<TimelineStretch> Stretches)
{
    /// <summary>Reads it from the events.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="events">Its events, oldest first; the oldest may have been pruned.</param>
    /// <param name="now">Where the picture ends, unless the finding was over long before.</param>
    public static FindingTimeline Of(Finding finding, IReadOnlyList<FindingEvent> events, DateTimeOffset now)
    {
        // What stands before the first event that is known is not known either, but for the wait until it opened.
        var pruned = events is [{ Kind: not FindingEventKind.Opened }, ..];
        var start = pruned ? events[0].At : finding.FirstSeen;
        var end = finding.Condition == Condition.Resolved ? finding.ConditionSince + Tail(finding.ConditionSince - start) : now;
        if (end > now) end = now;
        if (end <= start) end = start + TimeSpan.FromMinutes(5);
        var stretches = new List<TimelineStretch>();
        var (at, condition, severity) = (start, events.Count == 0 ? finding.Condition : Condition.Pending, finding.Severity);
        foreach (var happened in events)
        {
            Add(happened.At);
            (condition, severity) = (happened.Condition, happened.Severity);
        }

        Add(end);
        return new FindingTimeline(start, end, stretches);

        void Add(DateTimeOffset until)
        {
            if (until <= at) return;
            if (stretches is [.., var last] && last.Condition == condition && last.Severity == severity) stretches[^1] = last with { To = until };
            else stretches.Add(new TimelineStretch(at, until, condition, severity));
            at = until;
        }
    }

    /// <summary>Where a moment is in the picture, from 0 to 1.</summary>
    public double Place(DateTimeOffset at) => Math.Clamp((at - Start) / (End - Start), 0, 1);

    // Enough to see that it ended.
    private static TimeSpan Tail(TimeSpan lasted) => lasted / 10 + TimeSpan.FromMinutes(1);
}

/// <summary>A stretch of time in which a finding stood the same.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Severity">How bad it was.</param>
public sealed record TimelineStretch(DateTimeOffset From, DateTimeOffset To, Condition Condition, Severity Severity);
