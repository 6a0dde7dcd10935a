using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AksInsights.Kql.Functions.Patterns;

/// <summary>The regular expressions of the language (RE2 and its kin) as regular expressions of .NET, compiled once per pattern text.</summary>
/// <remarks>
/// Taken: everything on the reference page, with Unicode classes for the basic plane. Refused, by name: look-around, back-references,
/// atomic groups, and byte mode. Groups are numbered from left to right whether or not they have names, unlike .NET's.
/// Source: learn.microsoft.com/kusto/query/regex.
/// </remarks>
internal static class RegexTranslation
{
    // Patterns may come from data, one a row; what is kept must not grow with it.
    private const int MaxCached = 1_000;
    private static readonly ConcurrentDictionary<string, (TextPattern? Pattern, string? Problem)> Cache = new(StringComparer.Ordinal);

    /// <summary>Compiles a pattern, or says in a full sentence why it cannot be.</summary>
    public static bool TryGet(
        string pattern, [NotNullWhen(true)] out TextPattern? compiled, [NotNullWhen(false)] out string? problem)
    {
        if (!Cache.TryGetValue(pattern, out var known))
        {
            if (Cache.Count >= MaxCached) Cache.Clear();
            known = Compile(pattern);
            Cache[pattern] = known;
        }

        compiled = known.Pattern;
        problem = known.Problem;
        return compiled is not null;
    }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="CallFailedException">The pattern is not in the language.</exception>
    public static TextPattern Get(string pattern) =>
        TryGet(pattern, out var compiled, out var problem) ? compiled : throw new CallFailedException(problem);

    private static (TextPattern? Pattern, string? Problem) Compile(string pattern)
    {
        var translator = new RegexTranslator(pattern);
        if (!translator.TryTranslate(out var translated)) return (null, translator.Problem);
        try
        {
            return (new TextPattern(pattern, translated, translator.GroupNumbers, translator.GroupCount), null);
        }
        catch (ArgumentException refused)
        {
            // .NET finds what is left: bad ranges, repetitions of nothing. Its sentence ends with the reason.
            var reason = refused.Message[(refused.Message.LastIndexOf(". ", StringComparison.Ordinal) + 1)..].Trim();
            return (null, $"The regular expression `{pattern}` cannot be read: {reason}");
        }
    }
}
