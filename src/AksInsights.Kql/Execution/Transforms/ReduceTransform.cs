using System.Text;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>How reduce takes texts apart and what it counts as frequent.</summary>
/// <param name="Threshold">A term is frequent if more than this share of the rows have it at its place.</param>
/// <param name="Characters">The characters between terms; null: all ASCII characters that are neither letters nor digits.</param>
/// <param name="KeepRows">Whether the rows stay and are given their pattern, instead of being counted by it.</param>
internal sealed record ReduceOptions(double Threshold, string? Characters, bool KeepRows)
{
    /// <summary>Whether a character stands between terms.</summary>
    public bool Separates(char c) => Characters is null ? char.IsAscii(c) && !char.IsLetterOrDigit(c) : Characters.Contains(c, StringComparison.Ordinal);
}

/// <summary>reduce: groups similar texts by the frequent terms they share.</summary>
/// <remarks>
/// Source: learn.microsoft.com/kusto/query/reduce-operator and the paper it names (Vaarandi, A Data Clustering Algorithm for Mining Patterns From Event Logs).
/// As there, a text becomes the list of its terms that are frequent at their place, and texts with one list are a group. The service's own rules for small
/// groups are not documented. Here a group that does not exceed the threshold, and every text without a frequent term, goes to <c>others</c>; a run of
/// other terms is one <c>*</c>, which also takes in separators next to it if they were named by <c>characters</c>. Two passes over the texts.
/// </remarks>
internal sealed class ReduceTransform(ReduceOptions options, IReadOnlyList<ColumnVariable> output) : IRowTransform
{
    private const string Others = "others";

    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var texts = ((Column<string>)reads[0]).Read();
        var counts = new Dictionary<(int Place, string Term), int>();
        for (var row = 0; row < rowCount; row++)
        {
            if ((row & 1023) == 0) context.Cancellation.ThrowIfCancellationRequested();
            var place = 0;
            foreach (var (start, length) in Terms(texts[row]))
            {
                var key = (place++, texts[row].Substring(start, length));
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        context.ReserveMemory(counts.Count * 80L);
        var least = options.Threshold * rowCount;
        var frequent = counts.Where(c => c.Value > least).Select(c => c.Key).ToHashSet();
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        var groupOf = new Group[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            if ((row & 1023) == 0) context.Cancellation.ThrowIfCancellationRequested();
            var (key, pattern) = Pattern(texts[row], frequent);
            if (!groups.TryGetValue(key, out var group)) groups[key] = group = new Group(key.Length == 0 ? Others : pattern, texts[row]);
            group.Count++;
            groupOf[row] = group;
        }

        return options.KeepRows ? Labelled(groupOf, least) : Counted(groups.Values, least);
    }

    private static bool IsKept(Group group, double least) => group.Pattern != Others && group.Count > least;

    private TransformResult Labelled(Group[] groupOf, double least)
    {
        var patterns = Array.ConvertAll(groupOf, g => IsKept(g, least) ? g.Pattern : Others);
        return new TransformResult(groupOf.Length, null, new Dictionary<ColumnVariable, Column> { [output[0]] = new FlatColumn<string>(KqlType.String, patterns) });
    }

    private TransformResult Counted(IEnumerable<Group> groups, double least)
    {
        var all = groups.ToArray();
        var kept = all.Where(g => IsKept(g, least)).OrderByDescending(g => g.Count).ToList();
        var rest = all.Where(g => !IsKept(g, least)).Sum(g => g.Count);
        if (rest > 0) kept.Add(new Group(Others, "") { Count = rest });
        return new TransformResult(kept.Count, null, new Dictionary<ColumnVariable, Column>
        {
            [output[0]] = new FlatColumn<string>(KqlType.String, kept.Select(g => g.Pattern).ToArray()),
            [output[1]] = new FlatColumn<long>(KqlType.Long, kept.Select(g => (long)g.Count).ToArray()),
            [output[2]] = new FlatColumn<string>(KqlType.String, kept.Select(g => g.Representative).ToArray()),
        });
    }

    /// <summary>The frequent terms of a text with their places, and the text with the others replaced; an empty key where no term is frequent.</summary>
    private (string Key, string Pattern) Pattern(string text, HashSet<(int Place, string Term)> frequent)
    {
        var key = new StringBuilder();
        var pattern = new StringBuilder();
        var (place, end, inStar) = (0, 0, false);
        foreach (var (start, length) in Terms(text))
        {
            var isFrequent = frequent.Contains((place, text.Substring(start, length)));
            var gap = text[end..start];
            if (isFrequent)
            {
                key.Append(place).Append(':').Append(text, start, length).Append('\n');
                pattern.Append(inStar && options.Characters is not null ? "" : gap).Append(text, start, length);
            }
            else if (!inStar)
            {
                pattern.Append(options.Characters is null ? gap : "").Append('*');
            }

            (place, end, inStar) = (place + 1, start + length, !isFrequent);
        }

        if (!inStar || options.Characters is null) pattern.Append(text, end, text.Length - end);
        return (key.ToString(), pattern.ToString());
    }

    private IEnumerable<(int Start, int Length)> Terms(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (options.Separates(text[start])) continue;
            var end = start;
            while (end < text.Length && !options.Separates(text[end])) end++;
            yield return (start, end - start);
            start = end;
        }
    }

    private sealed class Group(string pattern, string representative)
    {
        public string Pattern { get; } = pattern;

        public string Representative { get; } = representative;

        public int Count { get; set; }
    }
}
