using System.Globalization;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>Which clusters an evaluation can say something about, decided by the freshness of the tables its query needs. Immutable.</summary>
internal sealed class Coverage
{
    private const string WholeWorkspace = "";

    private readonly bool _byCluster;
    private readonly HashSet<string> _fresh;

    private Coverage(bool byCluster, IEnumerable<string> fresh, IReadOnlyList<DataTrouble> troubles)
    {
        _byCluster = byCluster;
        _fresh = new HashSet<string>(fresh, StringComparer.Ordinal);
        Troubles = troubles;
    }

    /// <summary>What is wrong: tables that the whole workspace lacks, or else those that are missing or stale for a cluster, cluster by cluster.</summary>
    public IReadOnlyList<DataTrouble> Troubles { get; }

    /// <summary>The trouble that concerns the whole workspace; null when the query is worth running.</summary>
    public DataTrouble? Blocking => Troubles.FirstOrDefault(trouble => trouble.Cluster is null);

    /// <summary>What the evaluation, if its result is whole, has something to say about: cluster ids, and the empty text for the whole workspace.</summary>
    public IEnumerable<string> Scopes => Troubles.Count == 0 ? _fresh.Append(WholeWorkspace) : _fresh;

    /// <summary>Judges what a query requires.</summary>
    public static Coverage Of(RequiredData requires, WorkspaceHealth health)
    {
        var blocking = requires.All.Select(table => Blocks(table, requires, health)).OfType<DataTrouble>().ToArray();
        if (blocking.Length > 0) return new Coverage(byCluster: true, [], blocking);
        if (requires.Freshness is not { } limit || requires.Tables.Count == 0) return new Coverage(byCluster: false, [], []);

        var troubles = health.Clusters
            .SelectMany(cluster => requires.Tables.Select(table => Judge(table, cluster, limit, health)).OfType<DataTrouble>().OrderBy(t => t.Kind))
            .ToArray();
        var troubled = troubles.Select(trouble => trouble.Cluster!).ToHashSet(StringComparer.Ordinal);
        return new Coverage(byCluster: true, health.Clusters.Where(cluster => !troubled.Contains(cluster)), troubles);
    }

    /// <summary>Which of <see cref="Scopes"/> decides about a finding.</summary>
    public string Scope(FindingKey key) => _byCluster ? key.Cluster ?? WholeWorkspace : WholeWorkspace;

    /// <summary>Why nothing can be said about a cluster, or without one about what spans clusters; null when something can.</summary>
    public string? Doubt(string? cluster)
    {
        if (Blocking is { } blocking) return blocking.Reason;
        if (!_byCluster) return null;
        if (cluster is null) return Troubles.Count == 0 ? null : Troubles[0].Reason;
        if (_fresh.Contains(cluster)) return null;
        return Troubles.FirstOrDefault(trouble => trouble.Cluster == cluster)?.Reason ?? $"{DataTroubles.ShortName(cluster)} wrote no rows at all.";
    }

    /// <summary>What is wrong with a cluster's rows in a table that is there, for a query that allows them a certain age; null when nothing is.</summary>
    public static DataTrouble? Judge(string table, string cluster, TimeSpan limit, WorkspaceHealth health)
    {
        var freshness = ((TableHealth.Known)health.Tables[table]).Clusters.FirstOrDefault(row => row.Cluster == cluster);
        var name = DataTroubles.ShortName(cluster);
        if (freshness is null)
            return new DataTrouble(DataTroubleKind.TableMissing, cluster, table, $"{name} has written no row into {table} of late, though it writes other tables.");
        var allowed = freshness.Interval * 3 is { } slow && slow > limit ? slow : limit;
        var age = health.At - freshness.Newest;
        if (age <= allowed) return null;
        var newest = freshness.Newest.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new DataTrouble(
            DataTroubleKind.TableStale, cluster, table, $"The newest row of {name} in {table} is of {newest}, {Minutes(age)} old; the limit is {Minutes(allowed)}.");
    }

    private static DataTrouble? Blocks(string table, RequiredData requires, WorkspaceHealth health) => health.Tables[table] switch
    {
        TableHealth.Missing => new(DataTroubleKind.TableMissing, null, table, $"The workspace does not have the table {table}. {TableWriter.Advice(table)}"),
        TableHealth.Unknown unknown => new(DataTroubleKind.NotMeasured, null, table, $"The freshness of {table} could not be measured. {unknown.Reason}"),
        TableHealth.Known { Clusters.Count: 0 } when requires.Freshness is not null && !requires.Sparse.Contains(table) =>
            new(DataTroubleKind.TableMissing, null, table, $"No cluster has written a row into {table} of late. {TableWriter.Advice(table)}"),
        _ => null,
    };

    private static string Minutes(TimeSpan length) => $"{(long)Math.Ceiling(length.TotalMinutes)} minutes";
}
