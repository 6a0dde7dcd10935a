using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace AksInsights.Core.Quantities;

/// <summary>Reads amounts as Kubernetes writes them, without rounding on the way.</summary>
/// <remarks>
/// The grammar is a decimal number and one of: a binary unit (<c>Ki</c> to <c>Ei</c>), a decimal one (<c>n u m k M G T P E</c>) or an exponent (<c>e3</c>, <c>E-2</c>).
/// Source: kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity.
/// </remarks>
internal static class QuantityText
{
    // Nobody writes an amount of a hundred characters; a file that holds one is not to cost memory.
    private const int MaxLength = 100;
    private const int MaxExponent = 40;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Suffix, int Power)[] BinaryUnits = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];
    private static readonly (string Suffix, int Exponent)[] DecimalUnits = [("n", -9), ("u", -6), ("m", -3), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

    /// <summary>The amount in the smallest unit counted, a remainder rounded up as Kubernetes does; null for what is no amount, is negative or too large.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="unitsInOne">How many of the smallest unit make one of what a bare number counts.</param>
    /// <param name="problem">What is wrong with the text, to follow the text itself: "is ...".</param>
    public static long? Read(string? text, long unitsInOne, out string problem)
    {
        problem = "is no amount: expected a number and a unit, such as 250m, 0.5, 64Mi, 1Gi or 1e3";
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength) return null;
        var body = text[0] is '+' or '-' ? text[1..] : text;
        var end = body.AsSpan().IndexOfAnyExcept(NumberCharacters);
        var number = end < 0 ? body : body[..end];
        if (!TryReadNumber(number, out var digits, out var decimals)) return null;
        if (!TryReadSuffix(end < 0 ? "" : body[end..], out var binary, out var exponent)) return null;
        if (text[0] == '-' && !digits.IsZero)
        {
            problem = "is less than nothing";
            return null;
        }

        var scale = exponent - decimals;
        var numerator = (digits * unitsInOne << binary) * BigInteger.Pow(10, Math.Max(scale, 0));
        var whole = BigInteger.DivRem(numerator, BigInteger.Pow(10, Math.Max(-scale, 0)), out var rest) + (rest.IsZero ? 0 : 1);
        problem = "is more than can be counted";
        return whole <= long.MaxValue ? (long)whole : null;
    }

    private static bool TryReadNumber(string text, out BigInteger digits, out int decimals)
    {
        digits = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        decimals = point < 0 ? 0 : text.Length - point - 1;
        var plain = point < 0 ? text : text.Remove(point, 1);
        return plain.Length > 0 && BigInteger.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out digits);
    }

    private static bool TryReadSuffix(string suffix, out int binary, out int exponent)
    {
        binary = Array.Find(BinaryUnits, unit => unit.Suffix == suffix).Power;
        exponent = Array.Find(DecimalUnits, unit => unit.Suffix == suffix).Exponent;
        if (suffix.Length == 0 || binary != 0 || exponent != 0) return true;
        return suffix[0] is 'e' or 'E'
            && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && Math.Abs(exponent) <= MaxExponent;
    }
}
