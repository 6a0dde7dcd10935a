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
        Restrict("conditions", "f.condition IN @conditions", filter.Conditions?.Select(StoredNames<Condition>.Format).ToArray());
        if (filter.Limit is { } limit) values.Add("limit", limit);
        return (where.ToString(), values);

        void Restrict(string name, string sql, object? value)
        {
            if (value is null) return;
            where.Append("AND ").Append(sql).Append(' ');
            values.Add(name, value);
        }
    }
}
