using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Service.Serving;

/// <summary>Which rows a request may see.</summary>
internal sealed record RowScope
{
    /// <summary>The times of <c>TimeGenerated</c>; null for all. Tables without that column are not limited.</summary>
    public TimeRange? Times { get; init; }

    /// <summary>The resource that <c>_ResourceId</c> is or lies under; null for all. Letter case does not matter.</summary>
    public string? Resource { get; init; }

    /// <summary>The values of <c>subscriptionId</c>; null for all. Letter case does not matter.</summary>
    public IReadOnlyCollection<string>? Subscriptions { get; init; }

    /// <summary>The tables as a request sees them.</summary>
    public ITableProvider Over(ITableProvider tables) => this == new RowScope() ? tables : new Limited(tables, this);

    private bool IsUnder(string id) =>
        id.StartsWith(Resource!, StringComparison.OrdinalIgnoreCase) && (id.Length == Resource!.Length || id[Resource.Length] == '/');

    private sealed class Limited(ITableProvider all, RowScope scope) : ITableProvider
    {
        public IReadOnlyList<TableSymbol> Tables => all.Tables;

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
        {
            var conditions = Conditions().Where(c => table.Columns.Any(column => column.Name == c.Column)).ToList();
            var rows = all.Load(table, [.. columns.Union(conditions.Select(c => c.Column))], cancellation);
            foreach (var (column, condition) in conditions)
            {
                cancellation.ThrowIfCancellationRequested();
                if (condition(rows.Columns[column]) is { } visible) rows = Choose(rows, columns, visible);
            }

            return rows;
        }

        /// <summary>The columns looked at, each with what makes a test of rows of it; null when it does not limit such a column.</summary>
        private IEnumerable<(string Column, Func<Column, Func<int, bool>?> Condition)> Conditions()
        {
            if (scope.Times is { } times) yield return ("TimeGenerated", column => Within(column, times));
            if (scope.Resource is not null) yield return ("_ResourceId", column => OfText(column, scope.IsUnder));
            if (scope.Subscriptions is { } subscriptions) yield return ("subscriptionId", column => OfText(column, id => subscriptions.Contains(id, StringComparer.OrdinalIgnoreCase)));
        }

        private static Func<int, bool>? Within(Column column, TimeRange times)
        {
            if (column is not Column<long> { Type: KqlType.DateTime } ticks) return null;
            var reader = ticks.Read();
            var (start, end) = (times.Start.Ticks, times.End.Ticks);
            return row => !reader.IsNull(row) && reader[row] >= start && reader[row] <= end;
        }

        private static Func<int, bool>? OfText(Column column, Func<string, bool> test)
        {
            switch (column)
            {
                case CodedColumn<string> coded:
                    // A text is held once for each distinct value, so it is tested once.
                    var passed = coded.Pool.Values.Take(coded.Pool.Count).Select(value => test(value ?? "")).ToArray();
                    return row => passed[coded.Codes[row]];
                case Column<string> text:
                    var reader = text.Read();
                    return row => test(reader[row]);
                default:
                    return null;
            }
        }

        private static TableRows Choose(TableRows rows, IReadOnlyCollection<string> columns, Func<int, bool> visible)
        {
            var chosen = Enumerable.Range(0, rows.RowCount).Where(visible).ToArray();
            if (chosen.Length == rows.RowCount) return rows;
            var isRun = chosen.Length == 0 || chosen[^1] - chosen[0] == chosen.Length - 1;
            var first = chosen.Length == 0 ? 0 : chosen[0];
            return new TableRows(chosen.Length, rows.Columns.Where(c => columns.Contains(c.Key) || IsConditional(c.Key)).ToDictionary(
                c => c.Key, c => isRun ? c.Value.Slice(first, chosen.Length) : c.Value.Gather(chosen), StringComparer.Ordinal));
        }

        private static bool IsConditional(string column) => column is "TimeGenerated" or "_ResourceId" or "subscriptionId";
    }
}
