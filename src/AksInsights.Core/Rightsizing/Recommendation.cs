namespace AksInsights.Core.Rightsizing;

/// <summary>What one container should request and be limited to, with all a person needs to believe it or not. Immutable.</summary>
public sealed record Recommendation
{
    private static readonly ResourceField[] Fields = Enum.GetValues<ResourceField>();

    /// <summary>For which container.</summary>
    public required ContainerKey Container { get; init; }

    /// <summary>What is in force now, as the cluster reports it. A limit that is not set is null, not the size of a node.</summary>
    public required ContainerResources Current { get; init; }

    /// <summary>What is proposed, all four amounts; one that should stay equals the present one, and null means that the field should not be set.</summary>
    public required ContainerResources Proposed { get; init; }

    /// <summary>The name of the policy that proposes it.</summary>
    public required string Policy { get; init; }

    /// <summary>Why these amounts, in full sentences, the most important first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>How much to trust it.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The quality-of-service class of the pods now.</summary>
    public required QosClass QosBefore { get; init; }

    /// <summary>The class of the pods when every proposal for the workload is applied.</summary>
    public required QosClass QosAfter { get; init; }

    /// <summary>How many pods run the container, on average over the window.</summary>
    public required double Replicas { get; init; }

    /// <summary>What it saves for all pods of the workload, in <see cref="Currency"/> per month; negative when it costs more.</summary>
    public required decimal MonthlySaving { get; init; }

    /// <summary>The ISO code of the currency of <see cref="MonthlySaving"/>.</summary>
    public required string Currency { get; init; }

    /// <summary>What can go wrong when it is applied, in full sentences; empty when nothing stands out.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>What was used, for the table in a pull request.</summary>
    public required UsageSummary Usage { get; init; }

    /// <summary>What the policy would have done on the container's own past; null when the past is too short to tell.</summary>
    public BacktestSummary? Backtest { get; init; }

    /// <summary>The amounts that change, in the order CPU request, CPU limit, memory request, memory limit; empty when nothing does.</summary>
    public IReadOnlyList<ResourceChange> Changes =>
        [.. Fields.Where(f => Current[f] != Proposed[f]).Select(f => new ResourceChange(f, Current[f], Proposed[f]))];
}

/// <summary>How much to trust a recommendation.</summary>
/// <param name="Level">In one word.</param>
/// <param name="Doubts">Why it is not high, in full sentences; empty when it is.</param>
public sealed record Confidence(ConfidenceLevel Level, IReadOnlyList<string> Doubts);

/// <summary>Trust in one word.</summary>
public enum ConfidenceLevel
{
    /// <summary>Look closely before applying it.</summary>
    Low,

    /// <summary>Reasonable, with doubts that are said.</summary>
    Medium,

    /// <summary>Enough history of a steady kind.</summary>
    High,
}
