using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes a dashboard as Grafana's classic JSON. Every member that Grafana's type asks for is written, also where Grafana would do without it.</summary>
internal static class DashboardWriter
{
    // What @grafana/schema of Grafana 12 and 13 says; older files are migrated when they are opened.
    private const int SchemaVersion = 42;

    /// <summary>The file of a dashboard.</summary>
    public static DashboardFile Write(Dashboard board, DashboardFlavour flavour)
    {
        var sources = new DataSources(flavour);
        var content = new JObject
        {
            ["id"] = null,
            ["uid"] = board.Uid,
            ["title"] = board.Title,
            ["description"] = board.Description,
            ["tags"] = new JArray("aksinsights", Tag(flavour)),
            ["schemaVersion"] = SchemaVersion,
            ["editable"] = true,
            ["graphTooltip"] = 1,
            ["timezone"] = "utc",
            ["time"] = new JObject { ["from"] = board.From, ["to"] = "now" },
            ["timepicker"] = new JObject(),
            ["refresh"] = board.Refresh,
            ["links"] = new JArray(Menu()),
            ["templating"] = new JObject { ["list"] = VariableWriter.Write(board, sources) },
            ["annotations"] = new JObject { ["list"] = AnnotationWriter.Write(board, sources) },
            ["panels"] = Panels(board, sources),
        };
        return new DashboardFile(board.Uid, board.Title, board.Folder, board.FileName, content);
    }

    private static string Tag(DashboardFlavour flavour) => flavour is DashboardFlavour.Azure or DashboardFlavour.Prometheus ? "aksinsights-live" : "aksinsights-findings";

    // All of ours in a list; what is chosen here stays chosen there.
    private static JObject Menu() => new()
    {
        ["title"] = "AksInsights",
        ["type"] = "dashboards",
        ["icon"] = "external link",
        ["tooltip"] = "",
        ["url"] = "",
        ["tags"] = new JArray("aksinsights"),
        ["asDropdown"] = true,
        ["includeVars"] = true,
        ["keepTime"] = true,
        ["targetBlank"] = false,
    };

    private static JArray Panels(Dashboard board, DataSources sources)
    {
        var grid = new GridFlow();
        var panels = new JArray();
        foreach (var row in board.Rows)
        {
            var heading = row.Title is { } title ? Heading(title, grid.PlaceHeading(), row.IsCollapsed) : null;
            if (heading is not null) panels.Add(heading);
            // Grafana keeps the panels of a collapsed row inside it.
            var into = heading is not null && row.IsCollapsed ? (JArray)heading["panels"]! : panels;
            foreach (var panel in row.Panels) into.Add(PanelWriter.Write(panel, grid.Place(panel), sources));
        }

        return panels;
    }

    private static JObject Heading(string title, GridPlace place, bool isCollapsed) => new()
    {
        ["id"] = place.Id,
        ["type"] = "row",
        ["title"] = title,
        ["collapsed"] = isCollapsed,
        ["gridPos"] = PanelWriter.Place(place),
        ["panels"] = new JArray(),
    };
}
