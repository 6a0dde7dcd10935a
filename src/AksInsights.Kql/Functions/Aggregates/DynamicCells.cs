using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Cells of any column as what a dynamic value may hold (see <see cref="DynamicValue"/>).</summary>
internal static class DynamicCells
{
    /// <summary>A function from row to value; null for a null cell.</summary>
    public static Func<int, object?> Of(Column column)
    {
        switch (column)
        {
            case Column<object> values:
                var dynamics = values.Read();
                return row => dynamics[row];
            case Column<string> values:
                var texts = values.Read();
                return row => texts[row];
            case Column<long> values:
                var wholes = values.Read();
                var type = column.Type;
                return row => wholes.IsNull(row) ? null : FromWhole(type, wholes[row]);
            default:
                return column.Box;
        }
    }

    /// <summary>A value held as 64-bit whole number, as dynamic.</summary>
    public static object FromWhole(KqlType type, long value) => type switch
    {
        KqlType.DateTime => new DateTime(value, DateTimeKind.Utc),
        KqlType.TimeSpan => new TimeSpan(value),
        KqlType.Int or KqlType.Long => value,
        _ => throw new UnreachableException($"{type} is not held as a whole number"),
    };
}
