using AksInsights.Core.Findings;

namespace AksInsights.Core.Evaluation;

/// <summary>Why nothing can be said, about one cluster or the whole workspace.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Cluster">The cluster; null when it is the whole workspace.</param>
/// <param name="Table">The table that is missing or stale; null when it is none, or all of a cluster.</param>
/// <param name="Reason">A full sentence.</param>
internal sealed record DataTrouble(DataTroubleKind Kind, string? Cluster, string? Table, string Reason);

/// <summary>
/// What can be wrong with data or query; each is a data-health finding of its own name. The first three belong to one query and are told by its evaluation;
/// the others concern every query that reads the table, and are told once, by <see cref="CollectionDecision"/>.
/// </summary>
internal enum DataTroubleKind
{
    /// <summary>The query gave no answer, or one that cannot be read.</summary>
    QueryFailed,

    /// <summary>The query gave some of its answer.</summary>
    PartialResult,

    /// <summary>The query found more than it allows itself.</summary>
    TooManyFindings,

    /// <summary>The workspace does not say how fresh a table is.</summary>
    NotMeasured,

    /// <summary>A table is not there.</summary>
    TableMissing,

    /// <summary>A table has no new rows.</summary>
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
        new("data-health/not-measured"), new("data-health/table-missing"), new("data-health/table-stale"),
    ];

    /// <summary>The query id under which a kind is found.</summary>
    public static QueryId Id(DataTroubleKind kind) => Ids[(int)kind];

    /// <summary>Whether a trouble is that of one query rather than of the data that several read.</summary>
    public static bool IsOfQuery(DataTrouble trouble) => trouble.Kind < DataTroubleKind.NotMeasured;

    /// <summary>A trouble of one query, as its evaluation tells it.</summary>
    public static Observation Observe(DataTrouble trouble, QueryId query)
    {
        var key = new FindingKey([new KeyPart("check", query.Value)]);
        var severity = trouble.Kind == DataTroubleKind.QueryFailed ? Severity.Error : Severity.Warning;
        var what = trouble.Kind switch
        {
            DataTroubleKind.QueryFailed => "the query failed",
            DataTroubleKind.PartialResult => "the result is incomplete",
            _ => "it found more than it may",
        };
        return Observe(trouble.Kind, key, severity, new FindingContent($"`{query}` has no verdict: {what}", trouble.Reason, [], []));
    }

    /// <summary>Data that is not there, told once for all the queries that miss it.</summary>
    public static Observation Observe(CollectionTrouble trouble)
    {
        var key = new FindingKey([new KeyPart(FindingKey.ClusterColumn, trouble.Cluster), new KeyPart("table", trouble.Table)]);
        // The check `cluster-silent` tells of a silent cluster as what it is; this finding only adds which checks are blind meanwhile. And what the agent
        // does not write, many do not want.
        var severity = trouble switch
        {
            { Kind: DataTroubleKind.NotMeasured } => Severity.Error,
            { Kind: DataTroubleKind.TableStale, Table: null } => Severity.Info,
            { Kind: DataTroubleKind.TableMissing } when !TableWriter.IsAgent(trouble.Table) => Severity.Info,
            _ => Severity.Warning,
        };
        var checks = new EvidenceItem("checks", CellText.Json(string.Join(", ", trouble.Blind.Select(query => query.Value))));
        var table = new EvidenceItem("table", CellText.Json(trouble.Table));
        var measure = new Measure("blindChecks", trouble.Blind.Count, "count");
        return Observe(trouble.Kind, key, severity, new FindingContent(trouble.Title, trouble.Reason, [measure], [table, checks]));
    }

    /// <summary>The last part of a cluster's resource id.</summary>
    public static string ShortName(string cluster) => cluster[(cluster.LastIndexOf('/') + 1)..];

    private static Observation Observe(DataTroubleKind kind, FindingKey key, Severity severity, FindingContent content) =>
        new(Fingerprint.Of(Id(kind), KeyVersion, key), key, severity, content);
}
