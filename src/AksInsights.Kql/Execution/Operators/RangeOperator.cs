using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>range: values from one to another, inclusive; none when the step does not lead there.</summary>
internal static class RangeOperator
{
    public static Relation Execute(BoundRange node, RunContext context)
    {
        var from = EvaluatorFactory.Constant(node.From, context);
        var to = EvaluatorFactory.Constant(node.To, context);
        var step = EvaluatorFactory.Constant(node.Step, context);
        if (from is null || to is null || step is null) return Executor.Empty(node.Output);
        var type = node.Output[0].Type;
        var column = from is double start
            ? (Column)Reals(start, (double)to, (double)step, context)
            : Longs(type, (long)from, (long)to, (long)step, context);
        return new Relation(node.Output, [new Cells(column)], column.Length);
    }

    private static FlatColumn<long> Longs(KqlType type, long from, long to, long step, RunContext context)
    {
        var count = step == 0 ? 0 : ((Int128)to - from) / step + 1;
        var length = Checked(((Int128)to - from) * Math.Sign(step) < 0 ? 0 : count, context);
        var values = new long[length];
        for (var i = 0; i < values.Length; i++) values[i] = from + (i * step);
        return new FlatColumn<long>(type, values);
    }

    private static FlatColumn<double> Reals(double from, double to, double step, RunContext context)
    {
        var count = Math.Floor((to - from) / step) + 1;
        var length = Checked(double.IsNaN(count) || count <= 0 ? 0 : (Int128)Math.Min(count, 1e18), context);
        var values = new double[length];
        for (var i = 0; i < values.Length; i++) values[i] = from + (i * step);
        return new FlatColumn<double>(KqlType.Real, values);
    }

    private static int Checked(Int128 count, RunContext context)
    {
        if (count > int.MaxValue / 2) throw KqlException.RowsExceeded((long)Int128.Min(count, long.MaxValue), int.MaxValue / 2);
        context.Memory.Reserve((long)count * 8);
        return (int)count;
    }
}
