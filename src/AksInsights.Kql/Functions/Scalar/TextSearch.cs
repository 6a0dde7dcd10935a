using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Where, and how often, a text occurs in another.</summary>
internal static class TextSearch
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("indexof", FunctionKind.Scalar,
            "The position, from 0, at which a text is found in another, optionally in a window of it and for the n-th time; -1 if it is not; null for a length below -1 or an occurrence below 0.",
            "indexof('abcdefg', 'cde')", "indexof-function")
        {
            Signatures = [Search(_ => new MapMany<long>(IndexOf))],
        },
        new("indexof_regex", FunctionKind.Scalar,
            "The position, from 0, at which a regular expression matches; -1 if it does not; null for a start or an occurrence below 0 or a length below -1.",
            "indexof_regex('abcabc', 'a.c')", "indexof-regex-function")
        {
            Signatures = [Search(_ => new MapMany<long>(IndexOfRegex))],
        },
        new("countof", FunctionKind.Scalar,
            "How often a text occurs in another, overlapping ones too; or, with the kind `regex`, how often a regular expression matches.",
            "countof('aaaa', 'aa')", "countof-function")
        {
            Signatures =
            [
                new([Parameter.Text("source"), Parameter.Text("search"), Parameter.Text("kind").Optional()],
                    KqlType.Long)
                {
                    Kernel = _ => new MapMany<long>(CountOf),
                },
            ],
        },
        new("has_any_index", FunctionKind.Scalar,
            "The index in an array of the first item that the text has as a term; -1 if it has none; null for what is no array.",
            "has_any_index('this is an example', dynamic(['this', 'example']))", "has-any-index-function")
        {
            Signatures =
            [
                new([Parameter.Text("source"), Parameter.Dynamic("values")], KqlType.Long)
                {
                    Kernel = _ => Map.OfMaybe<string, object, long>(HasAnyIndex),
                },
            ],
        },
        new("strcmp", FunctionKind.Scalar,
            "-1, 0 or 1: whether the first text comes before, with or behind the second by code points.", "strcmp('ABC', 'abc')",
            "strcmp-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("string1"), TextParameters.AnyAsText("string2")], KqlType.Long)
                {
                    Kernel = _ => Map.Of<string, string, long>((a, b) => Math.Sign(string.CompareOrdinal(a, b))),
                },
            ],
        },
    ];

    private static Signature Search(Func<CallShape, ScalarKernel> kernel) => new(
        [
            TextParameters.AnyAsText("string"),
            TextParameters.AnyAsText("match"),
            Parameter.Long("start").Optional(),
            Parameter.Long("length").Optional(),
            Parameter.Long("occurrence").Optional(),
        ],
        KqlType.Long)
    {
        Kernel = kernel,
    };

    private static Maybe<long> IndexOf(object[] row)
    {
        var (text, match) = ((string)row[0], (string)row[1]);
        var start = row.Length > 2 ? (long)row[2] : 0;
        // A negative start counts from the end.
        if (start < 0) start = Math.Max(0, CodePoints.Count(text) + start);
        if (!TryLimits(row, out var length, out var occurrence)) return Maybe<long>.Null;
        var next = CodePoints.ToUnit(text, start);
        var found = -1;
        for (var i = 0L; i < occurrence; i++)
        {
            // The page's example of a second occurrence counts the length anew from behind the first.
            var end = EndOfWindow(text, next, length);
            var at = next > end ? -1 : text.AsSpan(next, end - next).IndexOf(match, StringComparison.Ordinal);
            if (at < 0) return -1L;
            found = next + at;
            next = found + 1;
        }

        return occurrence == 0 ? -1L : CodePoints.FromUnit(text, found);
    }

    private static Maybe<long> IndexOfRegex(object[] row)
    {
        var text = (string)row[0];
        var start = row.Length > 2 ? (long)row[2] : 0;
        if (start < 0 || !TryLimits(row, out var length, out var occurrence)) return Maybe<long>.Null;
        var from = CodePoints.ToUnit(text, start);
        var matches = RegexTranslation.Get((string)row[1]).Matches(text[from..EndOfWindow(text, from, length)]);
        if (occurrence < 1 || occurrence > matches.Count) return -1L;
        return CodePoints.FromUnit(text, from + matches[(int)occurrence - 1].Index);
    }

    /// <summary>The length to look at (-1: all) and which occurrence is meant; false where they make no sense.</summary>
    private static bool TryLimits(object[] row, out long length, out long occurrence)
    {
        length = row.Length > 3 ? (long)row[3] : -1;
        occurrence = row.Length > 4 ? (long)row[4] : 1;
        return length >= -1 && occurrence >= 0;
    }

    private static int EndOfWindow(string text, int from, long length)
    {
        if (length < 0 || length >= text.Length - from) return text.Length;
        return from + CodePoints.ToUnit(text[from..], length);
    }

    private static Maybe<long> CountOf(object[] row)
    {
        var (text, search) = ((string)row[0], (string)row[1]);
        var kind = row.Length > 2 ? (string)row[2] : "normal";
        return kind switch
        {
            "normal" => CountPlain(text, search),
            "regex" => (long)RegexTranslation.Get(search).Matches(text).Count,
            _ => throw new CallFailedException($"`countof` knows the kinds `normal` and `regex`; `{kind}` is neither."),
        };
    }

    private static long CountPlain(string text, string search)
    {
        if (search.Length == 0) return 0;
        var count = 0L;
        for (var at = text.IndexOf(search, StringComparison.Ordinal); at >= 0; at = text.IndexOf(search, at + 1, StringComparison.Ordinal)) count++;
        return count;
    }

    private static Maybe<long> HasAnyIndex(string text, object values)
    {
        if (values is not DynamicArray array) return Maybe<long>.Null;
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is { } value && StringPredicates.Has(text, ScalarValues.ToText(value), ignoreCase: true)) return i;
        }

        return -1L;
    }
}
