using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Queries;
using Newtonsoft.Json.Linq;

namespace AksInsights.Tests.Dashboards;

/// <summary>All dashboards of the repository, as they are defined and as they are written.</summary>
internal static class AllDashboards
{
    public static readonly QueryLibrary Library = QueryLibrary.Load(Repository.Path("queries"));

    public static readonly IReadOnlyList<(DashboardFlavour Flavour, DashboardFile File)> Files =
        [.. Enum.GetValues<DashboardFlavour>().SelectMany(flavour => DashboardSet.Of(flavour, Library).Select(file => (flavour, file)))];

    /// <summary>What a file is called in messages.</summary>
    public static string Name(DashboardFlavour flavour, DashboardFile file) => $"{flavour.ToString().ToLowerInvariant()}/{file.FileName}";

    /// <summary>The panels of a written dashboard, those inside of collapsed rows too, without the rows.</summary>
    public static IEnumerable<JObject> Panels(JObject dashboard) => dashboard["panels"]!.Cast<JObject>()
        .SelectMany(panel => (string?)panel["type"] == "row" ? panel["panels"]!.Cast<JObject>() : [panel]);

    /// <summary>Every question of a flavour: as it is defined, and as it is written.</summary>
    public static IEnumerable<AskedPanel> Asked(DashboardFlavour flavour)
    {
        foreach (var (board, file) in DashboardSet.Boards(flavour, Library).Zip(DashboardSet.Of(flavour, Library)))
        {
            foreach (var (panel, written) in board.Rows.SelectMany(row => row.Panels).Zip(Panels(file.Content)))
                for (var i = 0; i < panel.Queries.Count; i++) yield return new AskedPanel($"{file.FileName}: {panel.Title}", panel.Queries[i], (JObject)written["targets"]![i]!);
            foreach (var (mark, written) in board.Annotations.Zip(file.Content["annotations"]!["list"]!.Skip(1))) yield return new AskedPanel($"{file.FileName}: {mark.Name}", mark.Query, (JObject)written["target"]!);
            foreach (var variable in board.Variables.OfType<QueryVariable>())
            {
                var written = file.Content["templating"]!["list"]!.First(v => (string?)v["name"] == variable.Name)["query"]!;
                yield return new AskedPanel($"{file.FileName}: {variable.Name}", variable.Query, written as JObject ?? new JObject { ["rawSql"] = written, ["queryText"] = written });
            }
        }
    }
}

/// <summary>A question of a panel, mark or variable.</summary>
/// <param name="Name">Dashboard and panel.</param>
/// <param name="Query">As it is defined.</param>
/// <param name="Target">As it is written.</param>
internal sealed record AskedPanel(string Name, PanelQuery Query, JObject Target);
