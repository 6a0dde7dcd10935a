namespace AksInsights.Benchmarks;

/// <summary>How long one engine took for one query, in milliseconds, and what it answered.</summary>
/// <param name="MedianMs">The median of the counted runs' wall time.</param>
/// <param name="MinMs">The least.</param>
/// <param name="CpuMs">The processor time of a run, all threads together.</param>
/// <param name="Answer">The rows, in a form that can be compared.</param>
internal sealed record Measurement(double MedianMs, double MinMs, double CpuMs, IReadOnlyList<string> Answer);

/// <summary>What one engine gave.</summary>
/// <param name="Queries">Its measurements by query.</param>
/// <param name="PeakMb">The most memory it had in RAM, loading included, in MiB.</param>
internal sealed record EngineRun(IReadOnlyDictionary<string, Measurement> Queries, long PeakMb);
