using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;

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
