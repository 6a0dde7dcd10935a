using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Tests.Dashboards;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AksInsights.IntegrationTests.Dashboards;

/// <summary>Grafana's own types, and the library by which it writes numbers and changes rows, read every dashboard. A server of Grafana is not asked.</summary>
[Needs("npm")]
public class GrafanaTests
{
    private const string Planted = "planted";

    private static readonly NpmPackage Package = new("grafana", "check.mjs", "types.ts");

    // One process for all: most of its time is its start.
    private static readonly Lazy<Task<JObject>> Said = new(AskAsync);

    private static async Task<JObject> AskAsync()
    {
        var dashboards = new JObject(AllDashboards.Files.Select(f => new JProperty(AllDashboards.Name(f.Flavour, f.File), f.File.Content)));
        foreach (var (name, spoil) in Faults)
        {
            var content = (JObject)AllDashboards.Files[0].File.Content.DeepClone();
            spoil(AllDashboards.Panels(content).First(panel => (string?)panel["type"] == "table"));
            dashboards[$"{Planted}/{name}"] = content;
        }

        var rows = new JObject(Changed().Select(panel => new JProperty(panel.Name, panel.Rows)))
        {
            [Planted] = new JObject { ["columns"] = new JArray(), ["transformations"] = new JArray(new JObject { ["id"] = "organise", ["options"] = new JObject() }) },
        };
        return JObject.Parse(await Package.RunAsync(new JObject { ["dashboards"] = dashboards, ["rows"] = rows }.ToString(Formatting.None)));
    }

    /// <summary>What is wrong on purpose, each in a copy of a dashboard that is right.</summary>
    private static IReadOnlyList<(string Name, Action<JObject> Spoil)> Faults { get; } =
    [
        ("an option that there is not", panel => panel["options"]!["showHeaders"] = true),
        ("a value that there is not", panel => panel["options"]!["cellHeight"] = "tiny"),
        ("a question without its letter", panel => ((JObject)panel["targets"]![0]!).Remove("refId")),
        ("a place that is missing", panel => panel.Remove("gridPos")),
        ("a threshold without a mode", panel => ((JObject)panel["fieldConfig"]!["defaults"]!["thresholds"]!).Remove("mode")),
    ];

    [Fact]
    public async Task EveryDashboardIsOneByGrafanasTypes()
    {
        var mistakes = (await Said.Value)["types"]!.Select(line => (string)line!).ToList();
        Assert.Equal("", string.Join('\n', mistakes.Where(line => !line.StartsWith(Planted, StringComparison.Ordinal) && !line.StartsWith(' '))));
        Assert.All(Faults, fault => Assert.Contains(mistakes, line => line.StartsWith($"{Planted}/{fault.Name}(", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EveryUnitIsOneThatGrafanaKnows() => Assert.Empty((await Said.Value)["units"]!);

    [Fact]
    public async Task EveryChangeOfRowsRunsAndKeepsWhatIsDrawn()
    {
        var fields = (JObject)(await Said.Value)["fields"]!;
        Assert.StartsWith("failed: ", (string?)fields[Planted]![0], StringComparison.Ordinal);
        var panels = Changed().ToList();
        Assert.NotEmpty(panels);
        foreach (var (name, rows) in panels)
        {
            var after = fields[name]!.Select(field => (string)field!).ToList();
            // Lines are called by the values of the column they are made of; of bars the name and the value are left; a table has all columns in their order.
            var isRight = (string?)rows["transformations"]![0]!["id"] switch
            {
                "groupingToMatrix" => after is [_, "a", "b"],
                "organize" => after.SequenceEqual(rows["inOrder"]!.Select(column => (string)column!)),
                _ => after.Count == 2,
            };
            Assert.True(isRight, $"{name}: {string.Join(", ", after)}");
        }
    }

    private static IEnumerable<(string Name, JObject Rows)> Changed() =>
        from flavour in new[] { DashboardFlavour.Postgres, DashboardFlavour.Azure }
        from pair in DashboardSet.Boards(flavour, AllDashboards.Library).Zip(DashboardSet.Of(flavour, AllDashboards.Library))
        from panel in pair.First.Rows.SelectMany(row => row.Panels).Zip(AllDashboards.Panels(pair.Second.Content))
        where panel.Second["transformations"] is not null
        select ($"{flavour} {pair.Second.FileName}: {panel.First.Title}", new JObject
        {
            ["inOrder"] = new JArray(panel.First.Queries[0].Columns.Select(column => column.Name)),
            // As a query may give them: in another order than a table has them.
            ["columns"] = new JArray(panel.First.Queries[0].Columns.Reverse().Select(column => new JObject { ["name"] = column.Name, ["type"] = TypeOf(column.Kind) })),
            ["transformations"] = panel.Second["transformations"]!.DeepClone(),
        });

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Time => "time",
        ColumnKind.Flag => "boolean",
        _ => "string",
    };
}
