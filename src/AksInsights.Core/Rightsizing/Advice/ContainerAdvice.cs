using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>What is said of one container: one of three cases. Immutable.</summary>
/// <param name="Container">The container.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Pods">How many pods run it, on average over the window.</param>
/// <param name="Current">What is in force.</param>
public abstract record ContainerAdvice(ContainerKey Container, ContainerFacts Facts, double Pods, ContainerResources Current)
{
    /// <summary>What is in force after the advice is followed.</summary>
    public virtual ContainerResources After => Current;

    /// <summary>Something else is proposed.</summary>
    /// <param name="Container">The container.</param>
    /// <param name="Facts">What is known of it.</param>
    /// <param name="Pods">How many pods run it.</param>
    /// <param name="Recommendation">What is proposed and why.</param>
    /// <param name="Cpu">What CPU it was made from.</param>
    /// <param name="Memory">What memory it was made from.</param>
    public sealed record Change(
        ContainerKey Container, ContainerFacts Facts, double Pods, Recommendation Recommendation, UsageHistogram Cpu, UsageHistogram Memory)
        : ContainerAdvice(Container, Facts, Pods, Recommendation.Current)
    {
        /// <inheritdoc/>
        public override ContainerResources After => Recommendation.Proposed;
    }

    /// <summary>What is in force is near enough to what is needed.</summary>
    public sealed record Fits(ContainerKey Container, ContainerFacts Facts, double Pods, ContainerResources Current) : ContainerAdvice(Container, Facts, Pods, Current);

    /// <summary>It is not touched.</summary>
    /// <param name="Container">The container.</param>
    /// <param name="Facts">What is known of it.</param>
    /// <param name="Pods">How many pods run it.</param>
    /// <param name="Current">What is in force.</param>
    /// <param name="Cause">Why, in a few words that are the same for all such containers.</param>
    /// <param name="Detail">The same in a full sentence about this one.</param>
    public sealed record LeftAlone(ContainerKey Container, ContainerFacts Facts, double Pods, ContainerResources Current, string Cause, string Detail)
        : ContainerAdvice(Container, Facts, Pods, Current);
}
