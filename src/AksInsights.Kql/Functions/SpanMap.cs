using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Operators;

namespace AksInsights.Kql.Functions;

/// <summary>A function of one value that always has a result: a type, so that the loop over a column can inline it.</summary>
internal interface ISpanFunction<TIn, TOut>
{
    /// <summary>The result for one value. Also asked for the <c>default</c> that stands in null rows; must not throw.</summary>
    static abstract TOut Apply(TIn value);
}

/// <summary>A kernel of a <see cref="ISpanFunction{TIn, TOut}"/>: null in, null out, one loop over contiguous values. For functions that run over millions of rows.</summary>
internal sealed class SpanMap<TFunction, TIn, TOut> : ScalarKernel
    where TFunction : ISpanFunction<TIn, TOut>
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[0] is ConstantColumn<TIn> constant)
            return Constants.Create(site.ResultType, constant.IsAllNull ? null : TFunction.Apply(constant.Value), length);
        var column = (Column<TIn>)arguments[0];
        var source = column.Flatten();
        var values = ChunkBuffers.Take<TOut>(site.Buffers, length);
        for (var i = 0; i < source.Length; i++) values[i] = TFunction.Apply(source[i]);
        var nulls = column.CopyNulls(site.Buffers);
        Nulls.Clear(values.AsSpan(0, length), nulls);
        return new FlatColumn<TOut>(site.ResultType, values, nulls, 0, length);
    }
}
