using System.Globalization;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>A tree as the list of what it says: its single values with the place of each.</summary>
internal static class TreeLeaves
{
    /// <summary>
    /// Places as JSON pointers, each with the value as it is written; an empty collection and an alias count as values. A key that stands twice has its number behind it.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(SourceNode root)
    {
        var leaves = new List<KeyValuePair<string, string>>();
        Add(root, "", leaves);
        return leaves;
    }

    /// <summary>A step of a pointer.</summary>
    public static string Step(string key) => "/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void Add(SourceNode node, string pointer, List<KeyValuePair<string, string>> leaves)
    {
        switch (node)
        {
            case SourceMap { Entries.Count: > 0 } map:
                AddMap(map, pointer, leaves);
                break;
            case SourceList { Items.Count: > 0 } list:
                for (var i = 0; i < list.Items.Count; i++) Add(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), leaves);
                break;
            default:
                leaves.Add(new(pointer, TextOf(node)));
                break;
        }
    }

    private static void AddMap(SourceMap map, string pointer, List<KeyValuePair<string, string>> leaves)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var count = seen[entry.Key.Value] = seen.GetValueOrDefault(entry.Key.Value) + 1;
            Add(entry.Value, pointer + Step(entry.Key.Value) + (count > 1 ? $"#{count}" : ""), leaves);
        }
    }

    private static string TextOf(SourceNode node) => node switch
    {
        SourceScalar scalar => $"{scalar.Form} {scalar.Tag} &{scalar.Anchor} {scalar.Value}",
        SourceMap map => $"{{}} {map.Tag} &{map.Anchor}",
        SourceList list => $"[] {list.Tag} &{list.Anchor}",
        SourceAlias alias => $"*{alias.Name}",
        _ => throw new InvalidOperationException($"A node of a kind that does not exist: {node}."),
    };
}
