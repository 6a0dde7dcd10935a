using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql;
using AksInsights.Kql.Tests;

namespace AksInsights.Tests.Dashboards;

/// <summary>Every question in KQL, as Grafana asks it, over a recording.</summary>
public sealed class LivePanelTests
{
    private static readonly GrafanaMacros[] Choices =
    [
        PanelStore.Everything with { Chosen = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = [PanelStore.Cluster] } },
        PanelStore.Narrowed,
    ];

    private static IReadOnlyList<AskedPanel> Asked { get; } =
        [.. new[] { DashboardFlavour.Postgres, DashboardFlavour.Azure }.SelectMany(AllDashboards.Asked).Where(asked => asked.Query is LiveQuery)];

    [Fact]
    public async Task EveryQuestionRunsAndGetsTheColumnsThatItsPanelNames()
    {
        Assert.Equal("", await MistakesAsync(Repository.Path("samples", "workspace-demo"), Choices));
    }

    /// <summary>Three clusters, two of the same name, by the minute: more rows, and stranger ones, than the sample has.</summary>
    [SharedDataFact("workspace-a/Perf.jsonl.gz")]
    public async Task EveryQuestionRunsOverManyRowsOfSeveralClusters()
    {
        var folder = Path.GetDirectoryName(SharedData.PathOf("workspace-a/Perf.jsonl.gz"))!;
        var nodes = Assert.IsType<WorkspaceResult.Complete>(await Open(folder).QueryAsync(new WorkspaceQuery("KubeNodeInventory | summarize by cluster = tolower(ClusterId)"), default)).Tables[0];
        var clusters = Enumerable.Range(0, nodes.RowCount).Select(row => (string)nodes[row, 0]!).ToList();
        Assert.Equal(3, clusters.Count);
        var chosen = PanelStore.Everything with { Chosen = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = clusters } };
        Assert.Equal("", await MistakesAsync(folder, [chosen]));
    }

    private static RecordedWorkspace Open(string folder) =>
        new(new WorkspaceId("recording"), Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(folder)).Tables, PanelStore.Now);

    private static async Task<string> MistakesAsync(string folder, IReadOnlyList<GrafanaMacros> choices)
    {
        var workspace = Open(folder);
        var mistakes = new List<string>();
        foreach (var (asked, macros) in Asked.SelectMany(asked => choices.Select(macros => (asked, macros))))
        {
            switch (await workspace.QueryAsync(new WorkspaceQuery(macros.Kql(TextOf(asked))), default))
            {
                case WorkspaceResult.Complete complete:
                    var answer = PanelAnswer.Of(complete.Tables[0].Columns, complete.Tables[0].RowCount);
                    if (answer.Mistake(asked.Query) is { } mistake) mistakes.Add($"{asked.Name} {mistake}");
                    if (answer.Rows == 0 && IsOurs(asked)) mistakes.Add($"{asked.Name} has no rows");
                    break;
                // Tables that the recording does not have: the columns are compared all the same, below.
                case WorkspaceResult.NoData when !IsOurs(asked): break;
                case var other: mistakes.Add($"{asked.Name}: {other}"); break;
            }
        }

        return string.Join('\n', mistakes);
    }

    [Fact]
    public void EveryQuestionHasItsColumnsWhicheverTablesAreThere()
    {
        var engine = new KqlEngine(new EmptyTables([.. KnownTables.ByName.Values]));
        var mistakes = Asked.Select(asked => (asked.Name, Mistake: PanelAnswer.Of(engine.Compile(Choices[0].Kql(TextOf(asked)), asked.Name).Columns, 0).Mistake(asked.Query)));
        Assert.Equal("", string.Join('\n', mistakes.Where(m => m.Mistake is not null)));
    }

    [Fact]
    public void PanelsOfChecksHaveTheVeryTextOfTheFileButForTheEndOfTheWindow()
    {
        foreach (var check in AllDashboards.Library.Checks.Where(check => check.Metadata.Source == QuerySource.LogAnalytics))
        {
            var text = check.Text.Kql.ReplaceLineEndings("\n").TrimEnd().Replace("let endTime = now();", "let endTime = $__timeTo();", StringComparison.Ordinal);
            Assert.Single(Asked, asked => TextOf(asked).StartsWith(text, StringComparison.Ordinal));
        }
    }

    /// <summary>Every check of the library is on the dashboard of its area, once, drawn as its file says.</summary>
    [Fact]
    public void EveryCheckIsDrawnAsItsFileSays()
    {
        foreach (var check in AllDashboards.Library.Checks)
        {
            var board = AllDashboards.Files.Single(f => f.Flavour == DashboardFlavour.Azure && f.File.FileName == $"{check.Id.Area}.json").File;
            var panel = Assert.Single(AllDashboards.Panels(board.Content), panel => ((string?)panel["description"])?.EndsWith($"\n\n{check.Id.Value}, looks back {Durations.Format(check.Metadata.Schedule.Lookback)}.", StringComparison.Ordinal) == true);
            Assert.StartsWith(check.Metadata.Name, (string?)panel["title"], StringComparison.Ordinal);
            Assert.Equal(check.Metadata.Visualise.Kind.ToString(), (string?)panel["type"], ignoreCase: true);
        }
    }

    private static bool IsOurs(AskedPanel asked) => ((LiveQuery)asked.Query).Kql.Contains("$__timeFrom()", StringComparison.Ordinal);

    private static string TextOf(AskedPanel asked) => (string)(asked.Target["azureLogAnalytics"] ?? asked.Target["azureResourceGraph"])!["query"]!;
}
