using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>A way to choose request and limit from the past: a pure function, so that it can be tried on any past.</summary>
public interface IRightsizingPolicy
{
    /// <summary>The name it is asked for by.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Description { get; }

    /// <summary>Chooses.</summary>
    /// <param name="usage">The past.</param>
    /// <param name="inForce">What holds now; null when that is not known.</param>
    Sizing Size(ResourceUsage usage, Sizing? inForce);

    /// <summary>Why it chose that, in full sentences.</summary>
    /// <param name="usage">The past.</param>
    /// <param name="chosen">What <see cref="Size"/> gave for it.</param>
    IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen);
}
