using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>The checks of an area of the query library, live: each drawn as its file says, by the very text of its file.</summary>
internal static class AreaBoard
{
    /// <summary>A dashboard for each area, in order.</summary>
    public static IReadOnlyList<Dashboard> Create(QueryLibrary library) =>
        [.. library.Checks.Where(check => check.Metadata.Status != QueryStatus.Deprecated).GroupBy(check => check.Id.Area).Select(area => Create(area.Key, [.. area]))];

    private static Dashboard Create(string area, IReadOnlyList<QueryDefinition> checks) => new()
    {
        Uid = $"aksinsights-live-{area}",
        Title = $"AksInsights live / {area}",
        FileName = $"{area}.json",
        Folder = Dashboard.LibraryFolder,
        Description = $"The checks of the area {area} as they stand at the end of the range, straight from Log Analytics or Resource Graph.",
        Refresh = "",
        Variables = [.. LiveVariables.Workspace, LiveVariables.Clusters],
        Rows = [new DashboardRow(null, [Preface(area), .. checks.Select(check => Draw(check, TitleOf(check, checks)))])],
    };

    private static TextPanel Preface(string area) => new(
        "",
        $"Checks of the area **{area}**, asked live by the text of their files. Each panel says what the check finds at the *end* of the range above; how far it looks back stands in its text. "
            + "Empty means that it finds nothing, or that its tables are not collected. Thresholds are those of the files, not of your configuration, and nothing here has a memory: "
            + "what is open, since when, and who knows of it is on the dashboard Findings.")
    {
        Width = GridFlow.Columns,
        Height = 3,
    };

    // Two checks may be called alike, when they find the same problem by different data.
    private static string TitleOf(QueryDefinition check, IReadOnlyList<QueryDefinition> checks) =>
        checks.Count(other => other.Metadata.Name == check.Metadata.Name) == 1 ? check.Metadata.Name : $"{check.Metadata.Name} ({check.Id.Name})";

    // A table has the columns in the order in which they come, which is that of the text of the check.
    private static Transformation InOrder(LiveQuery live) => new("organize", new JObject
    {
        ["excludeByName"] = new JObject(),
        ["indexByName"] = new JObject(live.Columns.Select((column, i) => new JProperty(column.Name, i))),
        ["renameByName"] = new JObject(),
    });

    private static Panel Draw(QueryDefinition check, string title)
    {
        var (drawn, live) = (check.Metadata.Visualise, Live.Check(check));
        Panel panel = drawn switch
        {
            { Kind: VisualisationKind.Bargauge, Value: { } value, Legend: { } legend } => new BarGaugePanel(title)
            {
                Value = value,
                Legend = legend,
                Max = drawn.Unit switch { Unit.Ratio => 1, Unit.Percent => 100, _ => null },
                Thresholds = new Thresholds(Palette.Warning),
                Height = 7,
            },
            { Kind: VisualisationKind.Stat, Value: { } value } => new StatPanel(title) { Fields = [value], IsPerRow = true },
            _ => new TablePanel(title) { Height = 7 },
        };
        return panel with
        {
            Description = $"{check.Metadata.Description.Trim()}\n\n{check.Metadata.Impact.Trim()}\n\n{check.Id.Value}, looks back {Durations.Format(check.Metadata.Schedule.Lookback)}.",
            Queries = [live],
            Transformations = panel is TablePanel ? [InOrder(live)] : [],
            Measure = drawn.Unit is { } unit ? Measure.Of(unit) : Measure.Number,
            WhenEmpty = "Nothing found.",
        };
    }
}
