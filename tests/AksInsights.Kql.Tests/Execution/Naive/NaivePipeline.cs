namespace AksInsights.Kql.Tests.Execution.Naive;

/// <summary>A query of random operators, and the rows that it gives by plain code, one row at a time.</summary>
/// <param name="Text">The query.</param>
/// <param name="Expected">Its rows as <see cref="NaiveRow.Line"/> writes them.</param>
/// <param name="IsOrdered">Whether their order is part of what is expected.</param>
internal sealed record NaivePipeline(string Text, IReadOnlyList<string> Expected, bool IsOrdered)
{
    private const string Columns = "Id, K, N, R, B";

    /// <summary>A query over T and U: up to four steps that keep the columns, and one that ends it.</summary>
    public static NaivePipeline Make(Random chance, NaiveRow[] t, NaiveRow[] u)
    {
        var (text, rows) = ("T", (IReadOnlyList<NaiveRow>)t);
        for (var steps = chance.Next(5); steps > 0; steps--)
        {
            var step = Step(chance, rows);
            (text, rows) = (text + "\n| " + step.Text, step.Rows);
        }

        var end = chance.Next(3) switch { 0 => Groups(chance, rows), 1 => Joined(chance, rows, u), _ => Sorted(chance, rows) };
        return end with { Text = text + "\n| " + end.Text };
    }

    private static (string Text, IReadOnlyList<NaiveRow> Rows) Step(Random chance, IReadOnlyList<NaiveRow> rows)
    {
        var (predicate, amount) = (NaivePredicate.Any(chance, 2), chance.Next(1, 4));
        return chance.Next(7) switch
        {
            0 => ($"extend N = N + {amount}", [.. rows.Select(row => row with { N = row.N + amount })]),
            1 => ($"extend R = iff({predicate.Text}, R, -1.0)", [.. rows.Select(row => row with { R = predicate.Of(row) == true ? row.R : -1.0 })]),
            4 => ($"extend N = bin(N, {amount}), R = R * {amount}", [.. rows.Select(row => row with { N = Floor(row.N, amount), R = row.R * amount })]),
            2 => ($"extend K = iff({predicate.Text}, strcat(K, 'x'), K)", [.. rows.Select(row => row with { K = predicate.Of(row) == true ? row.K + "x" : row.K })]),
            3 => ($"extend B = {predicate.Text}", [.. rows.Select(row => row with { B = predicate.Of(row) })]),
            _ => ($"where {predicate.Text}", [.. rows.Where(row => predicate.Of(row) == true)]),
        };
    }

    private static long? Floor(long? value, int size) => value is { } whole ? (long)Math.Floor((double)whole / size) * size : null;

    private static NaivePipeline Groups(Random chance, IReadOnlyList<NaiveRow> rows)
    {
        var predicate = NaivePredicate.Any(chance, 1);
        (string Text, Func<NaiveRow, object?[]> Of)[] keys = [("K", r => [r.K]), ("N", r => [r.N]), ("K, B", r => [r.K, r.B]), ("N, R, K", r => [r.N, r.R, r.K])];
        var key = keys[chance.Next(keys.Length)];
        var expected = rows.GroupBy(row => NaiveRow.Line(key.Of(row))).Select(group => NaiveRow.Line(
        [
            .. key.Of(group.First()), (long)group.Count(), group.Sum(row => row.N ?? 0), group.Min(row => row.N), group.Max(row => row.R), group.Average(row => row.R) ?? double.NaN,
            (long)group.Count(row => predicate.Of(row) == true), (long)group.Select(row => row.N).Where(n => n is not null).Distinct().Count(),
            group.Max(row => row.Id),
        ]));
        var text = $"summarize count(), sum(N), min(N), max(R), avg(R), Hits = countif({predicate.Text}), dcount(N), max(Id) by {key.Text}\n"
            + $"| project {key.Text}, count_, sum_N, min_N, max_R, avg_R, Hits, dcount_N, max_Id";
        return new NaivePipeline(text, [.. expected], IsOrdered: false);
    }

    // A null meets no null; an empty text meets an empty one.
    private static NaivePipeline Joined(Random chance, IReadOnlyList<NaiveRow> rows, NaiveRow[] u)
    {
        (string Text, Func<NaiveRow, NaiveRow, bool> Meet)[] keys =
            [("K", (l, r) => l.K == r.K), ("N", (l, r) => l.N == r.N && l.N is not null), ("K, N", (l, r) => l.K == r.K && l.N == r.N && l.N is not null)];
        var (on, meet) = keys[chance.Next(keys.Length)];
        var pairs = rows.SelectMany(l => u.Where(r => meet(l, r)).Select(r => NaiveRow.Line(l.Id, r.Id)));
        var alone = rows.Where(l => !u.Any(r => meet(l, r))).ToArray();
        var others = u.Where(r => !rows.Any(l => meet(l, r))).ToArray();
        var (kind, expected, columns) = chance.Next(8) switch
        {
            0 => ("leftouter", pairs.Concat(alone.Select(l => NaiveRow.Line(l.Id, null))), "Id, Id1"),
            1 => ("rightouter", pairs.Concat(others.Select(r => NaiveRow.Line(null, r.Id))), "Id, Id1"),
            2 => ("fullouter", pairs.Concat(alone.Select(l => NaiveRow.Line(l.Id, null))).Concat(others.Select(r => NaiveRow.Line(null, r.Id))), "Id, Id1"),
            3 => ("leftanti", alone.Select(l => l.Text), Columns),
            4 => ("rightanti", others.Select(r => r.Text), Columns),
            5 => ("leftsemi", rows.Where(l => u.Any(r => meet(l, r))).Select(l => l.Text), Columns),
            6 => ("rightsemi", u.Where(r => rows.Any(l => meet(l, r))).Select(r => r.Text), Columns),
            _ => ("inner", pairs, "Id, Id1"),
        };
        return new NaivePipeline($"join kind={kind} U on {on}\n| project {columns}", [.. expected], IsOrdered: false);
    }

    // Ascending order begins with nulls and descending order ends with them, unless the query says otherwise.
    private static NaivePipeline Sorted(Random chance, IReadOnlyList<NaiveRow> rows)
    {
        var (ascending, firstSaid, take) = (chance.Next(2) == 0, chance.Next(3), chance.Next(1, 40));
        var nullsFirst = firstSaid == 0 ? ascending : firstSaid == 1;
        var nulls = firstSaid switch { 0 => "", 1 => " nulls first", _ => " nulls last" };
        var byNull = rows.OrderBy(row => row.N is null == nullsFirst ? 0 : 1);
        var sorted = (ascending ? byNull.ThenBy(row => row.N) : byNull.ThenByDescending(row => row.N)).ThenByDescending(row => row.K, StringComparer.Ordinal).ThenBy(row => row.Id).ToArray();
        var order = $"sort by N {(ascending ? "asc" : "desc")}{nulls}, K desc, Id asc";
        return chance.Next(3) switch
        {
            0 => new NaivePipeline($"{order}\n| take {take}", [.. sorted.Take(take).Select(row => row.Text)], IsOrdered: true),
            1 => new NaivePipeline($"{order}\n| project Id, p = prev(N), n = row_number()", [.. sorted.Select((row, i) => NaiveRow.Line(row.Id, i == 0 ? null : sorted[i - 1].N, i + 1L))], IsOrdered: true),
            _ => new NaivePipeline(order, [.. sorted.Select(row => row.Text)], IsOrdered: true),
        };
    }
}
