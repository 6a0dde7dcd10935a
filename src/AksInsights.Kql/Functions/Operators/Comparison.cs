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
}
