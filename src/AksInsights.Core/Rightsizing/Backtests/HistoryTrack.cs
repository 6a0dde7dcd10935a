using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>The stored past of a container as a track: scored by histograms, so time above an amount is as good as a bucket tells.</summary>
public sealed class HistoryTrack : ReplayTrack
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ContainerHistory _history;
    private readonly TimeSpan _train;
    private readonly DateTimeOffset _end;
    private readonly List<(UsageDay Day, ResourceBlock Block)> _days;

    /// <summary>Cuts a past.</summary>
    /// <param name="history">The past.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="decisions">When decisions are made, at starts of days, oldest first.</param>
    /// <param name="train">How much of the past a decision may use.</param>
    /// <param name="end">Until when the last decision holds.</param>
    public HistoryTrack(ContainerHistory history, ResourceKind resource, IReadOnlyList<DateTimeOffset> decisions, TimeSpan train, DateTimeOffset end)
    {
        (_history, Resource, Decisions, _train, _end) = (history, resource, decisions, train, end);
        _days = [.. history.Days.Where(d => d.Of(resource).Max > 0).Select(d => (d, BlockOf(d, resource)))];
    }

    /// <summary>Cuts a past where a plan decides: after the training time, then at every step while a day is left.</summary>
    public static HistoryTrack Of(ContainerHistory history, ResourceKind resource, BacktestPlan plan)
    {
        var end = history.Days[^1].Start + Day;
        var decisions = new List<DateTimeOffset>();
        // Days are not divided.
        var step = TimeSpan.FromDays(Math.Max(1, Math.Round(plan.Step.TotalDays)));
        for (var at = history.Days[0].Start + TimeSpan.FromDays(Math.Max(1, Math.Round(plan.Train.TotalDays))); at < end; at += step) decisions.Add(at);
        return new HistoryTrack(history, resource, decisions, plan.Train, end);
    }

    /// <inheritdoc/>
    public override string Name => _history.Container.ToString();

    /// <inheritdoc/>
    public override ResourceKind Resource { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<DateTimeOffset> Decisions { get; }

    /// <summary>What was requested on the days that were scored, times seconds; 0 when nothing was.</summary>
    public double ReservedThen { get; private set; }

    /// <summary>How many days were scored.</summary>
    public int DaysScored { get; private set; }

    /// <summary>What was in force when the first decision was made; null when nothing was, or that is not known.</summary>
    public Sizing? InForceAtFirst()
    {
        var before = _history.Days.LastOrDefault(d => d.Start < Decisions[0])?.InForce;
        var (request, limit) = Resource == ResourceKind.Cpu
            ? ((double?)before?.CpuRequest?.Nanocores, (double?)before?.CpuLimit?.Nanocores)
            : (before?.MemoryRequest?.Bytes, before?.MemoryLimit?.Bytes);
        return request is null && limit is null ? null : new Sizing(request ?? limit, limit);
    }

    /// <summary>A day as a policy sees it.</summary>
    public static ResourceBlock BlockOf(UsageDay day, ResourceKind resource)
    {
        var used = day.Of(resource);
        return new ResourceBlock(day.Start, Day, day.Interval, used.Samples, used.HourPeaks, used.Max);
    }

    /// <summary>The kills for memory among days, with the limit that was in force.</summary>
    public static IReadOnlyList<MemoryKill> KillsOf(IEnumerable<UsageDay> days) =>
        [.. days.Where(d => d.OomKills > 0).Select(d => new MemoryKill(d.Start + (Day / 2), d.OomLimit ?? d.Memory.Max))];

    /// <inheritdoc/>
    public override ResourceUsage? Known(int decision, IReadOnlyList<MemoryKill> kills)
    {
        var now = Decisions[decision];
        var known = _days.Where(d => d.Block.Start < now && d.Block.Start >= now - _train).ToList();
        if (known.Count == 0 || !Behind(decision).Any()) return null;
        // What really killed it then is known too, whatever the policy would have done.
        var then = Resource == ResourceKind.Memory ? KillsOf(known.Select(d => d.Day)) : [];
        return new ResourceUsage(Resource, now, [.. known.Select(d => d.Block)], [.. then.Concat(kills).OrderBy(k => k.At)]);
    }

    /// <inheritdoc/>
    public override void Hold(int decision, Sizing sizing, ReplayTally tally)
    {
        var (request, limit) = (sizing.Request ?? 0, sizing.Limit ?? double.PositiveInfinity);
        foreach (var (day, block) in Behind(decision))
        {
            var used = UsageDistribution.Merge([(block.Samples, 1.0)], block.Max);
            var seconds = used.Total * Math.Max(block.Interval.TotalSeconds, 60);
            tally.Add(seconds, request, used.Mean, used.Above(request), limit >= block.Max ? 0 : used.Above(limit).Share);
            ReservedThen += seconds * (day.RequestOf(Resource) ?? 0);
            DaysScored++;
            if (Resource == ResourceKind.Memory && block.Max > limit) tally.Kill(block.Start + (Day / 2), limit, HoursAbove(block, limit));
        }
    }

    private static double HoursAbove(ResourceBlock block, double limit)
    {
        var peaks = UsageDistribution.Merge([(block.HourPeaks, 1.0)], block.Max);
        return Math.Max(1, Math.Round(peaks.Above(limit).Share * peaks.Total));
    }

    private IEnumerable<(UsageDay Day, ResourceBlock Block)> Behind(int decision)
    {
        var to = decision + 1 < Decisions.Count ? Decisions[decision + 1] : _end;
        return _days.Where(d => d.Block.Start >= Decisions[decision] && d.Block.Start < to);
    }
}
