using AksInsights.Kql.Columns;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>The kernels of == != &lt; &lt;= &gt; &gt;= on two operands of one type.</summary>
/// <remarks>
/// Null rule (learn.microsoft.com/kusto/query/scalar-data-types/null-values): null == value is false, null != value is true, both null gives null;
/// the orderings give null for any null.
/// </remarks>
internal static class Comparison
{
    /// <summary>The kernel for operands of the given type.</summary>
    public static ScalarKernel Kernel(BinaryOperator symbol, KqlType type) => type switch
    {
        KqlType.Bool => Pick<bool>(symbol),
        KqlType.Real => Pick<double>(symbol),
        KqlType.Decimal => Pick<decimal>(symbol),
        KqlType.Guid => Pick<Guid>(symbol),
        KqlType.String => symbol is BinaryOperator.Equal or BinaryOperator.NotEqual
            ? new TextEquality(symbol == BinaryOperator.NotEqual)
            : TextOrder(symbol),
        KqlType.Dynamic => DynamicKernel(symbol),
        _ => Pick<long>(symbol),
    };

    private static ScalarKernel Pick<T>(BinaryOperator symbol)
        where T : IComparable<T>, IEquatable<T> => symbol switch
        {
            BinaryOperator.Equal => new CompareKernel<T, IsEqual<T>>(NullRule.Equal),
            BinaryOperator.NotEqual => new CompareKernel<T, IsNotEqual<T>>(NullRule.NotEqual),
            BinaryOperator.Less => new CompareKernel<T, IsLess<T>>(NullRule.Null),
            BinaryOperator.LessOrEqual => new CompareKernel<T, IsLessOrEqual<T>>(NullRule.Null),
            BinaryOperator.Greater => new CompareKernel<T, IsGreater<T>>(NullRule.Null),
            BinaryOperator.GreaterOrEqual => new CompareKernel<T, IsGreaterOrEqual<T>>(NullRule.Null),
            _ => throw new InvalidOperationException($"{symbol} is not a comparison."),
        };

    private static ScalarKernel TextOrder(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.Less => Map.Of<string, string, bool>((a, b) => string.CompareOrdinal(a, b) < 0),
        BinaryOperator.LessOrEqual => Map.Of<string, string, bool>((a, b) => string.CompareOrdinal(a, b) <= 0),
        BinaryOperator.Greater => Map.Of<string, string, bool>((a, b) => string.CompareOrdinal(a, b) > 0),
        _ => Map.Of<string, string, bool>((a, b) => string.CompareOrdinal(a, b) >= 0),
    };

    private static ScalarKernel DynamicKernel(BinaryOperator symbol) => Map.OfRow(row =>
    {
        var (left, right) = (row[0], row[1]);
        if (left is null && right is null) return null;
        if (left is null || right is null) return symbol switch { BinaryOperator.Equal => false, BinaryOperator.NotEqual => true, _ => null };
        var order = DynamicOrder.Compare(left, right);
        return symbol switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order is null ? null : order < 0,
            BinaryOperator.LessOrEqual => order is null ? null : order <= 0,
            BinaryOperator.Greater => order is null ? null : order > 0,
            _ => order is null ? null : order >= 0,
        };
    });

    internal interface IComparisonOf<T>
    {
        static abstract bool Apply(T left, T right);
    }

    private readonly struct IsEqual<T> : IComparisonOf<T>
        where T : IEquatable<T>
    {
        public static bool Apply(T left, T right) => typeof(T) == typeof(double) ? (double)(object)left == (double)(object)right : left.Equals(right);
    }

    private readonly struct IsNotEqual<T> : IComparisonOf<T>
        where T : IEquatable<T>
    {
        public static bool Apply(T left, T right) => !IsEqual<T>.Apply(left, right);
    }

    private readonly struct IsLess<T> : IComparisonOf<T>
        where T : IComparable<T>
    {
        public static bool Apply(T left, T right) =>
            typeof(T) == typeof(double) ? (double)(object)left < (double)(object)right : left.CompareTo(right) < 0;
    }

    private readonly struct IsLessOrEqual<T> : IComparisonOf<T>
        where T : IComparable<T>
    {
        public static bool Apply(T left, T right) =>
            typeof(T) == typeof(double) ? (double)(object)left <= (double)(object)right : left.CompareTo(right) <= 0;
    }

    private readonly struct IsGreater<T> : IComparisonOf<T>
        where T : IComparable<T>
    {
        public static bool Apply(T left, T right) => IsLess<T>.Apply(right, left);
    }

    private readonly struct IsGreaterOrEqual<T> : IComparisonOf<T>
        where T : IComparable<T>
    {
        public static bool Apply(T left, T right) => IsLessOrEqual<T>.Apply(right, left);
    }

    private enum NullRule
    {
        Null,
        Equal,
        NotEqual,
    }

    private sealed class CompareKernel<T, TComparison>(NullRule rule) : ScalarKernel
        where TComparison : struct, IComparisonOf<T>
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var left = (Column<T>)arguments[0];
            var right = (Column<T>)arguments[1];
            var values = new bool[length];
            if (right is ConstantColumn<T> { IsAllNull: false } constant) Compare(left.Flatten(), constant.Value, values);
            else if (left is ConstantColumn<T> { IsAllNull: false } first) Compare(first.Value, right.Flatten(), values);
            else Compare(left.Flatten(), right.Flatten(), values);
            if (!left.MayHaveNulls && !right.MayHaveNulls) return new FlatColumn<bool>(KqlType.Bool, values);
            return new FlatColumn<bool>(KqlType.Bool, values, ApplyNulls(left.FlattenNulls(), right.FlattenNulls(), values));
        }

        private static void Compare(ReadOnlySpan<T> left, T right, bool[] values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left[i], right);
        }

        private static void Compare(T left, ReadOnlySpan<T> right, bool[] values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left, right[i]);
        }

        private static void Compare(ReadOnlySpan<T> left, ReadOnlySpan<T> right, bool[] values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = TComparison.Apply(left[i], right[i]);
        }

        private bool[]? ApplyNulls(ReadOnlySpan<bool> left, ReadOnlySpan<bool> right, bool[] values)
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
}
