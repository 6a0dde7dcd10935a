using System.Runtime.CompilerServices;
using System.Text;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes reals. <c>NaN</c> and <c>Infinity</c> come as text, as the query API writes them.</summary>
internal sealed class RealCollector(ColumnSymbol column) : ScalarCollector<double>(column)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = PlainNumber.Read(record, at, out var mantissa, out var fractionDigits, out var negative);
        // A mantissa of 53 bits and a power of ten below 10^23 are exact, so one division rounds correctly.
        if (end < 0 || mantissa > 1UL << 53)
            return ReadAnyJson(record, at, row);
        var value = fractionDigits == 0 ? mantissa : mantissa / PlainNumber.PowersOfTen[fractionDigits];
        Set(row, negative ? -value : value);
        return end;
    }

    /// <inheritdoc/>
    protected override bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        NumberText.TryParseReal(Encoding.UTF8.GetString(text), out value);
}

/// <summary>Decodes int and long. A real without a fraction is taken as the whole number that it is.</summary>
internal sealed class WholeCollector(ColumnSymbol column) : ScalarCollector<long>(column)
{
    private readonly long _least = column.Type == KqlType.Int ? int.MinValue : long.MinValue;
    private readonly long _most = column.Type == KqlType.Int ? int.MaxValue : long.MaxValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = PlainNumber.Read(record, at, out var digits, out var fractionDigits, out var negative);
        if (end < 0 || fractionDigits > 0)
            return ReadAnyJson(record, at, row);
        var value = negative ? -(long)digits : (long)digits;
        if (value < _least || value > _most)
            return ReadAnyJson(record, at, row);
        Set(row, value);
        return end;
    }

    /// <inheritdoc/>
    protected override bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        var chars = Encoding.UTF8.GetString(text);
        if (!NumberText.TryParseLong(chars, out value))
        {
            // 2^63 itself is a double but no long.
            if (!NumberText.TryParseReal(chars, out var real) || real != Math.Floor(real) || Math.Abs(real) >= 9.2233720368547758E18)
                return false;
            value = (long)real;
        }

        return value >= _least && value <= _most;
    }
}

/// <summary>Numbers as nearly all are written: up to 18 digits, perhaps with a point, no exponent.</summary>
internal static class PlainNumber
{
    /// <summary>10^0 to 10^18, all exact.</summary>
    public static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>Reads a number; the index behind it, or -1 when it is written in another way or is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> text, int at, out ulong mantissa, out int fractionDigits, out bool negative)
    {
        mantissa = 0;
        fractionDigits = 0;
        negative = (uint)at < (uint)text.Length && text[at] == '-';
        if (negative)
            at++;
        var start = at;
        at = Digits(text, at, ref mantissa);
        var whole = at - start;
        if (whole is 0 or > 18 || (whole > 1 && text[start] == '0') || (uint)at >= (uint)text.Length)
            return -1;
        if (text[at] == '.')
        {
            at = Digits(text, at + 1, ref mantissa);
            fractionDigits = at - start - whole - 1;
            if (fractionDigits == 0 || whole + fractionDigits > 18 || (uint)at >= (uint)text.Length)
                return -1;
        }

        return text[at] is (byte)'e' or (byte)'E' ? -1 : at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int at, ref ulong mantissa)
    {
        var value = mantissa;
        while ((uint)at < (uint)text.Length)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9)
                break;
            // Overlong numbers wrap around here and are thrown away by their length.
            value = (value * 10) + digit;
            at++;
        }

        mantissa = value;
        return at;
    }
}
