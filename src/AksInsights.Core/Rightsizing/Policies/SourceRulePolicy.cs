using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>The rule that many teams start with: request 70 % of the observed 95th percentile, limit twice the request. Kept to be measured; it kills.</summary>
public sealed class SourceRulePolicy : IRightsizingPolicy
{
    private const double ShareOfP95 = 0.7;
    private const double LimitToRequest = 2;

    /// <inheritdoc/>
    public string Name => "source-rule";

    /// <inheritdoc/>
    public string Description => "Requests 70 % of the 95th percentile, limits twice that. For comparison: it leads to OOM kills and throttling.";

    /// <inheritdoc/>
    public Sizing Size(ResourceUsage usage, Sizing? inForce)
    {
        var request = ShareOfP95 * usage.Quantile(0.95);
        return new Sizing(request, LimitToRequest * request);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen) =>
        [$"The {AmountText.NameOf(usage.Resource)} request is 70 % of the 95th percentile ({AmountText.Of(usage.Resource, usage.Quantile(0.95))}), the limit twice the request."];
}
