using AksInsights.Adapters.Storage;

namespace AksInsights.Tests.Storage;

public sealed class SqliteUsageStoreTests : UsageStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-usage");
    private int _files;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override Task<SqlFindingStore> OpenAsync() =>
        SqlFindingStore.OpenFileAsync(Path.Combine(_folder.FullName, $"store{_files++}.db"), TimeProvider.System, default);
}
