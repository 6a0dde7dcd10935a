using AksInsights.Core.Dashboards.Boards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Dashboards.Writing;
using AksInsights.Core.Queries;

namespace AksInsights.Core.Dashboards;

/// <summary>All dashboards of the product.</summary>
public static class DashboardSet
{
    private static readonly Lazy<IReadOnlyDictionary<string, StoreQuery>> StoreQueries = new(() =>
        AboutFindings().SelectMany(board => board.Queries()).OfType<StoreQuery>().DistinctBy(query => query.Name).ToDictionary(query => query.Name, StringComparer.Ordinal));

    /// <summary>The flavours that show findings, of which an installation needs one.</summary>
    public static IReadOnlyList<DashboardFlavour> Stores { get; } = [DashboardFlavour.Postgres, DashboardFlavour.Sqlite, DashboardFlavour.Json];

    /// <summary>The dashboards of a flavour, in the order of a menu. Those of <see cref="Stores"/> share their uids, so that links hold whichever is installed.</summary>
    /// <param name="flavour">What they read from.</param>
    /// <param name="library">The queries that live panels show.</param>
    public static IReadOnlyList<DashboardFile> Of(DashboardFlavour flavour, QueryLibrary library) =>
        [.. Boards(flavour, library).Select(board => DashboardWriter.Write(board, flavour))];

    /// <summary>The question of a panel, variable or mark to the store, by name; null when there is none.</summary>
    public static StoreQuery? FindStoreQuery(string name) => StoreQueries.Value.GetValueOrDefault(name);

    /// <summary>The dashboards of a flavour as they are defined, before they are written.</summary>
    internal static IReadOnlyList<Dashboard> Boards(DashboardFlavour flavour, QueryLibrary library) => flavour switch
    {
        DashboardFlavour.Azure => AreaBoard.Create(library),
        DashboardFlavour.Prometheus => [SelfBoard.Create()],
        _ => AboutFindings(),
    };

    private static IReadOnlyList<Dashboard> AboutFindings() =>
        [FleetBoard.Create(), FindingsBoard.Create(), ClusterBoard.Create(), NamespaceBoard.Create(), NodesBoard.Create(), RightsizingBoard.Create(), DeliveryBoard.Create()];
}
