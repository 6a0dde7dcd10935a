using System.Diagnostics;
using System.Numerics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Windows;

/// <summary>Sums over the rows so far.</summary>
internal static class RunningSums
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("row_cumsum", FunctionKind.Window, "The sum of the values of all rows up to this one, beginning anew where a condition is true; nulls add nothing.", "row_cumsum(Bytes, Name != prev(Name))", "row-cumsum-function")
        {
            Signatures = [new([new Parameter("term", TypeSet.Number), Parameter.Bool("restart").Optional()], shape => shape.Types[0]) { Kernel = _ => new RunningSum() }],
        },
    ];

    private sealed class RunningSum : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var restarts = arguments.Length > 1 ? ((Column<bool>)arguments[1]).Flatten() : [];
            return arguments[0] switch
            {
                // An int stays within 32 bits: it wraps around as the service's does.
                Column<long> terms when site.ResultType == KqlType.Int => Sum(site, terms, restarts, sum => (int)sum),
                Column<long> terms => Sum(site, terms, restarts, sum => sum),
                Column<double> terms => Sum(site, terms, restarts, sum => sum),
                Column<decimal> terms => SumDecimals(site, terms, restarts),
                var other => throw new UnreachableException($"row_cumsum of {other.Type}"),
            };
        }

        private static FlatColumn<T> Sum<T>(CallSite site, Column<T> terms, ReadOnlySpan<bool> restarts, Func<T, T> wrap)
            where T : struct, INumber<T>
        {
            var values = terms.Read();
            var sums = new T[terms.Length];
            var sum = T.Zero;
            for (var row = 0; row < sums.Length; row++)
            {
                if (!restarts.IsEmpty && restarts[row]) sum = T.Zero;
                if (!values.IsNull(row)) sum = wrap(sum + values[row]);
                sums[row] = sum;
            }

            return new FlatColumn<T>(site.ResultType, sums);
        }

        // A sum beyond the range of decimal is null until the next restart.
        private static Column SumDecimals(CallSite site, Column<decimal> terms, ReadOnlySpan<bool> restarts)
        {
            var values = terms.Read();
            var sums = new ColumnBuilder<decimal>(site.ResultType, terms.Length);
            decimal? sum = 0;
            for (var row = 0; row < terms.Length; row++)
            {
                if (!restarts.IsEmpty && restarts[row]) sum = 0;
                if (sum is { } so && !values.IsNull(row)) sum = Add(so, values[row]);
                sums.AddBoxed(sum);
            }

            return sums.Build();
        }

        private static decimal? Add(decimal first, decimal second)
        {
            try
            {
                return first + second;
            }
            catch (OverflowException)
            {
                // Decimal arithmetic has no other way to say so.
                return null;
            }
        }
    }
}
