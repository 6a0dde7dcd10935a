namespace AksInsights.Core.Rightsizing.Usage;

/// <summary>Histograms merged with weights, and what can be asked of them. Immutable.</summary>
/// <remarks>Cost: O(buckets) to make, some 60 for a container; questions are answered in O(1), quantiles in O(buckets).</remarks>
public sealed class UsageDistribution
{
    [ThreadStatic]
    private static double[]? _scratch;

    private readonly int _first;
    private readonly double _max;
    private readonly double[] _weights;

    // For each bucket, the weight in the buckets behind it and the sum of amounts there.
    private readonly double[] _weightBehind;
    private readonly double[] _sumBehind;

    private UsageDistribution(int first, double[] weights, double max)
    {
        _first = first;
        _weights = weights;
        _max = max;
        _weightBehind = new double[weights.Length];
        _sumBehind = new double[weights.Length];
        double weight = 0, sum = 0;
        for (var i = weights.Length - 1; i >= 0; i--)
        {
            _weightBehind[i] = weight;
            _sumBehind[i] = sum;
            weight += weights[i];
            sum += weights[i] * (LogBuckets.Start(first + i) + EndOf(first + i)) / 2;
        }

        Total = weight;
        Mean = weight > 0 ? sum / weight : 0;
    }

    /// <summary>The weight of all samples: their number when every weight was 1.</summary>
    public double Total { get; }

    /// <summary>The mean, as good as the buckets tell.</summary>
    public double Mean { get; }

    /// <summary>The buckets that are not empty, with their weights; lowest first.</summary>
    public IEnumerable<(int Bucket, double Weight)> Buckets => _weights.Select((weight, i) => (_first + i, weight)).Where(b => b.weight > 0);

    /// <summary>Merges histograms.</summary>
    /// <param name="parts">Each with the weight of one of its samples.</param>
    /// <param name="max">The greatest sample among them, which is known better than its bucket tells.</param>
    public static UsageDistribution Merge(IEnumerable<(UsageHistogram Histogram, double Weight)> parts, double max)
    {
        var scratch = _scratch ??= new double[LogBuckets.Count];
        int first = LogBuckets.Count, last = -1;
        foreach (var (histogram, weight) in parts)
        {
            foreach (var (bucket, count) in histogram)
            {
                scratch[bucket] += count * weight;
                first = Math.Min(first, bucket);
                last = Math.Max(last, bucket);
            }
        }

        if (last < 0) return new UsageDistribution(0, [], max);
        var weights = scratch[first..(last + 1)];
        Array.Clear(scratch, first, weights.Length);
        return new UsageDistribution(first, weights, max);
    }

    /// <summary>The amount that a share of the samples does not exceed, by nearest rank; within 2.5 % of the exact one.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        var rank = share * Total;
        var sum = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            sum += _weights[i];
            if (sum < rank * (1 - 1e-12) || _weights[i] <= 0) continue;
            // The amount whose relative distance to both ends is the same.
            var (start, end) = (LogBuckets.Start(_first + i), LogBuckets.End(_first + i));
            return Math.Min(_first + i == 0 ? end : 2 * start * end / (start + end), _max);
        }

        return _max;
    }

    /// <summary>How often and by how much samples are above an amount.</summary>
    public Excess Above(double amount) => Above(amount, LogBuckets.Of(amount));

    /// <summary>How often and by how much samples are above an amount whose bucket is known.</summary>
    internal Excess Above(double amount, int bucket)
    {
        if (Total <= 0 || amount >= _max) return default;
        var i = bucket - _first;
        if (i < 0) return new Excess(1, Mean - amount);
        if (i >= _weights.Length) return default;
        var (start, end) = (LogBuckets.Start(bucket), EndOf(bucket));
        // Within a bucket samples are taken to lie evenly.
        var part = _weights[i] * Math.Clamp((end - amount) / Math.Max(end - start, double.Epsilon), 0, 1);
        var excess = _sumBehind[i] - amount * _weightBehind[i] + part * Math.Max(end - amount, 0) / 2;
        return new Excess((_weightBehind[i] + part) / Total, excess / Total);
    }

    private double EndOf(int bucket) => Math.Max(Math.Min(LogBuckets.End(bucket), _max), LogBuckets.Start(bucket));
}

/// <summary>How usage exceeds an amount.</summary>
/// <param name="Share">The share of the samples above it, 0 to 1.</param>
/// <param name="Mean">By how much, on average over all samples.</param>
public readonly record struct Excess(double Share, double Mean);
