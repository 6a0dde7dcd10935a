using System.Text;
using System.Text.RegularExpressions;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>A text with parts of it exchanged.</summary>
internal static class TextReplacing
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("replace_regex", FunctionKind.Scalar,
            "A text with all matches of a regular expression replaced; `\\1` stands for what the first group matched, `\\0` for the whole match.",
            "replace_regex('Number is 1', @'is (\\d+)', @'was: \\1')", "replace-regex-function")
        {
            Signatures =
            [
                new([Parameter.Text("source"), Parameter.Text("lookup_regex"), Parameter.Text("rewrite_pattern")],
                    KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string, string, string>(ReplaceRegex),
                },
            ],
        },
        new("replace", FunctionKind.Scalar, "The deprecated form of `replace_regex`, with the text last.",
            "replace(@'is (\\d+)', @'was: \\1', 'Number is 1')", "replace-regex-function")
        {
            Signatures =
            [
                new([Parameter.Text("regex"), Parameter.Text("rewrite"), Parameter.Text("source")],
                    KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(row => ReplaceRegex((string)row[2], (string)row[0], (string)row[1])),
                },
            ],
        },
        new("regex_quote", FunctionKind.Scalar, "A text as a regular expression that matches that text only.",
            "regex_quote('(so$me.Te^xt)')", "regex-quote-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("string")], KqlType.String) { Kernel = _ => Map.Of<string, string>(Quote) },
            ],
        },
        new("replace_string", FunctionKind.Scalar, "A text with all occurrences of another replaced.",
            "replace_string('Number is 1', 'is', 'was')", "replace-string-function")
        {
            Signatures =
            [
                new([Parameter.Text("text"), Parameter.Text("lookup"), Parameter.Text("rewrite")],
                    KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string, string, string>((text, lookup, rewrite) =>
                        lookup.Length == 0 ? text : text.Replace(lookup, rewrite, StringComparison.Ordinal)),
                },
            ],
        },
        new("replace_strings", FunctionKind.Scalar,
            "A text with all occurrences of several others replaced at once, the earlier one first where two match.",
            "replace_strings('a cat', dynamic(['cat']), dynamic(['dog']))", "replace-strings-function")
        {
            Signatures =
            [
                new([Parameter.Text("text"), Parameter.Dynamic("lookups"), Parameter.Dynamic("rewrites")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, object, object, string>(ReplaceStrings),
                },
            ],
        },
        new("translate", FunctionKind.Scalar,
            "A text with each character of one list replaced by its counterpart in another; the last counterpart serves for all that follow.",
            "translate('krasp', 'otsku', 'spark')", "translate-function")
        {
            Signatures =
            [
                new([Parameter.Text("searchList"), Parameter.Text("replacementList"), Parameter.Text("source")],
                    KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(row => Translate((string)row[0], (string)row[1], (string)row[2])),
                },
            ],
        },
    ];

    /// <summary>A text as a regular expression that matches that text only.</summary>
    internal static string Quote(string text)
    {
        const string Special = @"\.+*?()|[]{}^$#&-~";
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal)) result.Append('\\');
            result.Append(c);
        }

        return result.ToString();
    }

    private static string ReplaceRegex(string text, string regex, string rewrite) =>
        RegexTranslation.Get(regex).Replace(text, match => Rewrite(match, rewrite));

    private static string Rewrite(Match match, string rewrite)
    {
        if (!rewrite.Contains('\\', StringComparison.Ordinal)) return rewrite;
        var result = new StringBuilder(rewrite.Length + match.Length);
        for (var i = 0; i < rewrite.Length; i++)
        {
            var next = i + 1 < rewrite.Length ? rewrite[i + 1] : '\0';
            if (rewrite[i] != '\\' || !(char.IsAsciiDigit(next) || next == '\\'))
            {
                result.Append(rewrite[i]);
                continue;
            }

            i++;
            // A group the expression does not have matched nothing.
            result.Append(next == '\\' ? "\\" : match.Groups[next - '0'].Value);
        }

        return result.ToString();
    }

    private static string ReplaceStrings(string text, object lookups, object rewrites)
    {
        if (lookups is not DynamicArray from || rewrites is not DynamicArray to) return text;
        if (from.Count != to.Count)
            throw new CallFailedException($"`replace_strings` needs as many rewrites as lookups; it was given {from.Count} lookups and {to.Count} rewrites.");
        // An earlier lookup takes its matches anywhere in the text before a later one sees what is left.
        List<(string Text, bool IsDone)> pieces = [(text, false)];
        for (var i = 0; i < from.Count; i++)
        {
            if (from[i] is string { Length: > 0 } lookup)
                // A rewrite that is no text leaves the match as it is, but no other lookup may touch it.
                pieces = [.. pieces.SelectMany(piece => piece.IsDone ? [piece] : Cut(piece.Text, lookup, to[i] as string ?? lookup))];
        }

        return string.Concat(pieces.Select(piece => piece.Text));
    }

    private static IEnumerable<(string Text, bool IsDone)> Cut(string text, string lookup, string rewrite)
    {
        var parts = text.Split(lookup);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0) yield return (rewrite, true);
            yield return (parts[i], false);
        }
    }

    private static string Translate(string searchList, string replacementList, string source)
    {
        if (searchList.Length == 0) return source;
        Rune[] search = [.. searchList.EnumerateRunes()];
        Rune[] replacement = [.. replacementList.EnumerateRunes()];
        var result = new StringBuilder(source.Length);
        foreach (var rune in source.EnumerateRunes())
        {
            var index = Array.IndexOf(search, rune);
            if (index < 0) result.Append(rune.ToString());
            else if (replacement.Length > 0) result.Append(replacement[Math.Min(index, replacement.Length - 1)].ToString());
        }

        return result.ToString();
    }
}
