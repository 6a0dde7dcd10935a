using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Rightsizing.History;

/// <summary>Where usage is kept, a row for each container and day, so that the raw rows are read once.</summary>
/// <remarks>Every member may throw <see cref="StoreException"/>; then nothing of what it was to do has happened.</remarks>
public interface IUsageStore
{
    /// <summary>The days of a workspace that were read, with up to when; a day whose end was not reached then is worth reading again.</summary>
    Task<IReadOnlyDictionary<DateOnly, DateTimeOffset>> DaysReadAsync(WorkspaceId workspace, CancellationToken cancellation);

    /// <summary>Saves a day in one transaction; one that was saved before is replaced, container by container.</summary>
    Task SaveAsync(WorkspaceId workspace, UsageDayRead day, CancellationToken cancellation);

    /// <summary>The pasts of all containers, one at a time, ordered by when a container was first seen. Cost: O(containers × days), read as they are asked for.</summary>
    /// <param name="workspace">In this workspace; null for all.</param>
    /// <param name="from">The first day.</param>
    /// <param name="cancellation">Gives up.</param>
    IAsyncEnumerable<ContainerHistory> HistoriesAsync(WorkspaceId? workspace, DateOnly from, CancellationToken cancellation);

    /// <summary>The node pools as they were last seen, on or after a day.</summary>
    Task<IReadOnlyList<NodePoolSize>> PoolsAsync(WorkspaceId? workspace, DateOnly from, CancellationToken cancellation);

    /// <summary>Up to when usage was read; null when none was.</summary>
    Task<DateTimeOffset?> ReadToAsync(WorkspaceId? workspace, CancellationToken cancellation);

    /// <summary>Deletes days before one, a batch at a time.</summary>
    /// <returns>How many rows were deleted.</returns>
    Task<long> PruneAsync(DateOnly before, CancellationToken cancellation);
}

/// <summary>What was read of one day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="ReadTo">Up to when rows were there to be read.</param>
/// <param name="Containers">The containers that ran.</param>
/// <param name="Pools">The node pools.</param>
public sealed record UsageDayRead(DateOnly Day, DateTimeOffset ReadTo, IReadOnlyList<ContainerDay> Containers, IReadOnlyList<NodePoolSize> Pools);

/// <summary>One day of one container.</summary>
/// <param name="Container">The container.</param>
/// <param name="Facts">What else is known of it.</param>
/// <param name="Usage">What it used.</param>
public sealed record ContainerDay(ContainerKey Container, ContainerFacts Facts, UsageDay Usage);
