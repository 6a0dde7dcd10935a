namespace AksInsights.Core.Rightsizing.Usage;

/// <summary>CPU or memory.</summary>
public enum ResourceKind
{
    /// <summary>CPU, counted in nanocores.</summary>
    Cpu,

    /// <summary>Memory, counted in bytes.</summary>
    Memory,
}

/// <summary>What all pods of a container used of one resource in a stretch of time, usually a day.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Interval">How far apart the samples of one pod are.</param>
/// <param name="Samples">The samples of all pods.</param>
/// <param name="HourPeaks">The greatest sample of each pod in each hour; empty where nobody asks for it.</param>
/// <param name="Max">The greatest sample, exact.</param>
public sealed record ResourceBlock(DateTimeOffset Start, TimeSpan Length, TimeSpan Interval, UsageHistogram Samples, UsageHistogram HourPeaks, double Max);

/// <summary>A container that was killed because it passed its memory limit.</summary>
/// <param name="At">When.</param>
/// <param name="Limit">The limit, in bytes.</param>
public sealed record MemoryKill(DateTimeOffset At, double Limit);
