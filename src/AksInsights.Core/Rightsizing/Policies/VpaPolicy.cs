using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>The target of Kubernetes' Vertical Pod Autoscaler as request and limit (Goldilocks' "guaranteed"), for comparison.</summary>
/// <remarks>
/// Source: kubernetes/autoscaler, vertical-pod-autoscaler/pkg/recommender at 55c37cd5 (1.7): half-life 24 h, 90th percentile and 15 % on top, memory from one
/// peak a day, buckets that grow by 5 % from 10m and 10 MB of which the end counts, floors of 25m and 250Mi, a kill counting as a peak of the request and
/// the greater of 100 MiB and 20 % more. Samples of a day count as if they came at noon, where VPA knows the minute.
/// </remarks>
public sealed class VpaPolicy : IRightsizingPolicy
{
    private const double Growth = 1.05;
    private const double Share = 0.9;
    private const double Margin = 1.15;
    private const double Mebibyte = 1 << 20;
    private const double FirstCpuBucket = 1e7;
    private const double FirstMemoryBucket = 1e7;
    private static readonly TimeSpan HalfLife = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public string Name => "vpa";

    /// <inheritdoc/>
    public string Description => "As the Vertical Pod Autoscaler: 115 % of the 90th percentile with a half-life of a day, memory from daily peaks; limit equal to the request.";

    /// <inheritdoc/>
    public Sizing Size(ResourceUsage usage, Sizing? inForce)
    {
        var target = usage.Resource == ResourceKind.Cpu
            ? Math.Max(EndOfBucket(usage.Decayed(HalfLife).Quantile(Share), FirstCpuBucket) * Margin, 25e6)
            : Math.Max(EndOfBucket(PeakQuantile(usage), FirstMemoryBucket) * Margin, 250 * Mebibyte);
        return new Sizing(target, target);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen) =>
        [$"The {AmountText.NameOf(usage.Resource)} request and limit are 115 % of the 90th percentile of {(usage.Resource == ResourceKind.Cpu ? "samples" : "daily peaks")}, of which older ones count less."];

    private static double PeakQuantile(ResourceUsage usage)
    {
        var peaks = usage.Blocks.Select(b => (Peak: b.Max, Weight: usage.Weight(b.Start + b.Length, HalfLife)))
            .Concat(usage.Kills.Select(k => (Peak: Math.Max(k.Limit + 100 * Mebibyte, k.Limit * 1.2), Weight: usage.Weight(k.At, HalfLife))))
            .OrderBy(p => p.Peak).ToList();
        var rank = Share * peaks.Sum(p => p.Weight);
        var sum = 0.0;
        foreach (var (peak, weight) in peaks)
        {
            sum += weight;
            if (sum >= rank * (1 - 1e-12)) return peak;
        }

        return peaks[^1].Peak;
    }

    // VPA's bucket number n begins at first * (1.05^n - 1) / 0.05.
    private static double EndOfBucket(double amount, double first)
    {
        if (amount < first) return first;
        var bucket = Math.Floor(Math.Log((amount * (Growth - 1) / first) + 1) / Math.Log(Growth));
        return first * (Math.Pow(Growth, bucket + 1) - 1) / (Growth - 1);
    }
}
