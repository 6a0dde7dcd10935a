using AksInsights.Core.Dashboards.Boards;
using AksInsights.Core.Dashboards.Writing;
using AksInsights.Core.Queries;

namespace AksInsights.Core.Dashboards;

/// <summary>All dashboards of the product.</summary>
public static class DashboardSet
{
    /// <summary>The flavours that show findings, of which an installation needs one.</summary>
    public static IReadOnlyList<DashboardFlavour> Stores { get; } = [DashboardFlavour.Postgres, DashboardFlavour.Sqlite, DashboardFlavour.Json];

    /// <summary>The dashboards of a flavour, in the order of a menu. Those of <see cref="Stores"/> share their uids, so that links hold whichever is installed.</summary>
    /// <param name="flavour">What they read from.</param>
    /// <param name="library">The queries that live panels show.</param>
    public static IReadOnlyList<DashboardFile> Of(DashboardFlavour flavour, QueryLibrary library) =>
        [.. Boards(flavour, library).Select(board => DashboardWriter.Write(board, flavour))];

    /// <summary>The dashboards of a flavour as they are defined, before they are written.</summary>
    internal static IReadOnlyList<Dashboard> Boards(DashboardFlavour flavour, QueryLibrary library) => flavour switch
    {
        DashboardFlavour.Azure => [],
        DashboardFlavour.Prometheus => [],
        _ => [FleetBoard.Create()],
    };
}
