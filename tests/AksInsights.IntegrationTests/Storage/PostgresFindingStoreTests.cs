using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests.Storage;

namespace AksInsights.IntegrationTests.Storage;

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresFindingStoreTests(PostgresFixture postgres) : FindingStoreContract
{
    protected override async Task<IFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}
