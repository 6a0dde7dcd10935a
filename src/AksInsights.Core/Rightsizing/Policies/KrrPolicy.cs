using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>The simple strategy of robusta's KRR, for comparison: CPU request the 95th percentile without a limit, memory request and limit 15 % above the maximum.</summary>
/// <remarks>Source: robusta-dev/krr, strategies/simple.py at d6baa745 (v1.8.2): rounding up to 1m and 1Mi, floors of 10m and 100Mi.</remarks>
public sealed class KrrPolicy : IRightsizingPolicy
{
    private const double Millicore = 1e6;
    private const double Mebibyte = 1 << 20;

    /// <inheritdoc/>
    public string Name => "krr";

    /// <inheritdoc/>
    public string Description => "As KRR's simple strategy: CPU request the 95th percentile, no limit; memory request and limit 115 % of the maximum.";

    /// <inheritdoc/>
    public Sizing Size(ResourceUsage usage, Sizing? inForce)
    {
        if (usage.Resource == ResourceKind.Cpu) return new Sizing(Math.Max(Math.Ceiling(usage.Quantile(0.95) / Millicore), 10) * Millicore, null);
        var memory = Math.Max(Math.Ceiling(usage.Max * 1.15 / Mebibyte), 100) * Mebibyte;
        return new Sizing(memory, memory);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen) => usage.Resource == ResourceKind.Cpu
        ? [$"The CPU request is the 95th percentile ({AmountText.Of(usage.Resource, usage.Quantile(0.95))}); there is no limit."]
        : [$"Memory request and limit are 115 % of the maximum ({AmountText.Of(usage.Resource, usage.Max)})."];
}
