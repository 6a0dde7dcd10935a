using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>A filter as SQL; every value that a person can give is a parameter.</summary>
internal sealed class FilterSql
{
    private readonly FindingFilter _filter;
    private readonly List<string> _where = ["1 = 1"];

    /// <summary>Reads a filter.</summary>
    public FilterSql(FindingFilter filter)
    {
        _filter = filter;
        if (filter.Conditions is { } conditions) _where.Add(In(conditions));
        Restrict("f.workspace_id = (SELECT id FROM workspaces WHERE name = @workspace)", "workspace", filter.Workspace?.Value);
        Restrict("f.query_id = @query", "query", filter.Query?.Value);
        Restrict("f.query_id >= @areaFrom", "areaFrom", filter.Area is { } area ? area + "/" : null);
        // A zero comes right behind the slash.
        Restrict("f.query_id < @areaTo", "areaTo", filter.Area is { } same ? same + "0" : null);
        Restrict("f.cluster = @cluster", "cluster", filter.Cluster);
        Restrict("f.namespace = @namespace", "namespace", filter.Namespace);
        Restrict("f.id >= @idFrom", "idFrom", filter.IdPrefix);
        // Ids are hexadecimal digits, and `g` comes behind them all.
        Restrict("f.id < @idTo", "idTo", filter.IdPrefix is { } prefix ? prefix + "g" : null);
        Restrict("f.severity <= @maxSeverity", "maxSeverity", (long?)filter.MaxSeverity);
        Restrict("f.workflow = @workflow", "workflow", filter.Workflow is { } said ? StoredNames<WorkflowKind>.Format(said) : null);
        foreach (var (i, word) in (filter.Words ?? []).Index())
            Restrict($"lower(f.title || ' ' || coalesce(f.message, '') || ' ' || f.key_json) LIKE @word{i} ESCAPE '!'", $"word{i}", Pattern(word));
    }

    /// <summary>The values of the parameters.</summary>
    public DynamicParameters Values { get; } = new();

    /// <summary>What must hold of <c>f</c> (findings), apart from severity and place.</summary>
    public string Where => $"WHERE {string.Join(" AND ", _where)}";

    /// <summary>What must hold of <c>f</c> (finding_counts), apart from severity; null when numbers of what the filter names are not kept.</summary>
    public string? CountsWhere => _filter is { Namespace: null, IdPrefix: null, Workflow: null, Words: null or { Count: 0 } } && _where.Contains(FindingSql.Present)
        ? $"WHERE {string.Join(" AND ", _where.Where(condition => condition != FindingSql.Present))}"
        : null;

    /// <summary>What comes behind the place that the filter names, among findings of its severity; empty when it names none.</summary>
    public string Behind => _filter.After is null ? "" : $" AND ({Order}) > ({string.Join(", ", Places.Select(place => place.Value))})";

    /// <summary>The order of findings of one severity. What the filter fixes is left out, so that the indexes that begin with it are seen to fit.</summary>
    public string Order => string.Join(", ", Places.Select(place => place.Column));

    private IEnumerable<(string Column, string Value)> Places
    {
        get
        {
            if (_filter.Query is null) yield return ("f.query_id", "@afterQuery");
            if (_filter.Cluster is null) yield return ("f.cluster", "@afterCluster");
            yield return ("f.id", "@afterId");
        }
    }

    /// <summary>The order of the whole list.</summary>
    public string WholeOrder => _filter.Order switch
    {
        FindingOrder.NewestFirst => "f.episode_since DESC, f.severity DESC, f.id",
        FindingOrder.OldestFirst => "f.episode_since, f.severity DESC, f.id",
        _ => "f.severity DESC, f.query_id, f.cluster, f.id",
    };

    /// <summary>The values of the parameters for one severity.</summary>
    public DynamicParameters Of(Severity severity, int? limit)
    {
        Values.Add("severity", (long)severity);
        Values.Add("limit", (long?)limit);
        if (_filter.After is { } place)
        {
            Values.Add("afterQuery", place.Query.Value);
            Values.Add("afterCluster", place.Cluster);
            Values.Add("afterId", place.Id.Value);
        }

        return Values;
    }

    /// <summary>A list of conditions, whose names are ours and need no parameters; that of the present ones is worded as the indexes over them.</summary>
    private static string In(IReadOnlyCollection<Condition> conditions)
    {
        if (conditions.Count == 2 && conditions.Contains(Condition.Open) && conditions.Contains(Condition.Clearing)) return FindingSql.Present;
        return conditions.Count == 0 ? "1 = 0" : $"f.condition IN ({string.Join(", ", conditions.Select(c => $"'{StoredNames<Condition>.Format(c)}'"))})";
    }

    // What LIKE takes for a sign of its own stands for itself here.
    private static string Pattern(string word) =>
        $"%{word.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private void Restrict<T>(string sql, string name, T? value)
    {
        if (value is null) return;
        _where.Add(sql);
        Values.Add(name, value);
    }
}
