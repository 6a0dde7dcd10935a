using System.Diagnostics;
using System.Numerics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Values of any type of 64 bits or fewer as whole numbers in the same order, so that one code selects among all of them.</summary>
internal static class OrderedBits
{
    /// <summary>The number of a real. NaN comes first, as it does when sorting; equal reals have one number.</summary>
    public static long FromReal(double value)
    {
        if (double.IsNaN(value)) return long.MinValue;

        // Adding zero makes a negative zero a zero: they are one value.
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);

        // A negative real's magnitude grows with its bits: flip them, but not the sign.
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    /// <summary>The real of a number made by <see cref="FromReal"/>.</summary>
    public static double ToReal(long number) =>
        number == long.MinValue ? double.NaN : BitConverter.Int64BitsToDouble(number ^ ((number >> 63) & long.MaxValue));

    /// <summary>The numbers of a column's values; where the column is null the number means nothing.</summary>
    /// <param name="column">A column of bool, real or a type held in 64 bits.</param>
    /// <param name="buffer">Room that is used, and grown, if the values have to be converted.</param>
    public static ReadOnlySpan<long> Of(Column column, ref long[] buffer)
    {
        if (column is Column<long> whole) return whole.Flatten();
        if (buffer.Length < column.Length) buffer = new long[column.Length];
        var numbers = buffer.AsSpan(0, column.Length);
        switch (column)
        {
            case Column<double> reals:
                FromReals(reals.Flatten(), numbers);
                break;
            case Column<bool> truths:
                var bits = truths.Flatten();
                for (var i = 0; i < numbers.Length; i++) numbers[i] = bits[i] ? 1 : 0;
                break;
            default:
                throw new UnreachableException($"No ordered bits of {column.Type}");
        }

        return numbers;
    }

    /// <summary>Which rows are null; empty when none is. For the types that <see cref="Of"/> takes.</summary>
    public static ReadOnlySpan<bool> NullsOf(Column column) => column switch
    {
        Column<long> whole => whole.FlattenNulls(),
        Column<double> reals => reals.FlattenNulls(),
        Column<bool> truths => truths.FlattenNulls(),
        _ => throw new UnreachableException($"No ordered bits of {column.Type}"),
    };

    /// <summary>The column of a type whose values have these numbers.</summary>
    public static Column ToColumn(KqlType type, long[] numbers, bool[]? nulls) => type switch
    {
        KqlType.Real => new FlatColumn<double>(type, Clear(Array.ConvertAll(numbers, ToReal), nulls), nulls),
        KqlType.Bool => new FlatColumn<bool>(type, Array.ConvertAll(numbers, n => n != 0), nulls),
        _ when type.IsInt64() => new FlatColumn<long>(type, numbers, nulls),
        _ => throw new UnreachableException($"No ordered bits of {type}"),
    };

    private static void FromReals(ReadOnlySpan<double> values, Span<long> numbers)
    {
        var row = 0;
        for (; row <= values.Length - Vector<double>.Count; row += Vector<double>.Count)
        {
            var reals = new Vector<double>(values[row..]) + Vector<double>.Zero;
            var bits = Vector.AsVectorInt64(reals);
            var ordered = bits ^ (Vector.LessThan(bits, Vector<long>.Zero) & new Vector<long>(long.MaxValue));
            Vector.ConditionalSelect(Vector.Equals(reals, reals), ordered, new Vector<long>(long.MinValue)).CopyTo(numbers[row..]);
        }

        for (; row < values.Length; row++) numbers[row] = FromReal(values[row]);
    }

    private static double[] Clear(double[] values, bool[]? nulls)
    {
        for (var i = 0; i < values.Length && nulls is not null; i++)
        {
            if (nulls[i]) values[i] = 0;
        }

        return values;
    }
}
