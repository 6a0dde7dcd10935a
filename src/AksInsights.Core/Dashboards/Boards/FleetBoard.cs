using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>All clusters: how many findings are open, how bad, where, and whether the data can be trusted.</summary>
internal static class FleetBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-fleet";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights / Fleet",
        FileName = "fleet.json",
        Description = "What is wrong in which cluster, and whether the data that say so are there.",
        Rows =
        [
            new DashboardRow(null, [
                new StatPanel("Open findings") { Width = 6, Height = 4, Thresholds = Thresholds.Neutral, Queries = [
                    new StoreQuery("open-count", "SELECT count(*) AS open FROM v_findings WHERE condition IN ('open', 'clearing')", [PanelColumn.Number("open", "Open")])] },
            ]),
        ],
    };
}
