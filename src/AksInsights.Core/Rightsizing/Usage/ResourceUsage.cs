namespace AksInsights.Core.Rightsizing.Usage;

/// <summary>All that a policy may know of one resource of a container: its past up to a moment. Not safe for concurrent use.</summary>
public sealed class ResourceUsage
{
    private readonly Dictionary<TimeSpan, UsageDistribution> _distributions = [];

    /// <summary>Takes a past.</summary>
    /// <param name="resource">Of which resource.</param>
    /// <param name="now">The moment up to which it is known.</param>
    /// <param name="blocks">The past, oldest first; at least one with samples.</param>
    /// <param name="kills">When the container was killed for memory, oldest first.</param>
    public ResourceUsage(ResourceKind resource, DateTimeOffset now, IReadOnlyList<ResourceBlock> blocks, IReadOnlyList<MemoryKill> kills)
    {
        Resource = resource;
        Now = now;
        Blocks = blocks;
        Kills = kills;
        Max = blocks.Max(b => b.Max);
    }

    /// <summary>Of which resource.</summary>
    public ResourceKind Resource { get; }

    /// <summary>The moment up to which it is known.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The past, oldest first.</summary>
    public IReadOnlyList<ResourceBlock> Blocks { get; }

    /// <summary>When the container was killed for memory, oldest first.</summary>
    public IReadOnlyList<MemoryKill> Kills { get; }

    /// <summary>The greatest sample.</summary>
    public double Max { get; }

    /// <summary>All samples in ascending order, where somebody has kept them; null where only histograms are known.</summary>
    public IReadOnlyList<double>? Sorted { get; init; }

    /// <summary>The amount that a share of the samples does not exceed: exact where the samples are known, else within 2.5 %.</summary>
    /// <remarks>Between two samples the value is interpolated, as NumPy and Prometheus do.</remarks>
    public double Quantile(double share)
    {
        if (Sorted is null) return Samples.Quantile(share);
        var place = share * (Sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, Sorted.Count - 1);
        return Sorted[below] + ((place - below) * (Sorted[above] - Sorted[below]));
    }

    /// <summary>All samples, each counting the same.</summary>
    public UsageDistribution Samples => Decayed(TimeSpan.MaxValue);

    /// <summary>All samples, of which older ones count less.</summary>
    /// <param name="halfLife">The age at which a sample counts half.</param>
    public UsageDistribution Decayed(TimeSpan halfLife)
    {
        if (_distributions.TryGetValue(halfLife, out var known)) return known;
        return _distributions[halfLife] = UsageDistribution.Merge(Blocks.Select(b => (b.Samples, Weight(b.Start + b.Length / 2, halfLife))), Max);
    }

    /// <summary>What something at a moment counts, when what is as old as the half-life counts half.</summary>
    public double Weight(DateTimeOffset at, TimeSpan halfLife) => halfLife == TimeSpan.MaxValue ? 1 : Math.Pow(2, -Math.Max((Now - at) / halfLife, 0));
}
