namespace AksInsights.Adapters.Storage;

/// <summary>A table of the store: what a copy or a clean-up of the whole store must know of it.</summary>
/// <param name="Name">The table.</param>
internal sealed record StoreTable(string Name);

/// <summary>The tables of the store, each after those it refers to.</summary>
internal static class StoreTables
{
    /// <summary>All tables but that of the schema's version.</summary>
    public static IReadOnlyList<StoreTable> All { get; } =
        [new("workspaces"), new("evaluations"), new("covered_scopes"), new("findings"), new("finding_events")];
}
