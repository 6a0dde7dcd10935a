using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>An operation on two values, known to the JIT so that the loop over a column is a plain loop.</summary>
internal interface IOperation<T, TR>
{
    static abstract TR Apply(T left, T right);
}

/// <summary>An operation on two values that may give null, such as division of whole numbers by zero.</summary>
internal interface IPartialOperation<T, TR>
{
    static abstract bool TryApply(T left, T right, out TR result);
}

/// <summary>Applies an operation row by row; null in either operand gives null.</summary>
internal sealed class BinaryKernel<T, TR, TOperation> : ScalarKernel
    where TOperation : struct, IOperation<T, TR>
{
    public static BinaryKernel<T, TR, TOperation> Instance { get; } = new();

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var left = (Column<T>)arguments[0];
        var right = (Column<T>)arguments[1];
        if (left is ConstantColumn<T> l && right is ConstantColumn<T> r)
        {
            var isNull = l.IsAllNull || r.IsAllNull;
            return Constants.Create(site.ResultType, isNull ? null : TOperation.Apply(l.Value, r.Value), length);
        }

        if (left is ConstantColumn<T> { IsAllNull: true } || right is ConstantColumn<T> { IsAllNull: true })
            return Constants.Create(site.ResultType, null, length);
        var values = ChunkBuffers.Take<TR>(site.Buffers, length);
        var nulls = Nulls.Either(left, right);
        Compute(left, right, values.AsSpan(0, length));
        Nulls.Clear(values.AsSpan(0, length), nulls);
        return new FlatColumn<TR>(site.ResultType, values, nulls, 0, length);
    }

    private static void Compute(Column<T> left, Column<T> right, Span<TR> values)
    {
        if (right is ConstantColumn<T> constantRight)
        {
            var a = left.Flatten();
            var b = constantRight.Value;
            for (var i = 0; i < values.Length; i++) values[i] = TOperation.Apply(a[i], b);
        }
        else if (left is ConstantColumn<T> constantLeft)
        {
            var a = constantLeft.Value;
            var b = right.Flatten();
            for (var i = 0; i < values.Length; i++) values[i] = TOperation.Apply(a, b[i]);
        }
        else
        {
            var a = left.Flatten();
            var b = right.Flatten();
            for (var i = 0; i < values.Length; i++) values[i] = TOperation.Apply(a[i], b[i]);
        }
    }
}

/// <summary>Applies an operation that may give null row by row; null in either operand gives null.</summary>
internal sealed class PartialBinaryKernel<T, TR, TOperation> : ScalarKernel
    where TOperation : struct, IPartialOperation<T, TR>
{
    public static PartialBinaryKernel<T, TR, TOperation> Instance { get; } = new();

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var left = ((Column<T>)arguments[0]).Read();
        var right = ((Column<T>)arguments[1]).Read();
        var values = ChunkBuffers.TakeCleared<TR>(site.Buffers, length);
        bool[]? nulls = null;
        for (var i = 0; i < length; i++)
        {
            if (!left.IsNull(i) && !right.IsNull(i) && TOperation.TryApply(left[i], right[i], out var value)) values[i] = value;
            else (nulls ??= ChunkBuffers.TakeCleared<bool>(site.Buffers, length))[i] = true;
        }

        return new FlatColumn<TR>(site.ResultType, values, nulls, 0, length);
    }
}

/// <summary>Null masks of several operands.</summary>
internal static class Nulls
{
    /// <summary>Puts the default, which adds nothing and reads as false, into the null rows: what was computed there from defaults is no value.</summary>
    public static void Clear<T>(Span<T> values, bool[]? nulls)
    {
        if (nulls is null) return;
        for (var i = 0; i < values.Length; i++)
        {
            if (nulls[i]) values[i] = default!;
        }
    }

    /// <summary>True where either column is null; null when neither has any.</summary>
    public static bool[]? Either<TA, TB>(Column<TA> left, Column<TB> right)
    {
        var a = left.FlattenNulls();
        var b = right.FlattenNulls();
        if (a.IsEmpty && b.IsEmpty) return null;
        if (a.IsEmpty) return b.ToArray();
        var result = a.ToArray();
        for (var i = 0; i < b.Length; i++) result[i] |= b[i];
        return result;
    }
}
