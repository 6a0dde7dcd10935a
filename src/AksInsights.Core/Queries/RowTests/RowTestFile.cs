using AksInsights.Core.Findings;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>The cases of a query on rows: the content of its <c>.tests.yaml</c> file, key by key. Immutable.</summary>
/// <remarks>The JSON schema that editors use is generated from this record and its comments.</remarks>
public sealed record RowTestFile
{
    /// <summary>The cases; each is tried by itself.</summary>
    public required IReadOnlyList<RowTestCase> Cases { get; init; }
}

/// <summary>Rows, and the findings that they must give at some moments.</summary>
public sealed record RowTestCase
{
    /// <summary>What the case shows, as a sentence.</summary>
    public required string Name { get; init; }

    /// <summary>What the case is for; coverage asks for at least one that fires, one near miss and one boundary, and for a reset where rises of counters are measured.</summary>
    public required RowTestKind Kind { get; init; }

    /// <summary>The time from which all others count.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Values of parameters that differ from the query's defaults, written as in KQL.</summary>
    public IReadOnlyDictionary<string, CellText> Parameters { get; init; } = new OrderedDictionary<string, CellText>();

    /// <summary>Row sets by table; tables that are not named are there and empty.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<RowSet>> Input { get; init; }

    /// <summary>The moments at which the query is tried.</summary>
    public required IReadOnlyList<RowTestMoment> Evaluate { get; init; }

    internal TextSpan Span { get; init; }
}

/// <summary>What a case is for.</summary>
public enum RowTestKind
{
    /// <summary>The problem is there and told.</summary>
    Fires,

    /// <summary>It looks like the problem and is none.</summary>
    NearMiss,

    /// <summary>The last moment of silence and the first of telling, or a value at the threshold.</summary>
    Boundary,

    /// <summary>A counter starts again.</summary>
    Reset,

    /// <summary>The data are missing or old.</summary>
    NoData,
}

/// <summary>Rows of one table: either a run of rows at a fixed distance, with series, or rows one by one.</summary>
public sealed record RowSet
{
    /// <summary>Cells that all rows share; those of date-time columns may be offsets from the start, as in <c>-3h</c>.</summary>
    public IReadOnlyDictionary<string, CellText> Constants { get; init; } = new OrderedDictionary<string, CellText>();

    /// <summary>The distance between two rows; one minute when not given.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time of the first row, from the start; may be negative.</summary>
    public TimeSpan From { get; init; }

    /// <summary>The number of rows; as many as the series have when not given.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// Cells that change from row to row: values separated by spaces; <c>5x3</c> is 5 and then 5 three times more, <c>0+10x3</c> is 0, 10, 20, 30;
    /// <c>_</c> leaves the row out, <c>_x3</c> leaves out three; <c>null</c> is an empty cell; text with spaces stands in single quotes.
    /// </summary>
    public IReadOnlyDictionary<string, CellText> Series { get; init; } = new OrderedDictionary<string, CellText>();

    /// <summary>Rows one by one, cells by column; <c>TimeGenerated</c> is an offset from the start or a date-time.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, CellText>> Rows { get; init; } = [];

    internal TextSpan Span { get; init; }
}

/// <summary>A moment at which a query is tried, and all that it must find.</summary>
public sealed record RowTestMoment
{
    /// <summary>The end of the window, from the start; the window is as long as the query's lookback.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>All findings, in any order; an empty list is silence.</summary>
    public required IReadOnlyList<ExpectedFinding> Findings { get; init; }

    internal TextSpan Span { get; init; }
}

/// <summary>A finding that must be there.</summary>
public sealed record ExpectedFinding
{
    /// <summary>Key columns with their values; those that are not named may have any.</summary>
    public required IReadOnlyDictionary<string, CellText> Key { get; init; }

    /// <summary>The severity; any when not given.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Measures with their values; those that are not named may have any.</summary>
    public IReadOnlyDictionary<string, CellText> Measures { get; init; } = new OrderedDictionary<string, CellText>();

    /// <summary>Evidence columns with their values; date-times may be offsets from the start; those that are not named may have any.</summary>
    public IReadOnlyDictionary<string, CellText> Evidence { get; init; } = new OrderedDictionary<string, CellText>();

    internal TextSpan Span { get; init; }
}

/// <summary>A value as written; null for an empty one. What it means is decided by the type of its column; a mapping or list, as JSON, is for dynamic ones only.</summary>
public sealed record CellText(string? Text)
{
    /// <summary>Whether it was written as a mapping or list.</summary>
    internal bool IsStructure { get; init; }

    internal TextSpan Span { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text ?? "null";
}
