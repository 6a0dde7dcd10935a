using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.History;

/// <summary>What all pods of one container used in one day (UTC), and how it ran. Immutable; some 400 bytes.</summary>
public sealed record UsageDay
{
    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>How far apart the samples of one pod are; zero when there was only one.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>In how many hours of the day there were samples.</summary>
    public required int HoursSeen { get; init; }

    /// <summary>How many pods ran the container, on average over the snapshots of the day.</summary>
    public required double Pods { get; init; }

    /// <summary>CPU; without hour peaks, which nobody asks for.</summary>
    public required ResourceDay Cpu { get; init; }

    /// <summary>Memory, as working set.</summary>
    public required ResourceDay Memory { get; init; }

    /// <summary>Requests and limits of the newest pod. A limit that is not set is null, not the size of a node.</summary>
    public required ContainerResources InForce { get; init; }

    /// <summary>How often the container restarted, in all pods.</summary>
    public int Restarts { get; init; }

    /// <summary>How often it was killed for memory.</summary>
    public int OomKills { get; init; }

    /// <summary>The highest memory limit in force where it was killed, in bytes; null when it was not, or had none.</summary>
    public long? OomLimit { get; init; }

    /// <summary>The start of the day.</summary>
    public DateTimeOffset Start => StartOf(Day);

    /// <summary>The start of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>What was used of a resource.</summary>
    public ResourceDay Of(ResourceKind resource) => resource == ResourceKind.Cpu ? Cpu : Memory;

    /// <summary>The request in force, in nanocores or bytes; null when there was none.</summary>
    public double? RequestOf(ResourceKind resource) => resource == ResourceKind.Cpu ? InForce.CpuRequest?.Nanocores : InForce.MemoryRequest?.Bytes;
}

/// <summary>What was used of one resource in one day, in nanocores or bytes.</summary>
/// <param name="Samples">The samples of all pods.</param>
/// <param name="HourPeaks">The greatest sample of each pod in each hour.</param>
/// <param name="Max">The greatest sample, exact; 0 when there was none.</param>
public sealed record ResourceDay(UsageHistogram Samples, UsageHistogram HourPeaks, double Max)
{
    /// <summary>A day without samples.</summary>
    public static ResourceDay None { get; } = new(UsageHistogram.Empty, UsageHistogram.Empty, 0);
}
