using AksInsights.Core.Queries;

namespace AksInsights.Service.Hosting;

/// <summary>What the service watches: the queries and the workspaces they are evaluated in. Immutable.</summary>
/// <param name="Queries">The queries that have no mistakes.</param>
/// <param name="Workspaces">Where they are evaluated.</param>
internal sealed record ServedLibrary(IReadOnlyList<QueryDefinition> Queries, IReadOnlyList<WatchedWorkspace> Workspaces)
{
    /// <summary>The queries that roll usage up for recommendations; none leaves usage alone.</summary>
    public IReadOnlyList<QueryDefinition> UsageQueries { get; init; } = [];

    /// <summary>A workspace by name; null when it is not watched here.</summary>
    public WatchedWorkspace? Find(string workspace) => Workspaces.FirstOrDefault(watched => watched.Id.Value == workspace);
}
