using System.Data.Common;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests.Storage;
using Dapper;

namespace AksInsights.IntegrationTests.Storage;

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresFindingStoreTests(PostgresFixture postgres) : FindingStoreContract
{
    protected override async Task<IFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresOutboxTests(PostgresFixture postgres) : OutboxContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresHistoryTests(PostgresFixture postgres) : StoreHistoryContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresUsageStoreTests(PostgresFixture postgres) : UsageStoreContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresUpkeepTests(PostgresFixture postgres) : StoreUpkeepContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresMigrationTests(PostgresFixture postgres) : MigrationContract
{
    private string _database = "";

    protected override string Kind => "postgres";

    internal override async Task<Dialect> MakeAsync()
    {
        _database = await postgres.Server.CreateDatabaseAsync();
        return Again();
    }

    internal override Dialect Again() => PostgresDialect.At(_database);

    protected override Task<IEnumerable<string>> TablesAsync(DbConnection connection) =>
        connection.QueryAsync<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresProposalNotesTests(PostgresFixture postgres) : ProposalNotesContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresTalliesTests(PostgresFixture postgres) : TalliesContract
{
    protected override async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenAsync(
        new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), TimeProvider.System, default);
}
