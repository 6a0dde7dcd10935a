using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The largest and smallest of several values.</summary>
internal static class Extremes
{
    private const TypeSet Orderable = TypeSet.NotDynamic & ~TypeSet.Guid;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Extreme("max_of", "largest", "max_of(10, 1, -3, 17)", 1),
        Extreme("min_of", "smallest", "min_of(10, 1, -3, 17)", -1),
        new("around", FunctionKind.Scalar, "Whether a value lies within a distance of a centre, ends included.",
            "around(datetime(2019-05-01), datetime(2019-05-02), 1d)", "around-function")
        {
            Signatures =
            [
                new([Near("value"), Near("center"), Near("delta")], KqlType.Bool) { Kernel = call => Around(call.Types[0]) },
                new([new("value", TypeSet.TimeSpan), new("center", TypeSet.TimeSpan), new("delta", TypeSet.TimeSpan)], KqlType.Bool)
                {
                    Kernel = call => Around(call.Types[0]),
                },
                new([new("value", TypeSet.DateTime), new("center", TypeSet.DateTime), new("delta", TypeSet.TimeSpan)], KqlType.Bool)
                {
                    Kernel = call => Around(call.Types[0]),
                },
            ],
        },
    ];

    private static Parameter Near(string name) => Parameter.Common(name, TypeSet.Number);

    private static FunctionEntry Extreme(string name, string word, string example, int sign) =>
        new(name, FunctionKind.Scalar, $"The {word} of several values; nulls are passed over, and the result is null when all are.", example,
            name.Replace('_', '-') + "-function")
        {
            Signatures =
            [
                new([Parameter.Common("arg", Orderable), Parameter.Common("args", Orderable)], call => call.Types[0])
                {
                    Repeats = true,
                    Kernel = call => Choose(call.Types[0], sign),
                },
            ],
        };

    private static ScalarKernel Choose(KqlType type, int sign) => type switch
    {
        KqlType.Bool => new ExtremeKernel<bool>(sign, Comparer<bool>.Default),
        KqlType.Real => new ExtremeKernel<double>(sign, Comparer<double>.Default),
        KqlType.Decimal => new ExtremeKernel<decimal>(sign, Comparer<decimal>.Default),
        KqlType.String => new ExtremeKernel<string>(sign, StringComparer.Ordinal),
        _ => new ExtremeKernel<long>(sign, Comparer<long>.Default),
    };

    private static ScalarKernel Around(KqlType type) => type switch
    {
        KqlType.Real => Map.Of<double, double, double, bool>((value, center, delta) => Math.Abs(value - center) <= delta),
        KqlType.Decimal => Map.Of<decimal, decimal, decimal, bool>((value, center, delta) => Math.Abs((value / 2) - (center / 2)) <= delta / 2),
        _ => Map.Of<long, long, long, bool>((value, center, delta) => Int128.Abs((Int128)value - center) <= delta),
    };

    private sealed class ExtremeKernel<T>(int sign, IComparer<T> order) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var readers = Array.ConvertAll(arguments, argument => ((Column<T>)argument).Read());
            var constant = arguments.All(Map.IsConstant);
            var result = new Map.Result<T>(site, constant ? 1 : length);
            for (var row = 0; row < (constant ? 1 : length); row++) result.Set(row, Best(readers, row));
            var column = result.Build(site.ResultType);
            return constant ? Constants.Create(site.ResultType, column.Box(0), length) : column;
        }

        private Maybe<T> Best(ColumnReader<T>[] readers, int row)
        {
            var best = Maybe<T>.Null;
            foreach (var reader in readers)
            {
                if (!reader.IsNull(row) && (!best.HasValue || order.Compare(reader[row], best.Value) * sign > 0)) best = reader[row];
            }

            return best;
        }
    }
}
