using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Windows;

/// <summary>The position of a row.</summary>
internal static class RowNumbers
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("row_number", FunctionKind.Window, "The number of the row, from 1 or another start, counting anew where a condition is true.", "row_number(1, Namespace != prev(Namespace))", "row-number-function")
        {
            Signatures =
            [
                new([new Parameter("startingIndex", TypeSet.Integer, KqlType.Long).Optional(), Parameter.Bool("restart").Optional()], KqlType.Long)
                {
                    Kernel = _ => new RowNumber(),
                },
            ],
        },
    ];

    private sealed class RowNumber : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var numbers = new long[length];
            var starts = arguments.Length > 0 ? ((Column<long>)arguments[0]).Flatten() : [];
            var restarts = arguments.Length > 1 ? ((Column<bool>)arguments[1]).Flatten() : [];
            var number = 0L;
            for (var row = 0; row < length; row++)
            {
                var begins = row == 0 || (!restarts.IsEmpty && restarts[row]);
                number = begins ? (starts.IsEmpty ? 1 : starts[row]) : number + 1;
                numbers[row] = number;
            }

            return new FlatColumn<long>(KqlType.Long, numbers);
        }
    }
}
