using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Overview;

/// <summary>What is wrong now, where, and what is new.</summary>
public sealed record OverviewModel
{
    /// <summary>Over how many days openings and ends are counted.</summary>
    public const int Days = 14;

    private const int MostListed = 6;

    /// <summary>How many findings are open or clearing, by severity.</summary>
    public required IReadOnlyDictionary<Severity, long> Severities { get; init; }

    /// <summary>The same for each area of the library, the worst first.</summary>
    public required IReadOnlyList<AreaHealth> Areas { get; init; }

    /// <summary>The clusters, the worst first.</summary>
    public required IReadOnlyList<ClusterHealth> Clusters { get; init; }

    /// <summary>The worst findings that nobody has said anything about, and how many of these there are.</summary>
    public required IReadOnlyList<Finding> Worst { get; init; }

    /// <summary>What became a problem last.</summary>
    public required IReadOnlyList<Finding> Newest { get; init; }

    /// <summary>What is wrong with the data themselves, the worst first.</summary>
    public required IReadOnlyList<Finding> DataTroubles { get; init; }

    /// <summary>How many of all findings are about data.</summary>
    public required long DataTroubleCount { get; init; }

    /// <summary>How many problems began and ended on each of the last days, oldest first.</summary>
    public required IReadOnlyList<TurnTally> Turns { get; init; }

    /// <summary>How many queries are evaluated, in how many workspaces.</summary>
    public required (int Queries, int Workspaces) Watched { get; init; }

    /// <summary>How many findings are open or clearing.</summary>
    public long Total => Severities.Values.Sum();

    /// <summary>Reads it.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<OverviewModel> ReadAsync(DateTimeOffset now, SqlFindingStore store, ServedLibrary library, CancellationToken cancellation)
    {
        var present = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] };
        var tallies = await store.Tallies.CountAsync(present, cancellation).ConfigureAwait(false);
        var data = tallies.Where(t => t.Query.Area == QueryId.DataHealthArea).ToList();
        var clusters = await store.Tallies.ClustersAsync(cancellation).ConfigureAwait(false);
        var worst = await store.ListAsync(present with { Workflow = WorkflowKind.New, Limit = MostListed }, cancellation).ConfigureAwait(false);
        var newest = await store.ListAsync(present with { Order = FindingOrder.NewestFirst, Limit = MostListed }, cancellation).ConfigureAwait(false);
        var troubles = await store.ListAsync(present with { Area = QueryId.DataHealthArea, Limit = MostListed }, cancellation).ConfigureAwait(false);
        var turns = await store.Tallies.TurnsAsync(now.AddDays(-Days), TimeSpan.FromDays(1), Days, cancellation).ConfigureAwait(false);
        var days = turns.ToDictionary(turn => turn.Stretch);
        return new OverviewModel
        {
            Severities = BySeverity(tallies),
            Areas = [.. library.Queries.Select(q => q.Id.Area).Concat(tallies.Select(t => t.Query.Area)).Distinct().Select(area => AreaOf(area, tallies, library.Queries)).OrderByDescending(a => Weight(a.Severities)).ThenBy(a => a.Area, StringComparer.Ordinal)],
            Clusters = [.. clusters.Select(c => c.Cluster).Concat(tallies.Select(t => t.Cluster)).Where(c => c.Length > 0).Distinct().Select(c => ClusterOf(c, tallies, data)).OrderByDescending(c => Weight(c.Severities)).ThenBy(c => c.Cluster, StringComparer.Ordinal)],
            Worst = worst,
            Newest = newest,
            DataTroubles = troubles,
            DataTroubleCount = data.Sum(t => t.Number),
            Turns = [.. Enumerable.Range(0, Days).Select(day => days.GetValueOrDefault(day) ?? new TurnTally(day, 0, 0))],
            Watched = (library.Queries.Count, library.Workspaces.Count),
        };
    }

    private static AreaHealth AreaOf(string area, IEnumerable<FindingTally> tallies, IEnumerable<QueryDefinition> queries) =>
        new(area, queries.Count(q => q.Id.Area == area), BySeverity(tallies.Where(t => t.Query.Area == area)));

    private static ClusterHealth ClusterOf(string cluster, IEnumerable<FindingTally> all, IEnumerable<FindingTally> data) =>
        new(cluster, BySeverity(all.Where(t => t.Cluster == cluster)), data.Where(t => t.Cluster == cluster).Sum(t => t.Number));

    private static Dictionary<Severity, long> BySeverity(IEnumerable<FindingTally> tallies) => tallies.GroupBy(t => t.Severity).ToDictionary(g => g.Key, g => g.Sum(t => t.Number));

    // One of a severity outweighs whatever there is of the lesser ones.
    private static double Weight(IReadOnlyDictionary<Severity, long> severities) => severities.Sum(s => s.Value * Math.Pow(1e4, (int)s.Key));
}

/// <summary>How an area of the library stands.</summary>
/// <param name="Area">The area.</param>
/// <param name="Queries">How many queries look after it.</param>
/// <param name="Severities">How many findings are open or clearing, by severity.</param>
public sealed record AreaHealth(string Area, int Queries, IReadOnlyDictionary<Severity, long> Severities);

/// <summary>How a cluster stands.</summary>
/// <param name="Cluster">Its resource id.</param>
/// <param name="Severities">How many findings are open or clearing, by severity.</param>
/// <param name="DataTroubles">How many of them are about its data.</param>
public sealed record ClusterHealth(string Cluster, IReadOnlyDictionary<Severity, long> Severities, long DataTroubles)
{
    /// <summary>The worst there is; null when nothing is.</summary>
    public Severity? Worst => Severities.Count == 0 ? null : Severities.Keys.Max();
}
