using System.Globalization;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>Compares what a document said before and after with what was planned: nothing else may differ.</summary>
internal sealed class PlannedLeaves
{
    private readonly Dictionary<string, WantedNode> _planned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);

    /// <summary>Adds a change of a mapping.</summary>
    /// <param name="root">The tree before the change, which holds the mapping.</param>
    /// <param name="map">The mapping.</param>
    /// <param name="wanted">What it should say.</param>
    public void Add(SourceNode root, SourceMap map, WantedMap wanted) => Add(map, wanted, PointerOf(root, map));

    /// <summary>Adds a single value that changes as a whole, such as a block of lines that was edited inside.</summary>
    public void AddText(SourceNode root, SourceNode node, string text) => _planned[PointerOf(root, node)] = new WantedText(text);

    /// <summary>The first place where the trees differ otherwise than planned; null when there is none.</summary>
    public string? FirstSurprise(SourceNode before, SourceNode after)
    {
        var kept = TreeLeaves.Of(before).Where(l => !IsPlanned(l.Key)).ToList();
        var found = TreeLeaves.Of(after);
        var still = found.Where(l => !IsPlanned(l.Key)).ToList();
        for (var i = 0; i < Math.Max(kept.Count, still.Count); i++)
        {
            if (i >= kept.Count) return still[i].Key;
            if (i >= still.Count || kept[i].Key != still[i].Key || kept[i].Value != still[i].Value) return kept[i].Key;
        }

        // A mapping that was opened to put something in must not end up empty.
        var old = TreeLeaves.Of(before).Where(l => _opened.Contains(l.Key)).ToHashSet();
        if (found.Where(l => _opened.Contains(l.Key) && !old.Contains(l)).Select(l => l.Key).FirstOrDefault() is { } empty) return empty;
        var now = found.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        return _planned.Where(p => !Holds(p.Value, now.GetValueOrDefault(p.Key))).Select(p => p.Key).FirstOrDefault();
    }

    private static bool Holds(WantedNode wanted, string? leaf) => wanted switch
    {
        WantedAbsent => leaf is null,
        WantedNull => leaf == "Plain  & null",
        WantedText text => leaf is not null && leaf.EndsWith(" " + text.Value, StringComparison.Ordinal),
        _ => throw new InvalidOperationException($"No leaf: {wanted}."),
    };

    private bool IsPlanned(string pointer) => _planned.ContainsKey(pointer) || _opened.Contains(pointer);

    private void Add(SourceNode? at, WantedNode wanted, string pointer)
    {
        switch (wanted)
        {
            case WantedMap map:
                _opened.Add(pointer);
                foreach (var (key, value) in map.Entries) Add((at as SourceMap)?[key], value, pointer + TreeLeaves.Step(key));
                break;
            case WantedItems items:
                _opened.Add(pointer);
                var count = (at as SourceList)?.Items.Count ?? 0;
                for (var i = 0; i < items.Items.Count; i++) Add(null, items.Items[i], string.Create(CultureInfo.InvariantCulture, $"{pointer}/{count + i}"));
                break;
            case WantedAbsent when at is SourceMap map:
                foreach (var (key, _) in map.Entries.Select(e => (e.Key.Value, e.Value))) Add(map[key], wanted, pointer + TreeLeaves.Step(key));
                _opened.Add(pointer);
                break;
            default:
                _planned[pointer] = wanted;
                break;
        }
    }

    private static string PointerOf(SourceNode root, SourceNode node)
    {
        var chain = SourcePath.To(root, node) ?? throw new InvalidOperationException("The node is of another tree.");
        var pointer = "";
        for (var i = 1; i < chain.Count; i++)
        {
            pointer += chain[i - 1] switch
            {
                SourceMap map => TreeLeaves.Step(map.Entries.First(e => ReferenceEquals(e.Value, chain[i])).Key.Value),
                SourceList list => string.Create(CultureInfo.InvariantCulture, $"/{list.Items.ToList().FindIndex(item => ReferenceEquals(item, chain[i]))}"),
                _ => throw new InvalidOperationException("Only collections hold nodes."),
            };
        }

        return pointer;
    }
}
