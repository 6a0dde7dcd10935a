using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>narrow: one row per cell, with the row's number, the column's name and the cell as text.</summary>
/// <remarks>Source: learn.microsoft.com/kusto/query/narrow-plugin. Cells are written as <c>tostring</c> writes them.</remarks>
internal sealed class NarrowTransform(IReadOnlyList<string> names, IReadOnlyList<ColumnVariable> output) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var count = (long)rowCount * reads.Length;
        if (count > int.MaxValue) throw KqlException.RowsExceeded(count, int.MaxValue);
        context.ReserveMemory(count * 24);
        var rows = new long[count];
        var columns = new string[count];
        var values = new string[count];
        var readers = Array.ConvertAll(reads, r => ((Column<string>)r).Read());
        for (var i = 0; i < count; i++)
        {
            var (row, column) = (i / reads.Length, i % reads.Length);
            rows[i] = row;
            columns[i] = names[column];
            values[i] = readers[column][row];
        }

        return new TransformResult((int)count, null, new Dictionary<ColumnVariable, Column>
        {
            [output[0]] = new FlatColumn<long>(KqlType.Long, rows),
            [output[1]] = new FlatColumn<string>(KqlType.String, columns),
            [output[2]] = new FlatColumn<string>(KqlType.String, values),
        });
    }
}
