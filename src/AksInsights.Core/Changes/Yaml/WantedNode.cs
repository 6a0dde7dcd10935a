namespace AksInsights.Core.Changes.Yaml;

/// <summary>What a node of a YAML text should be afterwards.</summary>
internal abstract record WantedNode;

/// <summary>A single value.</summary>
/// <param name="Value">The value.</param>
/// <param name="MustBeText">Whether a number has to be quoted, because the reader of the file insists on a text.</param>
internal sealed record WantedText(string Value, bool MustBeText = false) : WantedNode;

/// <summary>The word null, which takes out what a layer below says.</summary>
internal sealed record WantedNull : WantedNode;

/// <summary>Nothing: the entry goes.</summary>
internal sealed record WantedAbsent : WantedNode;

/// <summary>A mapping with at least these entries; others stay as they are.</summary>
internal sealed record WantedMap(IReadOnlyList<KeyValuePair<string, WantedNode>> Entries) : WantedNode
{
    /// <summary>A mapping of one entry.</summary>
    public static WantedMap Of(string key, WantedNode value) => new([new(key, value)]);

    /// <summary>The value wanted at the end of a path, with nothing else on the way.</summary>
    public static WantedMap At(IReadOnlyList<string> path, WantedNode value)
    {
        for (var i = path.Count - 1; i > 0; i--) value = Of(path[i], value);
        return Of(path[0], value);
    }

    /// <summary>The entries that are to be there, without those that are to go; null when none is left.</summary>
    public WantedMap? Present()
    {
        var entries = Entries
            .Select(e => new KeyValuePair<string, WantedNode?>(e.Key, e.Value switch { WantedMap map => map.Present(), WantedAbsent => null, var other => other }))
            .Where(e => e.Value is not null).Select(e => new KeyValuePair<string, WantedNode>(e.Key, e.Value!)).ToList();
        return entries.Count == 0 ? null : new WantedMap(entries);
    }

    /// <summary>Both together; a key that both have must be a mapping in both, or a list in both.</summary>
    public WantedMap With(WantedMap other)
    {
        var entries = Entries.ToList();
        foreach (var (key, value) in other.Entries)
        {
            var at = entries.FindIndex(e => e.Key == key);
            if (at < 0) entries.Add(new(key, value));
            else entries[at] = new(key, Both(entries[at].Value, value));
        }

        return new WantedMap(entries);
    }

    private static WantedNode Both(WantedNode one, WantedNode other) => (one, other) switch
    {
        (WantedMap map, WantedMap more) => map.With(more),
        (WantedItems items, WantedItems more) => new WantedItems([.. items.Items, .. more.Items]),
        _ => throw new InvalidOperationException("Two changes of one value."),
    };
}

/// <summary>A list with these items at its end; others stay as they are.</summary>
internal sealed record WantedItems(IReadOnlyList<WantedNode> Items) : WantedNode;
