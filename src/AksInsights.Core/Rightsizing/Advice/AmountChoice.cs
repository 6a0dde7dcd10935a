using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>What a policy chose, made into amounts that people write; changes that are not worth a review are dropped. Pure.</summary>
internal static class AmountChoice
{
    // A change by less moves no pod to another node, and no reviewer wants to see it.
    private const double SmallestShare = 0.1;
    private const double SmallestCpu = 10e6;
    private const double SmallestMemory = 16 * (1 << 20);

    /// <summary>Chooses CPU.</summary>
    public static (CpuQuantity? Request, CpuQuantity? Limit) Cpu(IRightsizingPolicy policy, ResourceUsage usage, ContainerResources current, bool keepLimit)
    {
        var (request, limit) = Choose(policy, usage, current.CpuRequest?.Nanocores, current.CpuLimit?.Nanocores);
        if (keepLimit && limit is null && current.CpuLimit is { } kept) limit = Math.Max(kept.Nanocores, request ?? 0);
        return (request is { } r ? new CpuQuantity((long)r) : null, limit is { } l ? new CpuQuantity((long)l) : null);
    }

    /// <summary>Chooses memory.</summary>
    public static (MemoryQuantity? Request, MemoryQuantity? Limit) Memory(IRightsizingPolicy policy, ResourceUsage usage, ContainerResources current)
    {
        var (request, limit) = Choose(policy, usage, current.MemoryRequest?.Bytes, current.MemoryLimit?.Bytes);
        return (request is { } r ? new MemoryQuantity((long)r) : null, limit is { } l ? new MemoryQuantity((long)l) : null);
    }

    private static (double? Request, double? Limit) Choose(IRightsizingPolicy policy, ResourceUsage usage, double? request, double? limit)
    {
        // Kubernetes takes a limit without a request for the request too.
        Sizing? inForce = request is null && limit is null ? null : new Sizing(request ?? limit, limit);
        var chosen = policy.Size(usage, inForce);
        var newRequest = Amount(usage, chosen.Request, request, small: true);
        // After a kill every bit of the limit counts.
        var newLimit = Amount(usage, chosen.Limit, limit, small: usage.Kills.Count == 0);
        return newLimit < newRequest ? (newRequest, newRequest) : (newRequest, newLimit);
    }

    private static double? Amount(ResourceUsage usage, double? chosen, double? current, bool small)
    {
        if (chosen is not { } amount || amount == current) return chosen;
        var written = HumanAmounts.Of(usage.Resource).AtLeast(amount);
        var smallest = usage.Resource == ResourceKind.Cpu ? SmallestCpu : SmallestMemory;
        return small && current is { } now && Math.Abs(written - now) < Math.Max(SmallestShare * now, smallest) ? current : written;
    }
}
