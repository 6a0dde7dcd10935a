using AksInsights.Core.Dashboards.Panels;

namespace AksInsights.Core.Dashboards.Queries;

/// <summary>A column that a query promises and a panel draws. Immutable.</summary>
/// <param name="Name">Its name in the result.</param>
/// <param name="Kind">The kind of its values; a test runs the query and compares.</param>
public sealed record PanelColumn(string Name, ColumnKind Kind)
{
    /// <summary>What people see instead of the name.</summary>
    public string? Heading { get; init; }

    /// <summary>How numbers are written; null leaves it to the panel.</summary>
    public Measure? Measure { get; init; }

    /// <summary>The colour of its line, or of its cells' text.</summary>
    public string? Color { get; init; }

    /// <summary>How its cells look in a table.</summary>
    public CellStyle Cell { get; init; } = CellStyle.Plain;

    /// <summary>From which values on it is coloured; null leaves it to the panel.</summary>
    public Thresholds? Thresholds { get; init; }

    /// <summary>Its width in a table, in pixels; null takes what is left.</summary>
    public int? Width { get; init; }

    /// <summary>Where a click leads.</summary>
    public IReadOnlyList<DataLink> Links { get; init; } = [];

    /// <summary>Words and colours for its values.</summary>
    public IReadOnlyList<ValueMapping> Mappings { get; init; } = [];

    /// <summary>Whether it is there only for links.</summary>
    public bool IsHidden { get; init; }

    /// <summary>A column of texts.</summary>
    public static PanelColumn Text(string name, string? heading = null, int? width = null) => new(name, ColumnKind.Text) { Heading = heading, Width = width };

    /// <summary>A column of numbers.</summary>
    public static PanelColumn Number(string name, string? heading = null, Measure? measure = null, int? width = null) =>
        new(name, ColumnKind.Number) { Heading = heading, Measure = measure, Width = width };

    /// <summary>A column that only links need.</summary>
    public static PanelColumn Hidden(string name, ColumnKind kind = ColumnKind.Text) => new(name, kind) { IsHidden = true };
}

/// <summary>The kinds of values.</summary>
public enum ColumnKind
{
    /// <summary>Texts.</summary>
    Text,

    /// <summary>Numbers, whole or not.</summary>
    Number,

    /// <summary>Points in time. In a query of the store these are whole seconds since 1970, in a column named <c>time</c>.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Lists and objects, which Grafana shows as text.</summary>
    Other,
}

/// <summary>How the cells of a table look.</summary>
public enum CellStyle
{
    /// <summary>Text.</summary>
    Plain,

    /// <summary>Coloured text.</summary>
    Text,

    /// <summary>A coloured background.</summary>
    Background,

    /// <summary>A bar from the least to the greatest value.</summary>
    Bar,
}
