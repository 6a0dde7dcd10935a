using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Linting;

/// <summary>What was met while the rows of a query were followed from its tables to its result, each thing once.</summary>
internal sealed class QueryFlow
{
    private readonly HashSet<(TextSpan, string)> _met = [];
    private readonly List<TableUse> _tables = [];
    private readonly List<ValueUse> _values = [];

    /// <summary>The tables of the workspace that the query reads, in order of their place.</summary>
    public IReadOnlyList<TableUse> Tables => _tables;

    /// <summary>Values at places where it matters what they are.</summary>
    public IReadOnlyList<ValueUse> Values => _values;

    /// <summary>Whether somewhere the time that an event was last seen is compared with the window.</summary>
    public bool LastSeenIsFiltered { get; set; }

    /// <summary>Whether somewhere a reading of a count that only grows is taken from another.</summary>
    public bool MeasuresRises { get; set; }

    /// <summary>The columns of the first result.</summary>
    public TableFacts Result { get; set; } = TableFacts.Empty;

    /// <summary>Notes a table.</summary>
    public void Add(TableUse use)
    {
        if (_met.Add((use.Span, "table"))) _tables.Add(use);
    }

    /// <summary>Notes a value.</summary>
    public void Add(ValueUse use)
    {
        if (_met.Add((use.Span, use.Role.ToString()))) _values.Add(use);
    }
}

/// <summary>A table of the workspace in a query.</summary>
/// <param name="Span">Its name in the text.</param>
/// <param name="Name">Its name.</param>
/// <param name="HasTime">Whether its rows have a time.</param>
/// <param name="IsFilteredFirst">Whether the next step leaves only the rows of the window.</param>
internal sealed record TableUse(TextSpan Span, string Name, bool HasTime, bool IsFilteredFirst);

/// <summary>A value at a place where it matters what it is.</summary>
/// <param name="Span">The place.</param>
/// <param name="Role">What is done with it.</param>
/// <param name="Name">What the place is called: the function, operator or column.</param>
/// <param name="Facts">What is known about it.</param>
internal sealed record ValueUse(TextSpan Span, ValueRole Role, string Name, ColumnFacts Facts);

/// <summary>What is done with a value.</summary>
internal enum ValueRole
{
    /// <summary>It is compared for equality, case and all.</summary>
    Compared,

    /// <summary>Rows are grouped or joined by it.</summary>
    Key,

    /// <summary>It is added up over rows.</summary>
    Summed,

    /// <summary>It is an element of a list, counted from the list's start.</summary>
    CountedFromStart,
}
