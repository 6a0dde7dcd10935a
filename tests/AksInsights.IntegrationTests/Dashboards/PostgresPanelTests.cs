using AksInsights.Adapters.Storage;
using AksInsights.Core.Dashboards;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests.Dashboards;

namespace AksInsights.IntegrationTests.Dashboards;

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresPanelTests(PostgresFixture postgres) : StorePanelContract
{
    protected override DashboardFlavour Flavour => DashboardFlavour.Postgres;

    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}
