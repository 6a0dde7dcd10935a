using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>Arithmetic of two dynamic values: on whole numbers as long, on other numbers as real; null for what is no number.</summary>
internal static class DynamicNumbers
{
    /// <summary>The kernel of an operator.</summary>
    public static ScalarKernel Kernel(BinaryOperator symbol) => Map.OfMaybe<object, object, object>((left, right) => Wrap(Compute(symbol, left, right)));

    private static Maybe<object> Wrap(object? value) => value is null ? Maybe<object>.Null : new Maybe<object>(value, true);

    private static object? Compute(BinaryOperator symbol, object left, object right)
    {
        if (left is long a && right is long b) return Whole(symbol, a, b);
        if (!DynamicOrder.TryNumber(left, out var x) || !DynamicOrder.TryNumber(right, out var y)) return null;
        return symbol switch
        {
            BinaryOperator.Add => x + y,
            BinaryOperator.Subtract => x - y,
            BinaryOperator.Multiply => x * y,
            BinaryOperator.Divide => x / y,
            _ => ((x % Math.Abs(y)) + Math.Abs(y)) % Math.Abs(y),
        };
    }

    private static object? Whole(BinaryOperator symbol, long a, long b) => symbol switch
    {
        BinaryOperator.Add => unchecked(a + b),
        BinaryOperator.Subtract => unchecked(a - b),
        BinaryOperator.Multiply => unchecked(a * b),
        _ when b is 0 => null,
        BinaryOperator.Divide => b is -1 ? unchecked(-a) : a / b,
        _ => b is -1 ? 0L : ((a % Math.Abs(b)) + Math.Abs(b)) % Math.Abs(b),
    };
}
