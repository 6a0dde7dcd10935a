using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Windows;

/// <summary>Values of rows before and after the current one.</summary>
internal static class Neighbors
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("prev", FunctionKind.Window, "The value of a column some rows before (1 unless said otherwise), or a default where there is no such row.", "prev(TimeGenerated)", "prev-function")
        {
            Signatures = [.. Enum.GetValues<KqlType>().Where(type => type != KqlType.Error).Select(type => Form(type, -1))],
        },
        new("next", FunctionKind.Window, "The value of a column some rows after (1 unless said otherwise), or a default where there is no such row.", "next(TimeGenerated)", "next-function")
        {
            Signatures = [.. Enum.GetValues<KqlType>().Where(type => type != KqlType.Error).Select(type => Form(type, 1))],
        },
    ];

    // One form for each type, so that the default is converted to the type of the column.
    private static Signature Form(KqlType type, int direction)
    {
        var set = (TypeSet)(1 << (int)type);
        var accepted = type.IsNumeric() ? TypeSet.Number : type == KqlType.Dynamic ? TypeSet.Any : set;
        var parameters = new[] { new Parameter("column", set), Parameter.Long("offset").Optional(), new Parameter("default", accepted, type).Optional() };
        return new Signature(parameters, type) { Kernel = _ => new Shift(direction) };
    }

    /// <summary>Shifts a column by a number of rows, the same or another one for each row.</summary>
    private sealed class Shift(int direction) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var rows = arguments.Length > 1 ? Sources((Column<long>)arguments[1], length) : Sources(1, length);
            var shifted = arguments[0].Gather(rows);
            return arguments.Length > 2 ? Fill(shifted, rows, arguments[2]) : shifted;
        }

        private int[] Sources(long offset, int length)
        {
            var rows = new int[length];
            for (var row = 0; row < length; row++) rows[row] = Source(row, offset, length);
            return rows;
        }

        private int[] Sources(Column<long> offsets, int length)
        {
            var rows = new int[length];
            var offset = offsets.Read();
            for (var row = 0; row < length; row++) rows[row] = offset.IsNull(row) ? -1 : Source(row, offset[row], length);
            return rows;
        }

        // An offset beyond the row count cannot reach a row; checking it first keeps the sum from overflowing.
        private int Source(int row, long offset, int length)
        {
            if (offset > length || offset < -length) return -1;
            var source = row + (direction * offset);
            return source >= 0 && source < length ? (int)source : -1;
        }

        private static Column Fill(Column shifted, int[] rows, Column defaults) => shifted switch
        {
            Column<long> column => Fill(column, rows, (Column<long>)defaults),
            Column<double> column => Fill(column, rows, (Column<double>)defaults),
            Column<string> column => Fill(column, rows, (Column<string>)defaults),
            Column<bool> column => Fill(column, rows, (Column<bool>)defaults),
            Column<object> column => Fill(column, rows, (Column<object>)defaults),
            Column<decimal> column => Fill(column, rows, (Column<decimal>)defaults),
            Column<Guid> column => Fill(column, rows, (Column<Guid>)defaults),
            _ => throw new UnreachableException($"Column of {shifted.Type}"),
        };

        private static Column Fill<T>(Column<T> shifted, int[] rows, Column<T> defaults)
        {
            var values = shifted.Read();
            var fallback = defaults.Read();
            var result = new ColumnBuilder<T>(shifted.Type, rows.Length);
            for (var row = 0; row < rows.Length; row++)
            {
                var source = rows[row] < 0 ? fallback : values;
                if (source.IsNull(row)) result.AddNull();
                else result.Add(source[row]);
            }

            return result.Build();
        }
    }
}
