using AksInsights.Core.Findings;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>How a query's row tests went.</summary>
/// <param name="Query">The query.</param>
/// <param name="File">The path of the tests file.</param>
/// <param name="Cases">The cases that ran, in the order of the file.</param>
/// <param name="Diagnostics">Mistakes in the query or its tests; with an error among them no case ran.</param>
public sealed record RowTestReport(QueryId Query, string File, IReadOnlyList<RowTestOutcome> Cases, IReadOnlyList<FileDiagnostic> Diagnostics)
{
    /// <summary>Whether every case gave what was expected and there was no mistake.</summary>
    public bool Passed => Diagnostics.Count == 0 && Cases.All(c => c.Passed);
}

/// <summary>How one case went.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Moments">How many moments were tried.</param>
/// <param name="Failures">What differed, a text of several lines for each moment that failed; empty when the case passed.</param>
/// <param name="Took">How long it took.</param>
public sealed record RowTestOutcome(string Name, RowTestKind Kind, int Moments, IReadOnlyList<string> Failures, TimeSpan Took)
{
    /// <summary>Whether every moment gave what was expected.</summary>
    public bool Passed => Failures.Count == 0;
}
