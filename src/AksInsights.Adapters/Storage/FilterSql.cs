using System.Text;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>A filter as SQL; every value is a parameter.</summary>
internal static class FilterSql
{
    /// <summary>The <c>WHERE</c> clause on <c>f</c> (findings) and <c>w</c> (workspaces), and the values of its parameters.</summary>
    public static (string Where, DynamicParameters Values) Where(FindingFilter filter)
    {
        var where = new StringBuilder("WHERE 1 = 1 ");
        var values = new DynamicParameters();
        Restrict("workspace", "w.name = @workspace", filter.Workspace?.Value);
        Restrict("query", "f.query_id = @query", filter.Query?.Value);
        Restrict("severity", "f.severity >= @severity", (long?)filter.MinSeverity);
        Restrict("cluster", "f.cluster = @cluster", filter.Cluster);
        if (filter.Conditions is { } conditions) where.Append("AND ").Append(In(conditions)).Append(' ');
        if (filter.Limit is { } limit) values.Add("limit", limit);
        return (where.ToString(), values);

        void Restrict(string name, string sql, object? value)
        {
            if (value is null) return;
            where.Append("AND ").Append(sql).Append(' ');
            values.Add(name, value);
        }
    }

    /// <summary>A list of conditions, whose names are ours and need no parameters; that of the present ones is worded as the indexes over them.</summary>
    private static string In(IReadOnlyCollection<Condition> conditions)
    {
        if (conditions.Count == 2 && conditions.Contains(Condition.Open) && conditions.Contains(Condition.Clearing)) return FindingSql.Present;
        return conditions.Count == 0 ? "1 = 0" : $"f.condition IN ({string.Join(", ", conditions.Select(c => $"'{StoredNames<Condition>.Format(c)}'"))})";
    }
}
