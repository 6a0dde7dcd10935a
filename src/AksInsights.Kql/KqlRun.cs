using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Results;

namespace AksInsights.Kql;

/// <summary>The circumstances of one run of a query.</summary>
public sealed record KqlRun
{
    /// <summary>What <c>now()</c> gives, UTC.</summary>
    public required DateTime NowUtc { get; init; }

    /// <summary>Rows beyond this number are cut off and the result is partial; the service's limit is 500,000.</summary>
    public long MaxRows { get; init; } = 500_000;

    /// <summary>Rows that make the result larger than this many bytes are cut off and the result is partial; the service's limit is 64 MiB.</summary>
    public long MaxResultBytes { get; init; } = 64L << 20;

    /// <summary>The memory the run may reserve, in bytes.</summary>
    public long MaxMemoryBytes { get; init; } = 4L << 30;

    /// <summary>The number of worker threads.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>How a person would look at a result: what <c>render</c> said.</summary>
/// <param name="Kind">The chart, such as <c>timechart</c>.</param>
/// <param name="Properties">Its properties as text.</param>
public sealed record Visualization(string Kind, IReadOnlyDictionary<string, string> Properties);

/// <summary>What a run gives.</summary>
/// <param name="Tables">The result tables; <c>PrimaryResult</c> first.</param>
/// <param name="Warnings">What may mislead although the result is right.</param>
/// <param name="Visualization">What <c>render</c> said; null without.</param>
/// <param name="PartialReason">Why rows are missing; null for a complete result.</param>
public sealed record KqlResult(
    IReadOnlyList<ResultTable> Tables, IReadOnlyList<Diagnostic> Warnings, Visualization? Visualization, string? PartialReason);
