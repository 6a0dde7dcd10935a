using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>rows_near: the rows for which a condition is true, and some rows before and after each.</summary>
internal sealed class RowsNearTransform(long before, long after) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var hits = ((Column<bool>)reads[0]).Read();
        var kept = new List<int>();
        var next = 0L;
        for (var row = 0; row < rowCount; row++)
        {
            if (hits.IsNull(row) || !hits[row]) continue;
            var last = Math.Min(rowCount - 1L, row + Math.Max(0, after));
            for (next = Math.Max(next, row - Math.Max(0, before)); next <= last; next++) kept.Add((int)next);
        }

        return new TransformResult(kept.Count, [.. kept], new Dictionary<ColumnVariable, Column>());
    }
}
