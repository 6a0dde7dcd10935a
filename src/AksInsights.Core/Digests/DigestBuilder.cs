using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Digests;

/// <summary>Makes a digest from findings and events. Pure: the same input gives the same digest.</summary>
public static class DigestBuilder
{
    /// <summary>The measure of a recommendation that says what it saves.</summary>
    public const string SavingMeasure = "savingPerMonth";

    private const int MostOldest = 10;
    private const int TrendDays = 14;

    /// <summary>The time before a moment whose events a digest needs.</summary>
    public static TimeSpan Lookback(DateTimeOffset? since, DateTimeOffset until)
    {
        var trend = TimeSpan.FromDays(TrendDays);
        return until - since is { } age && age > trend ? age : trend;
    }

    /// <summary>Makes a digest.</summary>
    /// <param name="since">The end of the last delivered one; null makes a first one.</param>
    /// <param name="until">Its own end.</param>
    /// <param name="findings">All findings that are open or clearing, and those that ended since; others do no harm.</param>
    /// <param name="events">The events of <see cref="Lookback"/>, in order.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="policy">Who owns what.</param>
    public static Digest Build(
        DateTimeOffset? since, DateTimeOffset until, IReadOnlyList<Finding> findings, IReadOnlyList<FindingEvent> events, DigestScope scope, AlertPolicy policy)
    {
        var mine = findings.Where(finding => Takes(scope, finding, policy)).ToList();
        var problems = mine.Where(finding => finding.Query.Area != QueryId.DataHealthArea).ToDictionary(finding => finding.Id);
        var open = problems.Values.Where(IsOpen).ToList();
        var window = events.Where(e => problems.ContainsKey(e.Finding) && (since is null || e.At > since) && e.At <= until).ToList();
        var listed = open.Where(finding => !finding.Workflow.Mutes).ToList();

        var opened = Ids(window, FindingEventKind.Opened, FindingEventKind.Reopened);
        var escalated = Ids(window, FindingEventKind.Escalated);
        var fresh = since is null ? [] : Worst(listed.Where(finding => opened.Contains(finding.Id) && !finding.Baseline));
        var turns = TrendOf(events.Where(e => problems.ContainsKey(e.Finding)).ToList(), open.Count, until);
        return new Digest
        {
            Since = since,
            Until = until,
            Scope = scope.Owner ?? (scope.Cluster is null ? "" : ClusterName.Of(scope.Cluster)!),
            New = fresh,
            Worse = since is null ? [] : Worst(listed.Where(finding => escalated.Contains(finding.Id) && !opened.Contains(finding.Id))),
            Flapping = Worst(listed.Where(finding => finding.FlappingSince is not null)),
            Resolved = since is null ? [] : Ended(problems.Values, window),
            Oldest = [.. listed.Except(fresh).OrderBy(finding => finding.EpisodeSince).ThenByDescending(finding => finding.Severity).Take(MostOldest)],
            DataHealth = Worst(mine.Where(finding => finding.Query.Area == QueryId.DataHealthArea && IsOpen(finding))),
            Open = open.Count,
            OpenBefore = since is null ? open.Count : open.Count - window.Sum(Change),
            Baseline = open.Count(finding => finding.Baseline),
            Clusters = [.. open.GroupBy(finding => finding.Key.Cluster ?? "").Select(c => (c.Key, c.Count(), c.Max(f => f.Severity))).OrderByDescending(c => c.Item2).ThenBy(c => c.Key, StringComparer.Ordinal)],
            Trend = turns,
            SavingPerMonth = listed.SelectMany(finding => finding.Content.Measures).Where(measure => measure.Name == SavingMeasure).Sum(measure => measure.Value ?? 0),
        };
    }

    private static bool IsOpen(Finding finding) => finding.Condition is Condition.Open or Condition.Clearing;

    private static bool Takes(DigestScope scope, Finding finding, AlertPolicy policy)
    {
        if (scope.Cluster is { } cluster && !(finding.Key.Cluster is { } id && (Glob.Matches(cluster, id) || Glob.Matches(cluster, ClusterName.Of(id))))) return false;
        return scope.Owner is not { } owner || policy.OwnerOf(finding.Key)?.Name == owner;
    }

    private static HashSet<FindingId> Ids(IEnumerable<FindingEvent> events, params FindingEventKind[] kinds) =>
        [.. events.Where(e => kinds.Contains(e.Kind)).Select(e => e.Finding)];

    private static List<Finding> Worst(IEnumerable<Finding> findings) =>
        [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.EpisodeSince).ThenBy(f => f.Id.Value, StringComparer.Ordinal)];

    private static List<Finding> Ended(IEnumerable<Finding> findings, List<FindingEvent> window)
    {
        var ended = Ids(window, FindingEventKind.Resolved);
        return [.. findings.Where(f => f.Condition == Condition.Resolved && ended.Contains(f.Id)).OrderByDescending(f => f.ConditionSince).ThenBy(f => f.Id.Value, StringComparer.Ordinal)];
    }

    private static int Change(FindingEvent happened) => happened.Kind switch
    {
        FindingEventKind.Opened or FindingEventKind.Reopened => 1,
        FindingEventKind.Resolved => -1,
        _ => 0,
    };

    /// <summary>How many were open at the end of each day, counted back from now.</summary>
    private static int[] TrendOf(List<FindingEvent> events, int open, DateTimeOffset until)
    {
        var trend = new int[TrendDays];
        var at = until;
        for (var day = TrendDays - 1; day >= 0; day--)
        {
            trend[day] = Math.Max(0, open);
            var before = at - TimeSpan.FromDays(1);
            open -= events.Where(e => e.At > before && e.At <= at).Sum(Change);
            at = before;
        }

        return trend;
    }
}
