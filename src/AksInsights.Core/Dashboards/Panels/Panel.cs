using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Panels;

/// <summary>Something drawn on a dashboard. Immutable; where it stands and its number come from the grid.</summary>
/// <param name="Title">Its heading.</param>
public abstract record Panel(string Title)
{
    /// <summary>What it shows and how to read it, behind the <c>i</c>; null when the heading says it all.</summary>
    public string? Description { get; init; }

    /// <summary>Its width in columns, of 24.</summary>
    public int Width { get; init; } = 12;

    /// <summary>Its height in rows of about 38 pixels.</summary>
    public int Height { get; init; } = 8;

    /// <summary>What it asks.</summary>
    public IReadOnlyList<PanelQuery> Queries { get; init; } = [];

    /// <summary>How Grafana changes the rows before they are drawn, in order.</summary>
    public IReadOnlyList<Transformation> Transformations { get; init; } = [];

    /// <summary>How numbers are written where a column does not say so itself.</summary>
    public Measure Measure { get; init; } = Measure.Count;

    /// <summary>From which values on things are coloured.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.None;

    /// <summary>What is shown where there is nothing to show; null shows that there are no data.</summary>
    public string? WhenEmpty { get; init; }
}

/// <summary>Large numbers, one for each column.</summary>
/// <param name="Title">Its heading.</param>
public sealed record StatPanel(string Title) : Panel(Title)
{
    /// <summary>Whether the whole tile is coloured, not only the number.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Whether the course over time stands behind the number.</summary>
    public bool HasSparkline { get; init; }

    /// <summary>The columns that are shown; none shows all numbers.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>What becomes of the rows of a field: Grafana's name of a calculation.</summary>
    public string Calculation { get; init; } = "lastNotNull";

    /// <summary>Whether a row each gives a number, instead of the last row.</summary>
    public bool IsPerRow { get; init; }
}

/// <summary>Lines or bars over time.</summary>
/// <param name="Title">Its heading.</param>
public sealed record TimeSeriesPanel(string Title) : Panel(Title)
{
    /// <summary>Whether bars are drawn, which suits counts.</summary>
    public bool IsBars { get; init; }

    /// <summary>Whether what is drawn is put on top of each other.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Whether thresholds are drawn as lines.</summary>
    public bool HasThresholdLines { get; init; }

    /// <summary>The least value of the axis; null leaves it to the data.</summary>
    public double? Min { get; init; } = 0;

    /// <summary>The greatest value of the axis; null leaves it to the data.</summary>
    public double? Max { get; init; }
}

/// <summary>Rows.</summary>
/// <param name="Title">Its heading.</param>
public sealed record TablePanel(string Title) : Panel(Title)
{
    /// <summary>The heading of the column that it is sorted by, downwards; null keeps the order of the query.</summary>
    public string? SortedBy { get; init; }
}

/// <summary>A bar for each row.</summary>
/// <param name="Title">Its heading.</param>
public sealed record BarGaugePanel(string Title) : Panel(Title)
{
    /// <summary>The column that is drawn.</summary>
    public required string Value { get; init; }

    /// <summary>The column with the names of the bars.</summary>
    public required string Legend { get; init; }

    /// <summary>The greatest value; null takes that of the data.</summary>
    public double? Max { get; init; }
}

/// <summary>States over time, a line for each column.</summary>
/// <param name="Title">Its heading.</param>
public sealed record StateTimelinePanel(string Title) : Panel(Title)
{
    /// <summary>Words and colours of the states.</summary>
    public required IReadOnlyList<ValueMapping> States { get; init; }
}

/// <summary>Markdown.</summary>
/// <param name="Title">Its heading; empty text for none.</param>
/// <param name="Content">The Markdown.</param>
public sealed record TextPanel(string Title, string Content) : Panel(Title);
