using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Windows;

/// <summary>Ranks of rows in a sorted row set.</summary>
internal static class RowRanks
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("row_rank_dense", FunctionKind.Window, "The number of different values up to this row, from 1: it grows by one whenever the value changes.", "row_rank_dense(Departures)", "row-rank-dense-function")
        {
            Aliases = ["row_rank"],
            Signatures = [Form(isDense: true)],
        },
        new("row_rank_min", FunctionKind.Window, "The number of the first row of the run of equal values that this row belongs to, from 1.", "row_rank_min(Departures)", "row-rank-min-function")
        {
            Signatures = [Form(isDense: false)],
        },
    ];

    private static Signature Form(bool isDense) => new([new Parameter("term", TypeSet.NotDynamic), Parameter.Bool("restart").Optional()], KqlType.Long)
    {
        Kernel = _ => new Rank(isDense),
    };

    private sealed class Rank(bool isDense) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var restarts = arguments.Length > 1 ? ((Column<bool>)arguments[1]).Flatten() : [];
            var changes = arguments[0] switch
            {
                Column<long> terms => Changes(terms),
                Column<double> terms => Changes(terms),
                Column<string> terms => Changes(terms),
                Column<bool> terms => Changes(terms),
                Column<decimal> terms => Changes(terms),
                Column<Guid> terms => Changes(terms),
                var other => throw new UnreachableException($"row_rank of {other.Type}"),
            };
            var ranks = new long[length];
            var (rank, number) = (0L, 0L);
            for (var row = 0; row < length; row++)
            {
                if (!restarts.IsEmpty && restarts[row]) (rank, number) = (0, 0);
                number++;
                if (number == 1 || changes[row]) rank = isDense ? rank + 1 : number;
                ranks[row] = rank;
            }

            return new FlatColumn<long>(KqlType.Long, ranks);
        }

        // Whether each row's value is another than that of the row before; nulls are one value.
        private static bool[] Changes<T>(Column<T> terms)
        {
            var values = terms.Read();
            var changes = new bool[terms.Length];
            for (var row = 1; row < changes.Length; row++)
            {
                var isNull = values.IsNull(row);
                changes[row] = isNull != values.IsNull(row - 1) || (!isNull && !EqualityComparer<T>.Default.Equals(values[row], values[row - 1]));
            }

            return changes;
        }
    }
}
