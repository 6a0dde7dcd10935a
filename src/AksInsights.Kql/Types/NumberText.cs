using System.Globalization;

namespace AksInsights.Kql.Types;

/// <summary>Numbers as text, as literals and the conversion functions read them and as results show them.</summary>
internal static class NumberText
{
    /// <summary>Reads a whole number: decimal digits or <c>0x</c> with hexadecimal ones, with an optional sign.</summary>
    public static bool TryParseLong(ReadOnlySpan<char> text, out long value)
    {
        text = text.Trim();
        var negative = text.StartsWith("-");
        var unsigned = negative ? text[1..].TrimStart() : text;
        if (unsigned.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            var read = long.TryParse(unsigned[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
            value = negative ? -value : value;
            return read;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a real: decimal or exponent notation, <c>1000.</c>, <c>nan</c>, <c>inf</c>, <c>-inf</c>.</summary>
    public static bool TryParseReal(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        var negative = text.StartsWith("-");
        var unsigned = negative || text.StartsWith("+") ? text[1..] : text;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        // .NET also reads its own names of infinity, which the language does not have in this form.
        return !unsigned.IsEmpty && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal, in decimal or exponent notation.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<char> text, out decimal value) => decimal.TryParse(
        text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture, out value);

    /// <summary>Writes a real in the shortest form that reads back as the same value; a whole value ends in <c>.0</c>.</summary>
    public static string FormatReal(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
