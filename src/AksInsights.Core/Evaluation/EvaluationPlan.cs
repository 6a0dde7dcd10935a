using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>All that an evaluation needs to know of a query.</summary>
public sealed record EvaluationPlan
{
    /// <summary>The query.</summary>
    public required QueryId Query { get; init; }

    /// <summary>
    /// A text that changes when the query's text, its files or its parameters change, but not with the window; such as a hash. A finding that is not
    /// seen any more right after a change is out of scope rather than over.
    /// </summary>
    public required string Revision { get; init; }

    /// <summary>The KQL for a window, every parameter bound to a literal.</summary>
    public required Func<EvaluationWindow, string> Bind { get; init; }

    /// <summary>The values of parameters that differ from the query's defaults, by name, in the in-memory form of their types.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>();

    /// <summary>Whom the query asks.</summary>
    public QuerySource Source { get; init; }

    /// <summary>The result columns that tell subjects apart, in the order that identity depends on.</summary>
    public required IReadOnlyList<string> KeyColumns { get; init; }

    /// <summary>Raised when the meaning of the key changes; part of the identity.</summary>
    public int KeyVersion { get; init; } = 1;

    /// <summary>The result columns that are numbers worth keeping.</summary>
    public IReadOnlyList<MeasureColumn> Measures { get; init; } = [];

    /// <summary>The result columns that help to understand a finding.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>How bad a finding is, unless its row says so in a column <c>Severity</c>.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Writes the one-line title of a row.</summary>
    public required Func<ResultRow, string> Title { get; init; }

    /// <summary>Writes the longer text of a row; null when the query has none.</summary>
    public Func<ResultRow, string?>? Message { get; init; }

    /// <summary>What must be there for the result to mean anything.</summary>
    public required RequiredData Requires { get; init; }

    /// <summary>When it runs and what it looks at.</summary>
    public required EvaluationSchedule Schedule { get; init; }

    /// <summary>How patient its findings are.</summary>
    public required LifecyclePolicy Lifecycle { get; init; }
}

/// <summary>A result column that is a number, and its unit as the query declares it.</summary>
public sealed record MeasureColumn(string Column, string Unit);

/// <summary>The data a query cannot do without.</summary>
/// <param name="Tables">The tables it reads.</param>
/// <param name="Freshness">
/// How old the newest row of each may be, for each cluster, or three times the usual distance of its rows if that is more; null when silence is no reason for doubt,
/// as with tables of events.
/// </param>
public sealed record RequiredData(IReadOnlyList<string> Tables, TimeSpan? Freshness)
{
    /// <summary>For a query that reads no tables.</summary>
    public static RequiredData None { get; } = new([], null);

    /// <summary>Further tables that must exist; that nothing is written to them for hours is no reason for doubt.</summary>
    public IReadOnlyList<string> Sparse { get; init; } = [];

    /// <summary>All tables, those that are judged by age first.</summary>
    public IEnumerable<string> All => Tables.Concat(Sparse);
}
