using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Findings;

/// <summary>A page of the list of findings, and what it can be narrowed to.</summary>
/// <param name="Query">What it is narrowed to.</param>
/// <param name="Findings">The findings of the page.</param>
/// <param name="Counts">How many match on all pages, by severity.</param>
/// <param name="Queries">The queries there are.</param>
/// <param name="Clusters">The resource ids of the clusters there are.</param>
/// <param name="Namespaces">The namespaces in which something is open.</param>
/// <param name="IsEmpty">Whether the store has no finding at all.</param>
public sealed record FindingsModel(
    FindingsQuery Query,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<Severity, long> Counts,
    IReadOnlyList<QueryDefinition> Queries,
    IReadOnlyList<string> Clusters,
    IReadOnlyList<string> Namespaces,
    bool IsEmpty)
{
    /// <summary>How many match.</summary>
    public long Total => Counts.Values.Sum();

    /// <summary>How many pages there are; one when nothing matches.</summary>
    public long Pages => Math.Max(1, (Total + FindingsQuery.PageSize - 1) / FindingsQuery.PageSize);

    /// <summary>The areas of the queries, and that of the data themselves.</summary>
    public IEnumerable<string> Areas => Queries.Select(query => query.Id.Area).Append(QueryId.DataHealthArea).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<FindingsModel> ReadAsync(FindingsQuery query, SqlFindingStore store, ServedLibrary library, CancellationToken cancellation)
    {
        var filter = query.Filter();
        var counts = await store.CountAsync(filter, cancellation).ConfigureAwait(false);
        var findings = await store.ListAsync(filter, cancellation).ConfigureAwait(false);
        var clusters = await store.Tallies.ClustersAsync(cancellation).ConfigureAwait(false);
        var namespaces = await store.Tallies.NamespacesAsync(cancellation).ConfigureAwait(false);
        var isEmpty = findings.Count == 0 && (await store.ListAsync(new FindingFilter { Limit = 1 }, cancellation).ConfigureAwait(false)).Count == 0;
        return new FindingsModel(query, findings, counts, library.Queries, [.. clusters.Select(c => c.Cluster).Distinct()], namespaces, isEmpty);
    }
}
