using System.Diagnostics;
using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Cells of any summable type as reals; lengths and points of time as ticks.</summary>
internal static class RealCells
{
    /// <summary>The values of a column; where it is null the value means nothing.</summary>
    /// <param name="column">A column of a number, date-time or timespan.</param>
    /// <param name="buffer">Room that is used, and grown, if the values have to be converted.</param>
    public static ReadOnlySpan<double> Of(Column column, ref double[] buffer)
    {
        if (column is Column<double> reals) return reals.Flatten();
        if (buffer.Length < column.Length) buffer = new double[column.Length];
        var values = buffer.AsSpan(0, column.Length);
        switch (column)
        {
            case Column<long> { } whole:
                var numbers = whole.Flatten();
                for (var i = 0; i < values.Length; i++) values[i] = numbers[i];
                break;
            case Column<decimal> exact:
                var decimals = exact.Flatten();
                for (var i = 0; i < values.Length; i++) values[i] = (double)decimals[i];
                break;
            default:
                throw new UnreachableException($"No reals of {column.Type}");
        }

        return values;
    }

    /// <summary>Which rows are null; empty when none is. For the types that <see cref="Of"/> takes.</summary>
    public static ReadOnlySpan<bool> NullsOf(Column column) => column switch
    {
        Column<double> reals => reals.FlattenNulls(),
        Column<long> whole => whole.FlattenNulls(),
        Column<decimal> exact => exact.FlattenNulls(),
        _ => throw new UnreachableException($"No reals of {column.Type}"),
    };
}
