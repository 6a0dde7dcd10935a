using System.Globalization;
using System.Text;

namespace AksInsights.Core.Changes;

/// <summary>Writes changes of files the way <c>git diff</c> does, so that <c>git apply</c> can make them.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes one file's change. Line breaks and byte order marks are kept as they are in the file. Cost: O(lines) for changes of few lines.</summary>
    public static string Write(FileChange change)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"diff --git a/{change.Path} b/{change.Path}\n");
        if (change.Before is null) text.Append("new file mode 100644\n");
        text.Append(change.Before is null ? "--- /dev/null\n" : $"--- a/{change.Path}\n").Append(CultureInfo.InvariantCulture, $"+++ b/{change.Path}\n");
        var (before, after) = (Lines(change.Before ?? default), Lines(change.After));
        foreach (var hunk in Hunks(Ranges(before, after))) WriteHunk(text, hunk, before, after);
        return text.ToString();
    }

    private static void WriteHunk(StringBuilder text, List<Range> hunk, List<string> before, List<string> after)
    {
        var (oldStart, newStart) = (Math.Max(0, hunk[0].Old - Context), Math.Max(0, hunk[0].New - Context));
        var oldEnd = Math.Min(before.Count, hunk[^1].Old + hunk[^1].Removed + Context);
        var newEnd = Math.Min(after.Count, hunk[^1].New + hunk[^1].Added + Context);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Place(oldStart, oldEnd)} +{Place(newStart, newEnd)} @@\n");
        var at = oldStart;
        foreach (var range in hunk)
        {
            for (; at < range.Old; at++) Line(text, ' ', before[at]);
            for (; at < range.Old + range.Removed; at++) Line(text, '-', before[at]);
            for (var i = range.New; i < range.New + range.Added; i++) Line(text, '+', after[i]);
        }

        for (; at < oldEnd; at++) Line(text, ' ', before[at]);
    }

    private static string Place(int start, int end)
    {
        var count = end - start;
        return count == 1 ? $"{start + 1}" : $"{(count == 0 ? start : start + 1)},{count}";
    }

    private static void Line(StringBuilder text, char sign, string line)
    {
        text.Append(sign).Append(line);
        if (!line.EndsWith('\n')) text.Append("\n\\ No newline at end of file\n");
    }

    private static List<string> Lines(ReadOnlyMemory<byte> bytes)
    {
        var text = Strict.GetString(bytes.Span);
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>Ranges closer than two contexts share a hunk.</summary>
    private static IEnumerable<List<Range>> Hunks(List<Range> ranges)
    {
        var hunk = new List<Range>();
        foreach (var range in ranges)
        {
            if (hunk.Count > 0 && range.Old - (hunk[^1].Old + hunk[^1].Removed) > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(range);
        }

        if (hunk.Count > 0) yield return hunk;
    }

    /// <summary>The shortest way from one list of lines to another, by Myers' greedy search; its cost grows with the number of changed lines only.</summary>
    private static List<Range> Ranges(List<string> before, List<string> after)
    {
        var (start, tail) = (0, 0);
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        while (tail < before.Count - start && tail < after.Count - start && before[^(tail + 1)] == after[^(tail + 1)]) tail++;
        var (n, m) = (before.Count - start - tail, after.Count - start - tail);
        var trace = new List<Dictionary<int, int>>();
        var ends = new Dictionary<int, int> { [1] = 0 };
        for (var d = 0; ; d++)
        {
            trace.Add(new Dictionary<int, int>(ends));
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && ends.GetValueOrDefault(k - 1, -1) < ends.GetValueOrDefault(k + 1, -1)) ? ends[k + 1] : ends[k - 1] + 1;
                while (x < n && x - k < m && x - k >= 0 && before[start + x] == after[start + x - k]) x++;
                ends[k] = x;
                if (x >= n && x - k >= m) return Backtrack(trace, n, m, start);
            }
        }
    }

    private static List<Range> Backtrack(List<Dictionary<int, int>> trace, int x, int y, int offset)
    {
        var ranges = new List<Range>();
        for (var d = trace.Count - 1; d > 0; d--)
        {
            var ends = trace[d];
            var k = x - y;
            var isInsert = k == -d || (k != d && ends.GetValueOrDefault(k - 1, -1) < ends.GetValueOrDefault(k + 1, -1));
            var (oldX, oldY) = isInsert ? (ends[k + 1], ends[k + 1] - k - 1) : (ends[k - 1], ends[k - 1] - k + 1);
            var step = new Range(offset + oldX, isInsert ? 0 : 1, offset + oldY, isInsert ? 1 : 0);
            if (ranges.Count > 0 && ranges[0].Old == step.Old + step.Removed && ranges[0].New == step.New + step.Added)
                ranges[0] = new Range(step.Old, step.Removed + ranges[0].Removed, step.New, step.Added + ranges[0].Added);
            else ranges.Insert(0, step);
            (x, y) = (oldX, oldY);
        }

        return ranges;
    }

    private readonly record struct Range(int Old, int Removed, int New, int Added);
}
