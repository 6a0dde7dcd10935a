using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>A comparison of two values, known to the JIT so that the loop over a column is a plain loop.</summary>
internal interface IComparisonOf<T>
{
    static abstract bool Apply(T left, T right);

    /// <summary>The same of several values at once: all bits of a lane are set where it is true. Only for numbers of 64 bits.</summary>
    static abstract Vector256<T> Apply(Vector256<T> left, Vector256<T> right);
}

/// <summary>What a comparison gives for nulls.</summary>
internal enum NullRule
{
    /// <summary>Null, if either is.</summary>
    Null,

    /// <summary>False if one is, null if both are.</summary>
    Equal,

    /// <summary>True if one is, null if both are.</summary>
    NotEqual,
}

/// <summary>Compares two columns, or a column and a constant.</summary>
internal sealed class CompareKernel<T, TComparison>(NullRule rule) : ScalarKernel, IRowTest
    where TComparison : struct, IComparisonOf<T>
{
    public bool IsQuick => true;

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var left = (Column<T>)arguments[0];
        var right = (Column<T>)arguments[1];
        var values = ChunkBuffers.Take<bool>(site.Buffers, length);
        var result = values.AsSpan(0, length);
        if (right is ConstantColumn<T> { IsAllNull: false } constant) Compare(left.Flatten(), constant.Value, result);
        else if (left is ConstantColumn<T> { IsAllNull: false } first) Compare(first.Value, right.Flatten(), result);
        else Compare(left.Flatten(), right.Flatten(), result);
        var nulls = left.MayHaveNulls || right.MayHaveNulls ? ApplyNulls(left.FlattenNulls(), right.FlattenNulls(), result) : null;
        return new FlatColumn<bool>(KqlType.Bool, values, nulls, 0, length);
    }

    public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
    {
        var left = (Column<T>)arguments[0];
        if (Vector256<T>.IsSupported && arguments[1] is ConstantColumn<T> { IsAllNull: false } constant && left is not ConstantColumn<T>)
        {
            var nulls = left.FlattenNulls();
            Test(left.Flatten(), constant.Value, mask);
            for (var word = 0; word < mask.Length && !nulls.IsEmpty; word++)
            {
                // A null is different from the constant, and otherwise no comparison with it is true.
                var absent = RowMask.Word(nulls, word * RowMask.WordRows);
                mask[word] = rule == NullRule.NotEqual ? mask[word] | absent : mask[word] & ~absent;
            }

            return;
        }

        RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
    }

    private static void Test(ReadOnlySpan<T> values, T constant, Span<ulong> mask)
    {
        var right = Vector256.Create(constant);
        ref var first = ref MemoryMarshal.GetReference(values);
        var whole = values.Length / RowMask.WordRows;
        for (var word = 0; word < whole; word++)
        {
            var bits = 0UL;
            var row = (nuint)(word * RowMask.WordRows);
            for (var lane = 0; lane < RowMask.WordRows; lane += Vector256<T>.Count)
                bits |= (ulong)TComparison.Apply(Vector256.LoadUnsafe(ref first, row + (nuint)lane), right).ExtractMostSignificantBits() << lane;
            mask[word] = bits;
        }

        if (whole == mask.Length) return;
        mask[whole] = 0;
        for (var row = whole * RowMask.WordRows; row < values.Length; row++)
            mask[whole] |= (TComparison.Apply(values[row], constant) ? 1UL : 0) << (row % RowMask.WordRows);
    }

    private static void Compare(ReadOnlySpan<T> left, T right, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left[i], right);
    }

    private static void Compare(T left, ReadOnlySpan<T> right, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left, right[i]);
    }

    private static void Compare(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left[i], right[i]);
    }

    private bool[]? ApplyNulls(ReadOnlySpan<bool> left, ReadOnlySpan<bool> right, Span<bool> values)
    {
        bool[]? nulls = null;
        for (var i = 0; i < values.Length; i++)
        {
            var leftNull = !left.IsEmpty && left[i];
            var rightNull = !right.IsEmpty && right[i];
            if (!leftNull && !rightNull) continue;
            values[i] = rule == NullRule.NotEqual && leftNull != rightNull;
            if (rule == NullRule.Null || leftNull == rightNull) (nulls ??= new bool[values.Length])[i] = true;
        }

        return nulls;
    }
}

internal readonly struct IsEqual<T> : IComparisonOf<T>
    where T : IEquatable<T>
{
    public static bool Apply(T left, T right) => typeof(T) == typeof(double) ? (double)(object)left == (double)(object)right : left.Equals(right);

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => Vector256.Equals(left, right);
}

internal readonly struct IsNotEqual<T> : IComparisonOf<T>
    where T : IEquatable<T>
{
    public static bool Apply(T left, T right) => !IsEqual<T>.Apply(left, right);

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => ~Vector256.Equals(left, right);
}

internal readonly struct IsLess<T> : IComparisonOf<T>
    where T : IComparable<T>
{
    public static bool Apply(T left, T right) =>
        typeof(T) == typeof(double) ? (double)(object)left < (double)(object)right : left.CompareTo(right) < 0;

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);
}

internal readonly struct IsLessOrEqual<T> : IComparisonOf<T>
    where T : IComparable<T>
{
    public static bool Apply(T left, T right) =>
        typeof(T) == typeof(double) ? (double)(object)left <= (double)(object)right : left.CompareTo(right) <= 0;

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => Vector256.LessThanOrEqual(left, right);
}

internal readonly struct IsGreater<T> : IComparisonOf<T>
    where T : IComparable<T>
{
    public static bool Apply(T left, T right) => IsLess<T>.Apply(right, left);

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThan(left, right);
}

internal readonly struct IsGreaterOrEqual<T> : IComparisonOf<T>
    where T : IComparable<T>
{
    public static bool Apply(T left, T right) => IsLessOrEqual<T>.Apply(right, left);

    public static Vector256<T> Apply(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThanOrEqual(left, right);
}
