using AksInsights.Core.Findings;

namespace AksInsights.Core.Digests;

/// <summary>What happened between two moments, counted and sorted. Immutable.</summary>
public sealed record Digest
{
    /// <summary>From when: the end of the last digest that was delivered; null for the first.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whom or what it is about, for people; empty for everything.</summary>
    public required string Scope { get; init; }

    /// <summary>What opened or came back and is still open, worst first. Not what was there at the first look.</summary>
    public required IReadOnlyList<Finding> New { get; init; }

    /// <summary>What was open before and got worse, worst first.</summary>
    public required IReadOnlyList<Finding> Worse { get; init; }

    /// <summary>What comes and goes.</summary>
    public required IReadOnlyList<Finding> Flapping { get; init; }

    /// <summary>What ended, the latest first.</summary>
    public required IReadOnlyList<Finding> Resolved { get; init; }

    /// <summary>What has been open for longest, apart from <see cref="New"/>.</summary>
    public required IReadOnlyList<Finding> Oldest { get; init; }

    /// <summary>What is wrong with the data themselves.</summary>
    public required IReadOnlyList<Finding> DataHealth { get; init; }

    /// <summary>How many findings are open, data health apart.</summary>
    public required int Open { get; init; }

    /// <summary>How many were open at <see cref="Since"/>.</summary>
    public required int OpenBefore { get; init; }

    /// <summary>How many of the open ones were there at the first look: counted, not listed.</summary>
    public required int Baseline { get; init; }

    /// <summary>How many are open in each cluster, the most first.</summary>
    public required IReadOnlyList<(string Cluster, int Open, Severity Worst)> Clusters { get; init; }

    /// <summary>How many were open at the end of each of the last days, oldest first.</summary>
    public required IReadOnlyList<int> Trend { get; init; }

    /// <summary>What the open recommendations would save in a month, in the currency of the price list; 0 when nothing is known.</summary>
    public required double SavingPerMonth { get; init; }

    /// <summary>Whether there is nothing to say but that nothing changed.</summary>
    public bool NothingChanged => Since is not null && New.Count + Worse.Count + Resolved.Count + Flapping.Count == 0;
}

/// <summary>Which findings a digest is about; what is null does not restrict.</summary>
/// <param name="Cluster">In this cluster, by resource id or its last part; a pattern may hold stars.</param>
/// <param name="Owner">Of this owner.</param>
public sealed record DigestScope(string? Cluster = null, string? Owner = null);
