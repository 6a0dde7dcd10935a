using System.Diagnostics.CodeAnalysis;

namespace AksInsights.Kql.Functions.Patterns;

/// <summary>Named character classes as what stands between the brackets of a .NET class.</summary>
/// <remarks>Scripts are given by their ranges in the basic plane. Source: Unicode Scripts.txt and PropertyValueAliases.txt; regex page for the ASCII classes.</remarks>
internal static class UnicodeClasses
{
    private static readonly Dictionary<string, string> Sets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Any"] = @"\s\S",
        ["Letter"] = @"\p{L}",
        ["UppercaseLetter"] = @"\p{Lu}",
        ["LowercaseLetter"] = @"\p{Ll}",
        ["TitlecaseLetter"] = @"\p{Lt}",
        ["ModifierLetter"] = @"\p{Lm}",
        ["OtherLetter"] = @"\p{Lo}",
        ["CasedLetter"] = @"\p{Lu}\p{Ll}\p{Lt}",
        ["LC"] = @"\p{Lu}\p{Ll}\p{Lt}",
        ["Mark"] = @"\p{M}",
        ["NonspacingMark"] = @"\p{Mn}",
        ["SpacingMark"] = @"\p{Mc}",
        ["EnclosingMark"] = @"\p{Me}",
        ["Number"] = @"\p{N}",
        ["DecimalNumber"] = @"\p{Nd}",
        ["LetterNumber"] = @"\p{Nl}",
        ["OtherNumber"] = @"\p{No}",
        ["Punctuation"] = @"\p{P}",
        ["ConnectorPunctuation"] = @"\p{Pc}",
        ["DashPunctuation"] = @"\p{Pd}",
        ["OpenPunctuation"] = @"\p{Ps}",
        ["ClosePunctuation"] = @"\p{Pe}",
        ["InitialPunctuation"] = @"\p{Pi}",
        ["FinalPunctuation"] = @"\p{Pf}",
        ["OtherPunctuation"] = @"\p{Po}",
        ["Symbol"] = @"\p{S}",
        ["MathSymbol"] = @"\p{Sm}",
        ["CurrencySymbol"] = @"\p{Sc}",
        ["ModifierSymbol"] = @"\p{Sk}",
        ["OtherSymbol"] = @"\p{So}",
        ["Separator"] = @"\p{Z}",
        ["SpaceSeparator"] = @"\p{Zs}",
        ["LineSeparator"] = @"\p{Zl}",
        ["ParagraphSeparator"] = @"\p{Zp}",
        ["Other"] = @"\p{C}",
        ["Control"] = @"\p{Cc}",
        ["Format"] = @"\p{Cf}",
        ["PrivateUse"] = @"\p{Co}",
        ["Unassigned"] = @"\p{Cn}",
        ["Alphabetic"] = @"\p{L}\p{Nl}",
        ["Uppercase"] = @"\p{Lu}",
        ["Lowercase"] = @"\p{Ll}",
        ["WhiteSpace"] = @"\s",
        ["Latin"] = @"A-Za-z\u00AA\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02B8\u02E0-\u02E4\u1D00-\u1D25\u1E00-\u1EFF\u2C60-\u2C7F\uA722-\uA787\uFB00-\uFB06\uFF21-\uFF3A\uFF41-\uFF5A",
        ["Greek"] = @"\u0370-\u0373\u0375-\u0377\u037A-\u037D\u037F\u0384\u0386\u0388-\u03E1\u03F0-\u03FF\u1F00-\u1FFE",
        ["Cyrillic"] = @"\u0400-\u0484\u0487-\u052F\u1C80-\u1C88\u2DE0-\u2DFF\uA640-\uA69F",
        ["Armenian"] = @"\u0531-\u058F\uFB13-\uFB17",
        ["Hebrew"] = @"\u0591-\u05F4\uFB1D-\uFB4F",
        ["Arabic"] = @"\u0600-\u0604\u0606-\u060B\u060D-\u061A\u061C-\u061E\u0620-\u063F\u0641-\u064A\u0656-\u066F\u0671-\u06DC\u06DE-\u06FF\u0750-\u077F\u08A0-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC",
        ["Devanagari"] = @"\u0900-\u0950\u0955-\u0963\u0966-\u097F\uA8E0-\uA8FF",
        ["Thai"] = @"\u0E01-\u0E3A\u0E40-\u0E5B",
        ["Georgian"] = @"\u10A0-\u10FA\u10FC-\u10FF\u1C90-\u1CBF\u2D00-\u2D2D",
        ["Hangul"] = @"\u1100-\u11FF\u302E\u302F\u3131-\u318E\u3200-\u321E\u3260-\u327E\uA960-\uA97C\uAC00-\uD7A3\uD7B0-\uD7FB\uFFA0-\uFFDC",
        ["Hiragana"] = @"\u3041-\u3096\u309D-\u309F",
        ["Katakana"] = @"\u30A1-\u30FA\u30FD-\u30FF\u31F0-\u31FF\u32D0-\u32FE\u3300-\u3357\uFF66-\uFF6F\uFF71-\uFF9D",
        ["Han"] = @"\u2E80-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAD9",
    };

    private static readonly HashSet<string> ShortCategories = new(StringComparer.Ordinal)
    {
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn", "Cs",
    };

    /// <summary>Finds a general category or script by its short or long name; case, spaces, hyphens and underscores are ignored.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out string? set)
    {
        var equals = name.IndexOf('=');
        var bare = name[(equals + 1)..].Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);
        var category = bare.Length is 1 or 2 ? char.ToUpperInvariant(bare[0]) + bare[1..].ToLowerInvariant() : "";
        set = ShortCategories.Contains(category) ? $@"\p{{{category}}}" : Sets.GetValueOrDefault(bare);
        return set is not null;
    }

    /// <summary>The set of an ASCII class such as <c>alpha</c> in <c>[[:alpha:]]</c>; null for a name that is none.</summary>
    public static string? FindAscii(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => @"\u0000-\u007F",
        "blank" => @"\t\u0020",
        "cntrl" => @"\u0000-\u001F\u007F",
        "digit" => "0-9",
        "graph" => @"\u0021-\u007E",
        "lower" => "a-z",
        "print" => @"\u0020-\u007E",
        "punct" => @"\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E",
        "space" => @"\t\n\v\f\r\u0020",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };
}
