namespace AksInsights.Core.Findings;

/// <summary>How patient a query's findings are.</summary>
/// <param name="For">How long a problem must have been seen before it is open; zero means at once.</param>
/// <param name="ResolveAfter">How long it must not have been seen before it is resolved; zero means at once.</param>
/// <param name="MaxFindings">More than this in one evaluation says the query is wrong, not the clusters.</param>
public sealed record LifecyclePolicy(TimeSpan For, TimeSpan ResolveAfter, int MaxFindings)
{
    /// <summary>By how many evaluations a problem must have been seen before it is open; at least 1.</summary>
    public int ForEvaluations { get; init; } = 1;

    /// <summary>How long after it was resolved a problem comes back as the same finding.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>By how many evaluations in a row a lower severity must have been seen before it is believed.</summary>
    public int DeescalateAfterEvaluations { get; init; } = 2;

    /// <summary>How many turns between open and clearing, within <see cref="FlapWindow"/>, are flapping.</summary>
    public int FlapLimit { get; init; } = 3;

    /// <summary>The time in which turns are counted, and for which a flapping finding must be steady to stop being one.</summary>
    public TimeSpan FlapWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What holds for a query that says nothing: open at once, resolved after three evaluations but not before 15 minutes, at most 500 findings.</summary>
    /// <param name="every">How often the query is evaluated.</param>
    public static LifecyclePolicy Default(TimeSpan every) =>
        new(TimeSpan.Zero, every * 3 > TimeSpan.FromMinutes(15) ? every * 3 : TimeSpan.FromMinutes(15), 500);
}
