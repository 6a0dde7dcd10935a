using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>The kernels of + - * / % and unary minus. Whole numbers wrap around on overflow, as the language's do.</summary>
/// <remarks>Source: learn.microsoft.com/kusto/query/numerical-operators and datetime-timespan-arithmetic.</remarks>
internal static class Arithmetic
{
    /// <summary>The kernel for two operands of one in-memory form.</summary>
    /// <param name="symbol">The operator.</param>
    /// <param name="type">The operands' type after promotion: long, real or decimal.</param>
    public static ScalarKernel Kernel(char symbol, KqlType type) => (symbol, type) switch
    {
        ('+', KqlType.Real) => BinaryKernel<double, double, AddReal>.Instance,
        ('-', KqlType.Real) => BinaryKernel<double, double, SubtractReal>.Instance,
        ('*', KqlType.Real) => BinaryKernel<double, double, MultiplyReal>.Instance,
        ('/', KqlType.Real) => BinaryKernel<double, double, DivideReal>.Instance,
        ('%', KqlType.Real) => BinaryKernel<double, double, ModuloReal>.Instance,
        ('+', KqlType.Decimal) => PartialBinaryKernel<decimal, decimal, AddDecimal>.Instance,
        ('-', KqlType.Decimal) => PartialBinaryKernel<decimal, decimal, SubtractDecimal>.Instance,
        ('*', KqlType.Decimal) => PartialBinaryKernel<decimal, decimal, MultiplyDecimal>.Instance,
        ('/', KqlType.Decimal) => PartialBinaryKernel<decimal, decimal, DivideDecimal>.Instance,
        ('%', KqlType.Decimal) => PartialBinaryKernel<decimal, decimal, ModuloDecimal>.Instance,
        ('+', _) => BinaryKernel<long, long, AddLong>.Instance,
        ('-', _) => BinaryKernel<long, long, SubtractLong>.Instance,
        ('*', _) => BinaryKernel<long, long, MultiplyLong>.Instance,
        ('/', _) => PartialBinaryKernel<long, long, DivideLong>.Instance,
        ('%', _) => PartialBinaryKernel<long, long, ModuloLong>.Instance,
        _ => throw new InvalidOperationException($"No arithmetic kernel for {symbol} on {type}."),
    };

    /// <summary>timespan / timespan: a real.</summary>
    public static ScalarKernel TimeRatio { get; } = Map.Of<long, long, double>((a, b) => (double)a / b);

    /// <summary>timespan * real, with the timespan first.</summary>
    public static ScalarKernel ScaleTime { get; } = Map.OfMaybe<long, double, long>((ticks, factor) => ToTicks(ticks * factor));

    /// <summary>timespan / real.</summary>
    public static ScalarKernel DivideTime { get; } = Map.OfMaybe<long, double, long>((ticks, divisor) => ToTicks(ticks / divisor));

    /// <summary>datetime + timespan; null where the calendar ends.</summary>
    public static ScalarKernel AddToDate => PartialBinaryKernel<long, long, AddDate>.Instance;

    /// <summary>datetime - timespan; null where the calendar begins.</summary>
    public static ScalarKernel SubtractFromDate => PartialBinaryKernel<long, long, SubtractDate>.Instance;

    private static Maybe<long> ToTicks(double ticks) =>
        double.IsFinite(ticks) && Math.Abs(ticks) < long.MaxValue ? (long)ticks : Maybe<long>.Null;

    private readonly struct AddReal : IOperation<double, double>
    {
        public static double Apply(double left, double right) => left + right;
    }

    private readonly struct SubtractReal : IOperation<double, double>
    {
        public static double Apply(double left, double right) => left - right;
    }

    private readonly struct MultiplyReal : IOperation<double, double>
    {
        public static double Apply(double left, double right) => left * right;
    }

    private readonly struct DivideReal : IOperation<double, double>
    {
        public static double Apply(double left, double right) => left / right;
    }

    private readonly struct ModuloReal : IOperation<double, double>
    {
        // The result is never negative, whatever the signs of the operands.
        public static double Apply(double left, double right)
        {
            var size = Math.Abs(right);
            var rest = left % size;
            return rest < 0 ? rest + size : rest;
        }
    }

    private readonly struct AddLong : IOperation<long, long>
    {
        public static long Apply(long left, long right) => unchecked(left + right);
    }

    private readonly struct SubtractLong : IOperation<long, long>
    {
        public static long Apply(long left, long right) => unchecked(left - right);
    }

    private readonly struct MultiplyLong : IOperation<long, long>
    {
        public static long Apply(long left, long right) => unchecked(left * right);
    }

    private static bool IsDate(long ticks) => (ulong)ticks <= (ulong)DateTime.MaxValue.Ticks;

    private readonly struct AddDate : IPartialOperation<long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = unchecked(left + right);
            return IsDate(result);
        }
    }

    private readonly struct SubtractDate : IPartialOperation<long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = unchecked(left - right);
            return IsDate(result);
        }
    }

    private readonly struct DivideLong : IPartialOperation<long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = right is 0 ? 0 : right is -1 ? unchecked(-left) : left / right;
            return right != 0;
        }
    }

    private readonly struct ModuloLong : IPartialOperation<long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = 0;
            if (right is 0) return false;
            if (right is -1 or 1) return true;
            var size = Math.Abs(right);
            var rest = left % size;
            result = rest < 0 ? rest + size : rest;
            return true;
        }
    }

    private static bool Guarded(Func<decimal> operation, out decimal result)
    {
        try
        {
            result = operation();
            return true;
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            result = 0;
            return false;
        }
    }

    private readonly struct AddDecimal : IPartialOperation<decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) => Guarded(() => left + right, out result);
    }

    private readonly struct SubtractDecimal : IPartialOperation<decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) => Guarded(() => left - right, out result);
    }

    private readonly struct MultiplyDecimal : IPartialOperation<decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) => Guarded(() => left * right, out result);
    }

    private readonly struct DivideDecimal : IPartialOperation<decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) => Guarded(() => left / right, out result);
    }

    private readonly struct ModuloDecimal : IPartialOperation<decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) =>
            Guarded(() => ((left % right) + Math.Abs(right)) % right, out result);
    }
}
