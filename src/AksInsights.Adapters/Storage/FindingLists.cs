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
        if (filter.Order != FindingOrder.WorstFirst || filter.Skip > 0) return await ListWholeAsync(transaction, filter, sql).ConfigureAwait(false);
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

    /// <summary>Another order, or pages by number: all that match are sorted.</summary>
    private static async Task<IReadOnlyList<Finding>> ListWholeAsync(DbTransaction transaction, FindingFilter filter, FilterSql sql)
    {
        if (filter.After is not null) throw new ArgumentException("A list in this order has no places to go on from; skip instead.", nameof(filter));
        sql.Values.Add("severity", (long)(filter.MinSeverity ?? Severity.Info));
        sql.Values.Add("limit", filter.Limit ?? long.MaxValue);
        sql.Values.Add("skip", (long)filter.Skip);
        var text = $"{FindingSql.Select}{sql.Where} AND f.severity >= @severity ORDER BY {sql.WholeOrder} LIMIT @limit OFFSET @skip";
        var rows = await FindingRowReader.ReadAsync(transaction.Connection!, text, sql.Values, transaction).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToFinding())];
    }

    /// <summary>How many findings match, by severity.</summary>
    public static async Task<IReadOnlyDictionary<Severity, long>> CountAsync(DbConnection connection, FindingFilter filter)
    {
        var sql = new FilterSql(filter);
        // One by one, as severities come first in the indexes: a range of them would read all of an index.
        var severities = string.Join(", ", WorstFirst.Where(severity => !(severity < filter.MinSeverity)).Select(severity => (int)severity));
        // Numbers are kept of what is open, but not by namespace: of those there are fewer to count.
        var text = sql.CountsWhere is { } kept
            ? $"SELECT f.severity AS Severity, CAST(sum(f.present) AS BIGINT) AS Number FROM finding_counts f {kept} AND f.severity IN ({severities}) GROUP BY f.severity HAVING sum(f.present) > 0"
            : $"SELECT f.severity AS Severity, count(*) AS Number FROM findings f {sql.Where} AND f.severity IN ({severities}) GROUP BY f.severity";
        var rows = await connection.QueryAsync<(long Severity, long Number)>(text, sql.Values).ConfigureAwait(false);
        return rows.ToDictionary(row => (Severity)row.Severity, row => row.Number);
    }
}
