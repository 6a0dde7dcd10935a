using System.Data.Common;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Tests.Storage;

public sealed class SqliteFileFindingStoreTests : FindingStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-store");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<IFindingStore> OpenAsync() =>
        await SqlFindingStore.OpenFileAsync(Path.Combine(_folder.FullName, "store.db"), TimeProvider.System, default);
}

public sealed class SqliteMemoryFindingStoreTests : FindingStoreContract
{
    protected override async Task<IFindingStore> OpenAsync() => await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
}

public sealed class SqliteOutboxTests : OutboxContract
{
    protected override Task<SqlFindingStore> OpenAsync() => SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
}

public sealed class SqliteHistoryTests : StoreHistoryContract
{
    protected override Task<SqlFindingStore> OpenAsync() => SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
}

public sealed class SqliteUpkeepTests : StoreUpkeepContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-store");
    private int _files;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override Task<SqlFindingStore> OpenAsync() =>
        SqlFindingStore.OpenFileAsync(Path.Combine(_folder.FullName, $"store{_files++}.db"), TimeProvider.System, default);
}

public sealed class SqliteMigrationTests : MigrationContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-store");
    private int _files;

    protected override string Kind => "sqlite";

    public void Dispose() => _folder.Delete(recursive: true);

    internal override Task<Dialect> MakeAsync()
    {
        _files++;
        return Task.FromResult(Again());
    }

    internal override Dialect Again() => SqliteDialect.File(Path.Combine(_folder.FullName, $"store{_files}.db"));

    protected override Task<IEnumerable<string>> TablesAsync(DbConnection connection) =>
        connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
}
