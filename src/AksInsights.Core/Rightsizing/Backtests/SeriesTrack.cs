using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>A series as a track: scored sample by sample.</summary>
public sealed class SeriesTrack : ReplayTrack
{
    // What is less cannot be judged.
    private const int LeastSamplesKnown = 50;
    private const int LeastSamplesScored = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly UsageSeries _series;
    private readonly int _train;
    private readonly int _step;
    private readonly int[] _cuts;

    // Every policy sees the same past.
    private readonly (IReadOnlyList<ResourceBlock> Blocks, double[] Sorted)?[] _known;

    /// <summary>Cuts a series where a plan decides: after the training time, then at every step while a day is left, or a step if that is less.</summary>
    public SeriesTrack(UsageSeries series, BacktestPlan plan)
        : this(series, plan, Cuts(series, plan))
    {
    }

    /// <summary>Cuts a series at given moments; each decision holds for the step of the plan, or until the next.</summary>
    public SeriesTrack(UsageSeries series, BacktestPlan plan, IEnumerable<DateTimeOffset> moments)
        : this(series, plan, [.. moments.Order().Select(at => (int)Math.Round((at - series.Start) / series.Interval)).Where(cut => cut > 0 && cut < series.Values.Length)])
    {
    }

    private SeriesTrack(UsageSeries series, BacktestPlan plan, int[] cuts)
    {
        _series = series;
        _train = (int)(plan.Train / series.Interval);
        _step = (int)(plan.Step / series.Interval);
        _cuts = cuts;
        _known = new (IReadOnlyList<ResourceBlock>, double[])?[cuts.Length];
        Decisions = [.. cuts.Select(TimeOf)];
    }

    /// <inheritdoc/>
    public override string Name => _series.Name;

    /// <inheritdoc/>
    public override ResourceKind Resource => _series.Resource;

    /// <inheritdoc/>
    public override IReadOnlyList<DateTimeOffset> Decisions { get; }

    /// <inheritdoc/>
    public override ResourceUsage? Known(int decision, IReadOnlyList<MemoryKill> kills)
    {
        var known = Before(decision);
        if (Finite(known) < LeastSamplesKnown || Finite(Behind(decision)) < LeastSamplesScored) return null;
        var (blocks, sorted) = _known[decision] ??= (Blocks(known, Decisions[decision]), Sorted(known));
        return new ResourceUsage(Resource, Decisions[decision], blocks, kills) { Sorted = sorted };
    }

    /// <inheritdoc/>
    public override void Hold(int decision, Sizing sizing, ReplayTally tally)
    {
        var seconds = _series.Interval.TotalSeconds;
        var request = sizing.Request ?? 0;
        var limit = sizing.Limit ?? double.PositiveInfinity;
        // A pod that was killed is not killed again within the hour; samples that are missing do not count as time.
        var (number, lastKill, hour) = (0, -int.MaxValue / 2, (int)(TimeSpan.FromHours(1) / _series.Interval));
        var coming = Behind(decision);
        for (var i = 0; i < coming.Length; i++)
        {
            var used = coming[i];
            if (!double.IsFinite(used)) continue;
            tally.Add(seconds, request, used, used > request ? new Excess(1, used - request) : default, used > limit ? 1 : 0);
            if (used > limit && Resource == ResourceKind.Memory && number - lastKill >= hour)
            {
                tally.Kill(TimeOf(_cuts[decision] + i), limit);
                lastKill = number;
            }

            number++;
        }
    }

    private static int[] Cuts(UsageSeries series, BacktestPlan plan)
    {
        var least = plan.Step < Day ? plan.Step : Day;
        var (first, step, end) = ((int)(plan.Train / series.Interval), (int)(plan.Step / series.Interval), series.Values.Length - (int)(least / series.Interval));
        var cuts = new List<int>();
        for (var cut = first; cut < end; cut += Math.Max(step, 1)) cuts.Add(cut);
        return [.. cuts];
    }

    private static int Finite(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values) count += double.IsFinite(value) ? 1 : 0;
        return count;
    }

    private ReadOnlySpan<double> Before(int decision)
    {
        var cut = _cuts[decision];
        return _series.Values.AsSpan(Math.Max(0, cut - _train)..cut);
    }

    private ReadOnlySpan<double> Behind(int decision)
    {
        var cut = _cuts[decision];
        var next = decision + 1 < _cuts.Length ? _cuts[decision + 1] : _series.Values.Length;
        return _series.Values.AsSpan(cut..Math.Min(Math.Min(cut + _step, next), _series.Values.Length));
    }

    // Days that end at the moment of the decision.
    private List<ResourceBlock> Blocks(ReadOnlySpan<double> known, DateTimeOffset now)
    {
        var day = Math.Max((int)(Day / _series.Interval), 1);
        var blocks = new List<ResourceBlock>();
        for (var end = known.Length; end > 0; end -= day)
        {
            var samples = known[Math.Max(0, end - day)..end];
            if (Finite(samples) == 0) continue;
            var from = now - ((known.Length - end + samples.Length) * _series.Interval);
            blocks.Add(new ResourceBlock(from, samples.Length * _series.Interval, _series.Interval, UsageHistogram.Of(samples), UsageHistogram.Empty, Max(samples)));
        }

        blocks.Reverse();
        return blocks;
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray().Where(double.IsFinite).ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double Max(ReadOnlySpan<double> samples)
    {
        var max = 0.0;
        foreach (var sample in samples) max = sample > max ? sample : max;
        return max;
    }

    private DateTimeOffset TimeOf(int sample) => _series.Start + (sample * _series.Interval);
}
