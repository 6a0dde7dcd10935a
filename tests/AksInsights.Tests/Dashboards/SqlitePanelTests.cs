using AksInsights.Adapters.Storage;
using AksInsights.Core.Dashboards;

namespace AksInsights.Tests.Dashboards;

public sealed class SqlitePanelTests : StorePanelContract
{
    protected override DashboardFlavour Flavour => DashboardFlavour.Sqlite;

    protected override Task<SqlFindingStore> OpenAsync() => SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
}
