using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>The statements of lists of events and evaluations; every value that a person can give is a parameter.</summary>
internal static class HistorySql
{
    private const string RunColumns =
        "SELECT w.name AS WorkspaceName, e.query_id AS QueryId, e.window_end AS WindowEnd, e.window_start AS WindowStart, e.revision AS Revision, e.outcome AS Outcome, "
        + "e.reason AS Reason, e.row_count AS RowCount, e.event_count AS EventCount, e.ran_at AS RanAt, e.took AS Took ";

    /// <summary>Events, newest first.</summary>
    public static (string Sql, DynamicParameters Values) Events(EventFilter filter)
    {
        var findings = new FilterSql(filter.Findings with { Conditions = null });
        var values = findings.Values;
        var where = new List<string>();
        if (filter.Kinds is { } kinds) where.Add(In("e.kind", kinds));
        Restrict(where, values, "e.severity >= @minSeverity", "minSeverity", (long?)filter.MinSeverity);
        Restrict(where, values, "e.at >= @from", "from", StoredTime.From(filter.From));
        Restrict(where, values, "e.at <= @to", "to", StoredTime.From(filter.To));
        if (filter.After is { } place)
        {
            // The first half says to an index where to begin.
            where.Add("e.at <= @placeAt AND (e.at, e.seq) < (@placeAt, @placeSeq)");
            values.Add("placeAt", StoredTime.From(place.At));
            values.Add("placeSeq", place.Sequence);
        }

        values.Add("limit", (long)filter.Limit);
        var sql = "SELECT e.seq AS Seq, e.finding_id AS FindingId, e.at AS At, e.kind AS Kind, e.episode AS Episode, e.severity AS Severity, e.condition AS Condition, e.tell AS Tell, "
            + "e.detail AS Detail, w.name AS WorkspaceName, f.query_id AS QueryId, f.cluster AS Cluster, f.namespace AS Namespace, f.title AS Title "
            + "FROM finding_events e JOIN findings f ON f.id = e.finding_id JOIN workspaces w ON w.id = f.workspace_id "
            + $"{findings.Where}{And(where)} ORDER BY e.at DESC, e.seq DESC LIMIT @limit";
        return (sql, values);
    }

    /// <summary>Evaluations, the one that began last first.</summary>
    public static (string Sql, DynamicParameters Values) Runs(RunFilter filter)
    {
        var values = new DynamicParameters();
        var where = new List<string>();
        Restrict(where, values, "w.name = @workspace", "workspace", filter.Workspace?.Value);
        Restrict(where, values, "e.query_id = @query", "query", filter.Query?.Value);
        if (filter.Outcomes is { } outcomes) where.Add(In("e.outcome", outcomes));
        Restrict(where, values, "e.ran_at >= @from", "from", StoredTime.From(filter.From));
        Restrict(where, values, "e.ran_at <= @to", "to", StoredTime.From(filter.To));
        if (filter.After is { } place)
        {
            where.Add("e.ran_at <= @placeRan AND (e.ran_at, e.window_end, e.query_id, w.name) < (@placeRan, @placeEnd, @placeQuery, @placeWorkspace)");
            values.Add("placeRan", StoredTime.From(place.RanAt));
            values.Add("placeEnd", StoredTime.From(place.Id.End));
            values.Add("placeQuery", place.Id.Query.Value);
            values.Add("placeWorkspace", place.Id.Workspace.Value);
        }

        values.Add("limit", (long)filter.Limit);
        return ($"{RunColumns}FROM evaluations e JOIN workspaces w ON w.id = e.workspace_id WHERE 1 = 1{And(where)} "
            + "ORDER BY e.ran_at DESC, e.window_end DESC, e.query_id DESC, w.name DESC LIMIT @limit", values);
    }

    /// <summary>The newest evaluation of each query in each workspace: a look-up for each of them, whatever the store remembers.</summary>
    public static (string Sql, DynamicParameters Values) LatestRuns(IReadOnlyCollection<QueryId> queries)
    {
        var values = new DynamicParameters();
        foreach (var (i, query) in queries.Index()) values.Add($"q{i}", query.Value);
        var names = string.Join(", ", queries.Select((_, i) => $"(CAST(@q{i} AS TEXT))"));
        return ($"WITH asked (id) AS (VALUES {names}) {RunColumns}FROM workspaces w CROSS JOIN asked a JOIN evaluations e ON e.workspace_id = w.id AND e.query_id = a.id "
            + "AND e.window_end = (SELECT max(n.window_end) FROM evaluations n WHERE n.workspace_id = w.id AND n.query_id = a.id) ORDER BY e.query_id, w.name", values);
    }

    private static string And(List<string> conditions) => string.Concat(conditions.Select(condition => " AND " + condition));

    /// <summary>One of some names of ours, which need no parameters.</summary>
    private static string In<T>(string column, IReadOnlyCollection<T> values)
        where T : struct, Enum =>
        values.Count == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", values.Select(value => $"'{StoredNames<T>.Format(value)}'"))})";

    private static void Restrict<T>(List<string> where, DynamicParameters values, string sql, string name, T? value)
    {
        if (value is null) return;
        where.Add(sql);
        values.Add(name, value);
    }
}
