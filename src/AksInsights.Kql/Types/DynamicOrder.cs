namespace AksInsights.Kql.Types;

/// <summary>The order of dynamic values of comparable kinds: numbers by value, text by code point, times.</summary>
internal static class DynamicOrder
{
    /// <summary>Negative, zero or positive as for <see cref="IComparable"/>; null when the values cannot be ordered and are not equal.</summary>
    public static int? Compare(object left, object right)
    {
        if (left is long a && right is long b) return a.CompareTo(b);
        if (TryNumber(left, out var x) && TryNumber(right, out var y)) return x.CompareTo(y);
        return (left, right) switch
        {
            (string s, string t) => Math.Sign(string.CompareOrdinal(s, t)),
            (bool s, bool t) => s.CompareTo(t),
            (DateTime s, DateTime t) => s.CompareTo(t),
            (TimeSpan s, TimeSpan t) => s.CompareTo(t),
            (Guid s, Guid t) => s.CompareTo(t),
            _ => DynamicText.Format(left) == DynamicText.Format(right) ? 0 : null,
        };
    }

    /// <summary>The value as a real, when it is a number.</summary>
    public static bool TryNumber(object? value, out double number)
    {
        number = value switch
        {
            long l => l,
            double d => d,
            decimal m => (double)m,
            _ => 0,
        };
        return value is long or double or decimal;
    }
}
