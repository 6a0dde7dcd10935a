using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards;

/// <summary>A dashboard as we think of it: rows of panels, variables and marks in time. Immutable.</summary>
public sealed record Dashboard
{
    /// <summary>The folder of the dashboards about findings.</summary>
    public const string MainFolder = "AksInsights";

    /// <summary>The folder of the dashboards that show the query library live.</summary>
    public const string LibraryFolder = "AksInsights library";

    /// <summary>Its name for ever.</summary>
    public required string Uid { get; init; }

    /// <summary>What people see.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>The title of its folder.</summary>
    public string Folder { get; init; } = MainFolder;

    /// <summary>The name of its file.</summary>
    public required string FileName { get; init; }

    /// <summary>The range that is shown at first begins here.</summary>
    public string From { get; init; } = "now-24h";

    /// <summary>How often it is drawn anew.</summary>
    public string Refresh { get; init; } = "5m";

    /// <summary>What a viewer can choose, in order; data sources are added by the writer.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>Marks in time.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>Its panels, row by row.</summary>
    public required IReadOnlyList<DashboardRow> Rows { get; init; }

    /// <summary>Everything it asks: for variables, panels and marks.</summary>
    public IEnumerable<PanelQuery> Queries() =>
        [.. Variables.OfType<QueryVariable>().Select(v => v.Query), .. Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Queries), .. Annotations.Select(a => a.Query)];
}

/// <summary>Panels that belong together, from left to right and then below.</summary>
/// <param name="Title">The heading; null for panels without one, which can only be the first row.</param>
/// <param name="Panels">The panels.</param>
public sealed record DashboardRow(string? Title, IReadOnlyList<Panel> Panels)
{
    /// <summary>Whether the panels are hidden, and not asked for, until the heading is clicked.</summary>
    public bool IsCollapsed { get; init; }
}

/// <summary>Marks in time that come from a query.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Color">Their colour.</param>
/// <param name="Query">Gives columns <c>time</c> and <c>text</c>, and perhaps <c>tags</c>.</param>
public sealed record Annotation(string Name, string Color, StoreQuery Query)
{
    /// <summary>Whether they are shown before somebody asks for them.</summary>
    public bool IsEnabled { get; init; } = true;
}
