using System.Data.Common;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Lists of findings, worst first, read severity by severity: for each, one index has the order of the list, whatever it is narrowed to.</summary>
internal static class FindingLists
{
    private static readonly Severity[] WorstFirst = [.. Enum.GetValues<Severity>().OrderDescending()];

    /// <summary>The findings that match, up to the limit, behind the place that the filter names.</summary>
    public static async Task<IReadOnlyList<Finding>> ListAsync(DbTransaction transaction, FindingFilter filter)
    {
        var sql = new FilterSql(filter);
        var found = new List<Finding>();
        foreach (var severity in WorstFirst.Where(s => !(s < filter.MinSeverity) && !(s > filter.After?.Severity)))
        {
            if (found.Count >= filter.Limit) break;
            var behind = severity == filter.After?.Severity ? sql.Behind : "";
            var limit = filter.Limit is null ? "" : " LIMIT @limit";
            var text = $"{FindingSql.Select}{sql.Where} AND f.severity = @severity{behind} ORDER BY {sql.Order}{limit}";
            var rows = await FindingRowReader.ReadAsync(transaction.Connection!, text, sql.Of(severity, filter.Limit - found.Count), transaction).ConfigureAwait(false);
            found.AddRange(rows.Select(row => row.ToFinding()));
        }

        return found;
    }

    /// <summary>How many findings match, by severity.</summary>
    public static async Task<IReadOnlyDictionary<Severity, long>> CountAsync(DbConnection connection, FindingFilter filter)
    {
        var sql = new FilterSql(filter);
        sql.Values.Add("severity", (long)(filter.MinSeverity ?? Severity.Info));
        // Numbers are kept of what is open, but not by namespace: of those there are fewer to count.
        var text = sql.CountsWhere is { } kept
            ? $"SELECT f.severity AS Severity, CAST(sum(f.present) AS BIGINT) AS Number FROM finding_counts f {kept} AND f.severity >= @severity GROUP BY f.severity HAVING sum(f.present) > 0"
            : $"SELECT f.severity AS Severity, count(*) AS Number FROM findings f {sql.Where} AND f.severity >= @severity GROUP BY f.severity";
        var rows = await connection.QueryAsync<(long Severity, long Number)>(text, sql.Values).ConfigureAwait(false);
        return rows.ToDictionary(row => (Severity)row.Severity, row => row.Number);
    }
}
