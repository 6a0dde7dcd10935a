using AksInsights.Core.Findings;

namespace AksInsights.Core.Evaluation;

/// <summary>Why nothing can be said, about one cluster or the whole workspace.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Cluster">The cluster; null when it is the whole workspace.</param>
/// <param name="Table">The table that is missing or stale; null when it is none.</param>
/// <param name="Reason">A full sentence.</param>
internal sealed record DataTrouble(DataTroubleKind Kind, string? Cluster, string? Table, string Reason);

/// <summary>What can be wrong with data or query; each is a data-health finding of its own name.</summary>
internal enum DataTroubleKind
{
    /// <summary>The query gave no answer, or one that cannot be read.</summary>
    QueryFailed,

    /// <summary>The query gave some of its answer.</summary>
    PartialResult,

    /// <summary>The query found more than it allows itself.</summary>
    TooManyFindings,

    /// <summary>A table it needs is not there.</summary>
    TableMissing,

    /// <summary>A table it needs has no new rows.</summary>
    TableStale,
}

/// <summary>Troubles as findings of the area <see cref="QueryId.DataHealthArea"/>.</summary>
internal static class DataTroubles
{
    private const int KeyVersion = 1;

    /// <summary>Data-health findings open at once and end at the first evaluation that goes well.</summary>
    public static readonly LifecyclePolicy Policy = new(TimeSpan.Zero, TimeSpan.Zero, int.MaxValue);

    private static readonly QueryId[] Ids =
    [
        new("data-health/query-failed"), new("data-health/partial-result"), new("data-health/too-many-findings"),
        new("data-health/table-missing"), new("data-health/table-stale"),
    ];

    /// <summary>The query id under which a kind is found.</summary>
    public static QueryId Id(DataTroubleKind kind) => Ids[(int)kind];

    /// <summary>Whether a query id is one of these.</summary>
    public static bool IsOne(QueryId id) => Array.IndexOf(Ids, id) >= 0;

    /// <summary>The trouble as seen by an evaluation of a query.</summary>
    public static Observation Observe(DataTrouble trouble, QueryId query)
    {
        var key = new FindingKey([new KeyPart("check", query.Value), new KeyPart(FindingKey.ClusterColumn, trouble.Cluster)]);
        var severity = trouble.Kind == DataTroubleKind.QueryFailed ? Severity.Error : Severity.Warning;
        var where = trouble.Cluster is null ? "" : $" for {ShortName(trouble.Cluster)}";
        var evidence = trouble.Table is null ? [] : new[] { new EvidenceItem("table", CellText.Json(trouble.Table)) };
        var content = new FindingContent($"`{query}` has no verdict{where}: {What(trouble)}", trouble.Reason, [], evidence);
        return new Observation(Fingerprint.Of(Id(trouble.Kind), KeyVersion, key), key, severity, content);
    }

    /// <summary>The last part of a cluster's resource id.</summary>
    public static string ShortName(string cluster) => cluster[(cluster.LastIndexOf('/') + 1)..];

    private static string What(DataTrouble trouble) => trouble.Kind switch
    {
        DataTroubleKind.QueryFailed => "the query failed",
        DataTroubleKind.PartialResult => "the result is incomplete",
        DataTroubleKind.TooManyFindings => "it found more than it may",
        DataTroubleKind.TableMissing => $"{trouble.Table} is not collected",
        _ => $"{trouble.Table} has no new rows",
    };
}
