namespace AksInsights.Kql.Functions;

/// <summary>What the string operators decide for one text and one needle.</summary>
/// <remarks>
/// Characters are compared by code point, or without regard to case by the invariant rules; never by culture. An empty needle is found in
/// every text. A term is a maximal run of letters and digits. Cost: O(text), without allocation.
/// Source: learn.microsoft.com/kusto/query/datatypes-string-operators.
/// </remarks>
internal static class StringPredicates
{
    /// <summary>Whether the needle occurs as whole terms: no letter or digit of the text adjoins one at the needle's ends.</summary>
    public static bool Has(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        Find(text, needle, ignoreCase, atTermStart: true, atTermEnd: true);

    /// <summary>Whether a term, or a run of terms, begins with the needle.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        Find(text, needle, ignoreCase, atTermStart: true, atTermEnd: false);

    /// <summary>Whether a term, or a run of terms, ends with the needle.</summary>
    public static bool HasSuffix(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        Find(text, needle, ignoreCase, atTermStart: false, atTermEnd: true);

    /// <summary>Whether the needle occurs anywhere.</summary>
    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        text.Contains(needle, Comparison(ignoreCase));

    /// <summary>Whether the text begins with the needle.</summary>
    public static bool StartsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        text.StartsWith(needle, Comparison(ignoreCase));

    /// <summary>Whether the text ends with the needle.</summary>
    public static bool EndsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase) =>
        text.EndsWith(needle, Comparison(ignoreCase));

    private static StringComparison Comparison(bool ignoreCase) =>
        ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool Find(ReadOnlySpan<char> text, ReadOnlySpan<char> needle, bool ignoreCase, bool atTermStart, bool atTermEnd)
    {
        if (needle.IsEmpty) return true;
        // A needle that ends in a separator brings its own boundary.
        var checkStart = atTermStart && char.IsLetterOrDigit(needle[0]);
        var checkEnd = atTermEnd && char.IsLetterOrDigit(needle[^1]);
        var comparison = Comparison(ignoreCase);
        var from = 0;
        while (true)
        {
            var found = text[from..].IndexOf(needle, comparison);
            if (found < 0) return false;
            var start = from + found;
            var end = start + needle.Length;
            var startFits = !checkStart || start == 0 || !char.IsLetterOrDigit(text[start - 1]);
            var endFits = !checkEnd || end == text.Length || !char.IsLetterOrDigit(text[end]);
            if (startFits && endFits) return true;
            from = start + 1;
        }
    }
}
