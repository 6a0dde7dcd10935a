using AksInsights.Adapters.Storage;

namespace AksInsights.Tests.Storage;

public sealed class SqliteProposalNotesTests : ProposalNotesContract
{
    protected override Task<SqlFindingStore> OpenAsync() => SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
}
