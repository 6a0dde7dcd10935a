using System.Globalization;
using System.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>Where a node stands in its document.</summary>
internal static class SourcePath
{
    /// <summary>The nodes from the root to a node, both included; null when the tree does not hold it.</summary>
    public static IReadOnlyList<SourceNode>? To(SourceNode root, SourceNode wanted)
    {
        var chain = new List<SourceNode>();
        return Search(root, wanted, chain) ? chain : null;
    }

    /// <summary>The node at the end of a path of keys; null when the path leaves the mappings.</summary>
    public static SourceNode? Follow(SourceNode? from, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) from = (from as SourceMap)?[key];
        return from;
    }

    /// <summary>The node of a second tree that stands where a node stands in the first; null when there is none.</summary>
    public static SourceNode? SameIn(SourceNode first, SourceNode node, SourceNode? second)
    {
        if (To(first, node) is not { } chain) return null;
        for (var i = 1; i < chain.Count && second is not null; i++)
        {
            second = chain[i - 1] switch
            {
                SourceMap map => (second as SourceMap)?[map.Entries.First(e => ReferenceEquals(e.Value, chain[i])).Key.Value],
                SourceList list => (second as SourceList)?.Items.ElementAtOrDefault(list.Items.ToList().FindIndex(item => ReferenceEquals(item, chain[i]))),
                _ => null,
            };
        }

        return second;
    }

    /// <summary>A path for people: <c>spec.containers[0].image</c>.</summary>
    public static string Text(IEnumerable<object> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step is int index) text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (step is string key && key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/')) text.Append(text.Length > 0 ? "." : "").Append(key);
            else text.Append(CultureInfo.InvariantCulture, $"[\"{step}\"]");
        }

        return text.ToString();
    }

    private static bool Search(SourceNode at, SourceNode wanted, List<SourceNode> chain)
    {
        chain.Add(at);
        if (ReferenceEquals(at, wanted)) return true;
        var found = at switch
        {
            SourceMap map => map.Entries.Any(e => Search(e.Value, wanted, chain)),
            SourceList list => list.Items.Any(i => Search(i, wanted, chain)),
            _ => false,
        };
        if (!found) chain.RemoveAt(chain.Count - 1);
        return found;
    }
}
