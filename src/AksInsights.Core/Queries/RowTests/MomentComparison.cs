using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Compares all findings of a moment with all that were expected.</summary>
internal static class MomentComparison
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What differs, for people; null when every expected finding is there once and nothing else is.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="got">What is there.</param>
    /// <param name="start">The time from which offsets count.</param>
    public static string? Differences(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got, DateTime start)
    {
        var owner = Match(expected, got, start);
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
                text.Append("    got       ").Append(Describe(near, want)).Append('\n');
                extra.Remove(near);
            }
            else
            {
                text.Append("    got       no such finding\n");
            }
        }

        foreach (var more in extra) text.Append("    not expected  ").Append(Describe(more, null)).Append('\n');
        return text.ToString();
    }

    // An expected finding that names few keys may fit several findings, so the pairs are found by augmenting paths, not first come first served.
    private static int[] Match(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got, DateTime start)
    {
        var agree = expected.Select(want => got.Select(o => Agrees(want, o, start)).ToArray()).ToArray();
        var owner = new int[got.Count];
        Array.Fill(owner, -1);
        for (var i = 0; i < expected.Count; i++) TryPlace(agree, owner, i, new bool[got.Count]);
        return owner;
    }

    private static bool TryPlace(bool[][] agree, int[] owner, int want, bool[] tried)
    {
        for (var j = 0; j < owner.Length; j++)
        {
            if (tried[j] || !agree[want][j]) continue;
            tried[j] = true;
            if (owner[j] >= 0 && !TryPlace(agree, owner, owner[j], tried)) continue;
            owner[j] = want;
            return true;
        }

        return false;
    }

    private static bool Agrees(ExpectedFinding want, Observation got, DateTime start) =>
        KeyAgrees(want, got) && (want.Severity is null || want.Severity == got.Severity) && want.Measures.All(m => MeasureAgrees(m.Value.Text, got, m.Key))
        && want.Evidence.All(e => EvidenceAgrees(e.Value, got.Content.Evidence.FirstOrDefault(item => item.Name == e.Key)?.Json, start));

    private static bool KeyAgrees(ExpectedFinding want, Observation got) =>
        want.Key.All(k => string.Equals(k.Value.Text ?? "", got.Key[k.Key] ?? "", StringComparison.Ordinal));

    private static bool MeasureAgrees(string? want, Observation got, string name)
    {
        var value = got.Content.Measures.FirstOrDefault(m => m.Name == name)?.Value;
        if (want is null || value is null) return want is null && value is null;
        return Number(want) is { } number && Near(number, value.Value);
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Near(double want, double got) => Math.Abs(want - got) <= 1e-6 * Math.Max(1, Math.Abs(want));

    // Evidence is kept as JSON; a text may be written with or without its quotes, a time as an offset, and the items of a set in any order.
    private static bool EvidenceAgrees(CellText expected, string? json, DateTime start)
    {
        var want = expected.Text;
        if (want is null || json is null or "null") return want is null && json is null or "null";
        if (want == json || JsonSerializer.Serialize(want, AsWritten) == json) return true;
        if (expected.IsStructure && json.StartsWith('[') && want.StartsWith('[')) return Items(want).SequenceEqual(Items(json));
        if (Number(want) is { } number && Number(json) is { } got) return Near(number, got);
        if (Durations.TryParse(want, out var offset) && TryTime(json, out var time)) return time == start + offset;
        return ValueText.TryReadTime(want, out var instant) && TryTime(json, out time) && time == instant;
    }

    private static IEnumerable<string> Items(string json)
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(item => item.GetRawText()).Order(StringComparer.Ordinal)];
    }

    private static bool TryTime(string json, out DateTime time)
    {
        time = default;
        return json.StartsWith('"') && ValueText.TryReadTime(json.Trim('"'), out time);
    }

    private static string Describe(ExpectedFinding want)
    {
        var parts = want.Key.Select(k => $"{k.Key}={k.Value}").ToList();
        if (want.Severity is { } severity) parts.Add(SeverityText.Format(severity));
        parts.AddRange(want.Measures.Concat(want.Evidence).Select(m => $"{m.Key}:{m.Value}"));
        return string.Join(' ', parts);
    }

    private static string Describe(Observation got, ExpectedFinding? want)
    {
        var evidence = got.Content.Evidence.Where(e => want?.Evidence.ContainsKey(e.Name) == true).Select(e => $"{e.Name}:{e.Json}");
        var measures = got.Content.Measures.Select(m => $"{m.Name}:{m.Value?.ToString(CultureInfo.InvariantCulture) ?? "null"}");
        return string.Join(' ', [got.Key.ToString(), SeverityText.Format(got.Severity), .. measures, .. evidence]);
    }
}
