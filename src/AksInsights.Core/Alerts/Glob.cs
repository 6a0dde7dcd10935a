namespace AksInsights.Core.Alerts;

/// <summary>A pattern for names: a star stands for any characters, all else for itself, in any case.</summary>
internal static class Glob
{
    /// <summary>Whether a name fits one of the patterns; no patterns fit everything.</summary>
    public static bool MatchesAny(IReadOnlyList<string> patterns, string? name) =>
        patterns.Count == 0 || (name is not null && patterns.Any(pattern => Matches(pattern, name)));

    /// <summary>Whether a name fits a pattern. Cost: O(pattern × name) at worst, without recursion.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
