using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Cutting and turning one text.</summary>
internal static class TextShaping
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("toupper", FunctionKind.Scalar, "A text in upper case.", "toupper('Hello')", "toupper-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string>(t => t.ToUpperInvariant()),
                },
            ],
        },
        new("tolower", FunctionKind.Scalar, "A text in lower case.", "tolower('Hello')", "tolower-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string>(t => t.ToLowerInvariant()),
                },
            ],
        },
        new("reverse", FunctionKind.Scalar, "The characters of a text in reverse order.", "reverse('ABC')", "reverse-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.String) { Kernel = _ => Map.Of<string, string>(Reverse) },
            ],
        },
        new("substring", FunctionKind.Scalar,
            "The part of a text from a position on, which counts from 0 and from the end where it is negative; optionally so many characters of it.",
            "substring('123456', 2, 2)", "substring-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("source"), Parameter.Long("startingIndex"), Parameter.Long("length").Optional()],
                    KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(Substring),
                },
            ],
        },
        new("split", FunctionKind.Scalar,
            "The parts of a text between delimiters, as an array; with an index, an array of that part only.",
            "split('aa_bb', '_')", "split-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([TextParameters.AnyAsText("source"), Parameter.Text("delimiter"), Parameter.Long("requestedIndex").Optional()],
                    KqlType.Dynamic)
                {
                    Kernel = _ => new MapMany<object>(Split),
                },
            ],
        },
        Trimming("trim", "A text without all matches of a regular expression at both its ends.", "trim('--', '--a--')",
            t => TrimEnd(TrimStart(t, all: true), all: true)),
        Trimming("trim_start", "A text without the match of a regular expression at its start.", "trim_start('[^\\\\w]+', '- a')",
            t => TrimStart(t, all: false)),
        Trimming("trim_end", "A text without the match of a regular expression at its end.", "trim_end('.com', 'bing.com')",
            t => TrimEnd(t, all: false)),
    ];

    private static FunctionEntry Trimming(string name, string description, string example, Func<(string Regex, string Text), (string Regex, string Text)> trim) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([Parameter.Text("regex"), Parameter.Text("source")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string, string>((regex, text) => trim((regex, text)).Text),
                },
            ],
        };

    private static (string Regex, string Text) TrimStart((string Regex, string Text) at, bool all)
    {
        var match = Anchored(at.Regex, all ? @"\A(?:{0})+" : @"\A(?:{0})").Match(at.Text);
        return (at.Regex, match.Success ? at.Text[match.Length..] : at.Text);
    }

    private static (string Regex, string Text) TrimEnd((string Regex, string Text) at, bool all)
    {
        var match = Anchored(at.Regex, all ? @"(?:{0})+\z" : @"(?:{0})\z").Match(at.Text);
        return (at.Regex, match.Success ? at.Text[..match.Index] : at.Text);
    }

    private static TextPattern Anchored(string regex, string form) => RegexTranslation.TryGet(regex, out _, out var problem)
        ? RegexTranslation.Get(form.Replace("{0}", regex, StringComparison.Ordinal))
        : throw new CallFailedException(problem);

    private static string Reverse(string text)
    {
        var reversed = text.ToCharArray();
        Array.Reverse(reversed);
        // Pairs must keep their order, or they are two characters that do not exist.
        for (var i = 0; i + 1 < reversed.Length; i++)
        {
            if (char.IsSurrogatePair(reversed[i + 1], reversed[i]))
                (reversed[i], reversed[i + 1]) = (reversed[i + 1], reversed[i]);
        }

        return new string(reversed);
    }

    private static Maybe<string> Substring(object[] row)
    {
        var text = (string)row[0];
        var from = (long)row[1];
        var length = row.Length > 2 ? (long)row[2] : long.MaxValue;
        if (from < 0) from = Math.Max(0, CodePoints.Count(text) + from);
        if (length <= 0) return "";
        var start = CodePoints.ToUnit(text, from);
        var end = length > int.MaxValue ? text.Length : CodePoints.ToUnit(text, from + length);
        return start >= end ? "" : text[start..end];
    }

    private static Maybe<object> Split(object[] row)
    {
        var text = (string)row[0];
        var delimiter = (string)row[1];
        var parts = delimiter.Length == 0 ? [text] : text.Split(delimiter);
        if (row.Length < 3) return new DynamicArray(parts);
        var index = (long)row[2];
        return index >= 0 && index < parts.Length ? new DynamicArray([parts[index]]) : DynamicArray.Empty;
    }
}
