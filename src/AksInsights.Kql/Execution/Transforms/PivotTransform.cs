using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>A value of the pivot column, and the column it becomes.</summary>
internal sealed record PivotColumn(string Value, ColumnVariable Column);

/// <summary>pivot: a row per combination of the kept columns, a column per value of the pivot column, aggregates in the cells.</summary>
/// <remarks>
/// Source: learn.microsoft.com/kusto/query/pivot-plugin. Reads the pivot column as text, the kept columns, the aggregate's arguments. A cell without rows
/// holds what the aggregate gives for no rows. Rows of a value that has no column count for nothing but their own row.
/// </remarks>
internal sealed class PivotTransform(IReadOnlyList<PivotColumn> turned, int kept, Func<Aggregator> create) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        if (rowCount == 0)
            return new TransformResult(0, [], turned.ToDictionary(t => t.Column, t => ColumnBuilder.Create(t.Column.Type).Build()));
        var keys = new GroupKeys(reads.Skip(1).Take(kept).Select(r => r.Type).ToArray());
        var groups = new int[rowCount];
        keys.Encode(reads[1..(kept + 1)], groups);
        var cells = (long)keys.Count * turned.Count;
        if (cells > int.MaxValue) throw KqlException.RowsExceeded(cells, int.MaxValue);
        context.ReserveMemory(cells * 16);
        context.Cancellation.ThrowIfCancellationRequested();
        var values = Aggregate(groups, reads, (int)cells);
        var computed = new Dictionary<ColumnVariable, Column>();
        for (var t = 0; t < turned.Count; t++)
        {
            var picked = new int[keys.Count];
            for (var group = 0; group < picked.Length; group++) picked[group] = (group * turned.Count) + t;
            computed[turned[t].Column] = values!.Gather(picked);
        }

        return new TransformResult(keys.Count, FirstRows(groups, keys.Count), computed);
    }

    private Column? Aggregate(int[] groups, Column[] reads, int cells)
    {
        if (turned.Count == 0) return null;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var t = 0; t < turned.Count; t++) places.TryAdd(turned[t].Value, t);
        var texts = ((Column<string>)reads[0]).Read();
        var rows = new List<int>();
        var cellOf = new List<int>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (!places.TryGetValue(texts[row], out var place)) continue;
            rows.Add(row);
            cellOf.Add((groups[row] * turned.Count) + place);
        }

        var state = create();
        state.Resize(cells);
        var chosen = rows.ToArray();
        if (chosen.Length > 0) state.Add(cellOf.ToArray(), reads[(kept + 1)..].Select(r => r.Gather(chosen)).ToArray());
        return state.Finish(cells);
    }

    private static int[] FirstRows(int[] groups, int count)
    {
        var first = new int[count];
        for (var row = groups.Length - 1; row >= 0; row--) first[groups[row]] = row;
        return first;
    }
}
