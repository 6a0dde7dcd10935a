using System.Globalization;
using System.Text;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Compares all findings of a moment with all that were expected.</summary>
internal static class MomentComparison
{
    /// <summary>What differs, for people; null when every expected finding is there once and nothing else is.</summary>
    public static string? Differences(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got)
    {
        var owner = Match(expected, got);
        var missing = expected.Where((_, i) => !owner.Contains(i)).ToList();
        var extra = got.Where((_, i) => owner[i] < 0).ToList();
        if (missing.Count == 0 && extra.Count == 0) return null;

        var text = new StringBuilder();
        foreach (var want in missing)
        {
            text.Append("    expected  ").Append(Describe(want)).Append('\n');
            var near = extra.Find(o => KeyAgrees(want, o));
            if (near is not null)
            {
                text.Append("    got       ").Append(Describe(near)).Append('\n');
                extra.Remove(near);
            }
            else
            {
                text.Append("    got       no such finding\n");
            }
        }

        foreach (var more in extra) text.Append("    not expected  ").Append(Describe(more)).Append('\n');
        return text.ToString();
    }

    // An expected finding that names few keys may fit several findings, so the pairs are found by augmenting paths, not first come first served.
    private static int[] Match(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got)
    {
        var owner = new int[got.Count];
        Array.Fill(owner, -1);
        for (var i = 0; i < expected.Count; i++) TryPlace(expected, got, owner, i, new bool[got.Count]);
        return owner;
    }

    private static bool TryPlace(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got, int[] owner, int want, bool[] tried)
    {
        for (var j = 0; j < got.Count; j++)
        {
            if (tried[j] || !Agrees(expected[want], got[j])) continue;
            tried[j] = true;
            if (owner[j] >= 0 && !TryPlace(expected, got, owner, owner[j], tried)) continue;
            owner[j] = want;
            return true;
        }

        return false;
    }

    private static bool Agrees(ExpectedFinding want, Observation got) =>
        KeyAgrees(want, got) && (want.Severity is null || want.Severity == got.Severity) && want.Measures.All(m => MeasureAgrees(m.Value.Text, got, m.Key));

    private static bool KeyAgrees(ExpectedFinding want, Observation got) =>
        want.Key.All(k => string.Equals(k.Value.Text ?? "", got.Key[k.Key] ?? "", StringComparison.Ordinal));

    private static bool MeasureAgrees(string? want, Observation got, string name)
    {
        var value = got.Content.Measures.FirstOrDefault(m => m.Name == name)?.Value;
        if (want is null || value is null) return want is null && value is null;
        if (!double.TryParse(want, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        return Math.Abs(number - value.Value) <= 1e-6 * Math.Max(1, Math.Abs(number));
    }

    private static string Describe(ExpectedFinding want)
    {
        var parts = want.Key.Select(k => $"{k.Key}={k.Value}").ToList();
        if (want.Severity is { } severity) parts.Add(SeverityText.Format(severity));
        parts.AddRange(want.Measures.Select(m => $"{m.Key}:{m.Value}"));
        return string.Join(' ', parts);
    }

    private static string Describe(Observation got)
    {
        var measures = got.Content.Measures.Select(m => $"{m.Name}:{m.Value?.ToString(CultureInfo.InvariantCulture) ?? "null"}");
        return string.Join(' ', [got.Key.ToString(), SeverityText.Format(got.Severity), .. measures]);
    }
}
