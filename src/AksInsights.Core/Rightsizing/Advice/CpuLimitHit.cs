using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>Whether a CPU limit cut usage short, so that what was seen is less than what was wanted. Pure.</summary>
internal static class CpuLimitHit
{
    // The kernel throttles within parts of a second, so usage that was cut stays a little below the limit.
    private const double NearLimit = 0.9;
    private const double Often = 0.05;

    /// <summary>The share of the samples at the limit; null when there is no limit or it was hardly ever reached.</summary>
    public static double? Share(ResourceUsage? cpu, ContainerResources current) =>
        cpu is not null && current.CpuLimit is { } limit && cpu.Samples.Above(NearLimit * limit.Nanocores).Share is var share and > Often ? share : null;
}
