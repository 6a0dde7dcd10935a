namespace AksInsights.Kql.Diagnostics;

/// <summary>Finds what a person probably meant by a name that is not known.</summary>
public static class NearestNames
{
    /// <summary>The candidates close to a name, nearest first; empty when none is close enough to be worth naming.</summary>
    /// <param name="name">The name that was not found.</param>
    /// <param name="candidates">The names that exist; repeats are named once.</param>
    /// <param name="limit">How many to give at most.</param>
    /// <remarks>
    /// Close is a third of the letters at most (and at least one) changed, added, left out or swapped with a neighbour, case aside; or the name
    /// is the beginning of the candidate. Cost: O(candidates x length squared).
    /// </remarks>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates, int limit = 3)
    {
        if (name.Length is 0 or > 100) return [];
        var wanted = name.ToLowerInvariant();
        var allowed = Math.Max(1, name.Length / 3);
        return [.. candidates.Distinct(StringComparer.Ordinal)
            .Select(c => (Name: c, Distance: Distance(wanted, c.ToLowerInvariant(), allowed)))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(limit)
            .Select(c => c.Name)];
    }

    /// <summary>A sentence that names the nearest candidates, such as <c>Nearest: `Reason`.</c>; null when none is close.</summary>
    public static string? Sentence(string name, IEnumerable<string> candidates)
    {
        var nearest = Of(name, candidates);
        return nearest.Count == 0 ? null : $"Nearest: {string.Join(", ", nearest.Select(n => $"`{n}`"))}.";
    }

    private static int Distance(string wanted, string candidate, int allowed)
    {
        if (wanted.Length >= 3 && candidate.StartsWith(wanted, StringComparison.Ordinal)) return 1;
        if (Math.Abs(wanted.Length - candidate.Length) > allowed) return int.MaxValue;
        return OptimalAlignment(wanted, candidate);
    }

    // Three rows of the usual table suffice, because a swap looks back two.
    private static int OptimalAlignment(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1], last = new int[b.Length + 1], row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }
}
