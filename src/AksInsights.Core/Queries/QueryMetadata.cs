using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Queries;

/// <summary>What KQL cannot say about a query: the content of its <c>.yaml</c> file, key by key. Immutable.</summary>
/// <remarks>The JSON schema that editors use is generated from this record and its comments.</remarks>
public sealed record QueryMetadata
{
    /// <summary>What the check is called, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>The one line that says what was found: text with result columns in braces, as in <c>{namespace}/{workload}: {restarts} restarts</c>.</summary>
    public required TextTemplate Title { get; init; }

    /// <summary>A longer text with result columns in braces, for a message that has room.</summary>
    public TextTemplate? Message { get; init; }

    /// <summary>What is detected and how, in plain words.</summary>
    public required string Description { get; init; }

    /// <summary>What happens to users or operators when nothing is done.</summary>
    public required string Impact { get; init; }

    /// <summary>What to do, in Markdown, the first step first.</summary>
    public required string Remediation { get; init; }

    /// <summary>Known cases in which the finding is true and yet no problem.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>What the query's rows are; <c>finding</c> when not given.</summary>
    public QueryKind Kind { get; init; } = QueryKind.Finding;

    /// <summary>How settled the query is; <c>stable</c> when not given.</summary>
    public QueryStatus Status { get; init; } = QueryStatus.Stable;

    /// <summary>The severity of a finding whose row has no <c>Severity</c> column.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The result columns that say which subject a finding is about. Never a pod, a hash, a time or a value.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The result columns that hold what was measured, with their units, in the order of display.</summary>
    public IReadOnlyDictionary<string, MeasureDefinition> Measures { get; init; } = new OrderedDictionary<string, MeasureDefinition>();

    /// <summary>Further result columns that are kept with a finding as evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Whom the query asks; <c>log-analytics</c> when not given.</summary>
    public QuerySource Source { get; init; } = QuerySource.LogAnalytics;

    /// <summary>The data without which the query can say nothing.</summary>
    public required DataRequirement Requires { get; init; }

    /// <summary>When the query runs and how far it looks back.</summary>
    public required QuerySchedule Schedule { get; init; }

    /// <summary>When a row becomes an open finding and when its absence resolves one.</summary>
    public FindingRules Lifecycle { get; init; } = new();

    /// <summary>Texts and bounds for parameters that the <c>.kql</c> declares.</summary>
    public IReadOnlyDictionary<string, ParameterNote> Parameters { get; init; } = new OrderedDictionary<string, ParameterNote>();

    /// <summary>How a dashboard draws the result.</summary>
    public Visualisation Visualise { get; init; } = new();

    /// <summary>The checks of other tools that look for the same problem, as <c>tool:check</c>; <c>coverage.yaml</c> lists them.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The rules of <c>query lint</c> that the query breaks on purpose.</summary>
    public LintExemptions Lint { get; init; } = new();
}

/// <summary>What the rows of a query are.</summary>
public enum QueryKind
{
    /// <summary>Problems: they become findings.</summary>
    Finding,

    /// <summary>What containers used and what they run with: it is kept, and recommendations are made from it.</summary>
    Usage,
}

/// <summary>How settled a query is.</summary>
public enum QueryStatus
{
    /// <summary>New: key and thresholds may still change.</summary>
    Experimental,

    /// <summary>Proven: its key does not change.</summary>
    Stable,

    /// <summary>Kept for old findings; another query does its work.</summary>
    Deprecated,
}

/// <summary>A measured result column.</summary>
public sealed record MeasureDefinition
{
    /// <summary>The unit of the column's values.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The parameter that the value is compared with, if one.</summary>
    public string? Threshold { get; init; }
}

/// <summary>The data without which a query can say nothing.</summary>
public sealed record DataRequirement
{
    /// <summary>The tables that must be there.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>Further tables that must be there but may get no rows for hours when all is well, such as events; they are not judged by age.</summary>
    public IReadOnlyList<string> Sparse { get; init; } = [];

    /// <summary>How old a cluster's newest row may be before silence says nothing about it; 15 minutes when not given.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>When a query runs and how far it looks back.</summary>
public sealed record QuerySchedule
{
    /// <summary>The time between two evaluations; windows end at multiples of it.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>How long to wait for late rows before a window is evaluated; 5 minutes when not given.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The length of the window. One shorter than <c>every</c> suits a query about how things stand; one about events would miss some.</summary>
    public required TimeSpan Lookback { get; init; }
}

/// <summary>When a row becomes an open finding and when its absence resolves one.</summary>
public sealed record FindingRules
{
    /// <summary>How long rows must come before the finding opens; at once when not given.</summary>
    public TimeSpan For { get; init; } = TimeSpan.Zero;

    /// <summary>How long rows must be absent before the finding is resolved; 15 minutes when not given.</summary>
    public TimeSpan ResolveAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The number of rows above which a result is taken for a mistake and changes nothing; 500 when not given.</summary>
    public int MaxFindings { get; init; } = 500;
}

/// <summary>What a person should know about a parameter.</summary>
public sealed record ParameterNote
{
    /// <summary>What the parameter decides.</summary>
    public string? Describe { get; init; }

    /// <summary>The least value that makes sense, written as in KQL.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest value that makes sense, written as in KQL.</summary>
    public string? Max { get; init; }
}

/// <summary>How a dashboard draws a result.</summary>
public sealed record Visualisation
{
    /// <summary>The kind of panel; a table when not given.</summary>
    public VisualisationKind Kind { get; init; } = VisualisationKind.Table;

    /// <summary>The column that is drawn.</summary>
    public string? Value { get; init; }

    /// <summary>What a line or bar is called: a column, or text with columns in braces.</summary>
    public string? Legend { get; init; }

    /// <summary>The unit of the drawn column; that of its measure when not given.</summary>
    public Unit? Unit { get; init; }
}

/// <summary>The kinds of panel.</summary>
public enum VisualisationKind
{
    /// <summary>The rows as they are.</summary>
    Table,

    /// <summary>Lines over time.</summary>
    Timeseries,

    /// <summary>One large number.</summary>
    Stat,

    /// <summary>A bar for each row.</summary>
    Bargauge,
}

/// <summary>The rules that a query breaks on purpose.</summary>
public sealed record LintExemptions
{
    /// <summary>The rules, each with a reason; one that the query keeps after all is a mistake.</summary>
    public IReadOnlyList<LintExemption> Allow { get; init; } = [];
}

/// <summary>A rule that a query breaks on purpose.</summary>
public sealed record LintExemption
{
    /// <summary>The rule's code, such as <c>AKI1053</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Why the rule does not apply here.</summary>
    public required string Reason { get; init; }
}
