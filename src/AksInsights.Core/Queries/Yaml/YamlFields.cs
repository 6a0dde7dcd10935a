using System.Globalization;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Yaml;

/// <summary>Reads a mapping key by key; every key that was asked for is known, and <see cref="Finish"/> reports the others.</summary>
/// <remarks>A mistake is reported and a stand-in returned, so that one reading finds every mistake of a file.</remarks>
internal sealed class YamlFields(YamlMap map, string owner, FileReport report)
{
    private readonly HashSet<string> _known = [];

    /// <summary>What the mapping is called in messages.</summary>
    public string Owner { get; } = owner;

    /// <summary>The place of the mapping's first key, where a missing one is reported.</summary>
    public TextSpan Place => map.Entries.Count > 0 ? map.Entries[0].Key.Span : map.Span;

    /// <summary>How messages call a kind of node.</summary>
    public static string KindOf(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "empty",
        YamlScalar scalar => $"the value `{Shorten(scalar.Text)}`",
        YamlList => "a list",
        _ => "a mapping",
    };

    /// <summary>Opens a node as a mapping; null, and a report, when it is none.</summary>
    public static YamlFields? Open(YamlNode? node, string owner, FileReport report)
    {
        if (node is YamlMap map) return new YamlFields(map, owner, report);
        if (node is not null) report.WrongKind(node.Span, owner, "a mapping of keys to values", KindOf(node));
        return null;
    }

    /// <summary>The value of a key as it is; null when absent or empty, which is reported if it is required.</summary>
    public YamlNode? Node(string key, bool required = false)
    {
        _known.Add(key);
        var node = map.Find(key);
        if (node is YamlScalar { IsNull: true }) node = null;
        if (node is null && required) report.MissingKey(Place, key, Owner);
        return node;
    }

    /// <summary>The place of a key's value, or of the mapping when the key is absent.</summary>
    public TextSpan PlaceOf(string key) => map.Find(key)?.Span ?? Place;

    /// <summary>A scalar; null when absent or of another kind.</summary>
    public YamlScalar? Scalar(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is null or YamlScalar) return node as YamlScalar;
        report.WrongKind(node.Span, $"`{key}`", "a single value", KindOf(node));
        return null;
    }

    /// <summary>A text that must be there; empty after a mistake.</summary>
    public string Text(string key) => Scalar(key, required: true)?.Text.Trim() ?? "";

    /// <summary>A text; null when absent.</summary>
    public string? OptionalText(string key) => Scalar(key)?.Text.Trim();

    /// <summary>A list of scalars; empty when absent.</summary>
    public IReadOnlyList<YamlScalar> Scalars(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is YamlList list)
        {
            foreach (var item in list.Items.Where(i => i is not YamlScalar { IsNull: false }))
                report.WrongKind(item.Span, $"An item of `{key}`", "a single value", KindOf(item));
            return [.. list.Items.OfType<YamlScalar>().Where(s => !s.IsNull)];
        }

        if (node is not null) report.WrongKind(node.Span, $"`{key}`", "a list", KindOf(node));
        return [];
    }

    /// <summary>A list of texts; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string key, bool required = false) => [.. Scalars(key, required).Select(s => s.Text.Trim())];

    /// <summary>A duration, never negative; the fallback when absent or wrong.</summary>
    public TimeSpan Duration(string key, TimeSpan fallback, bool required = false)
    {
        if (Scalar(key, required) is not { } scalar) return fallback;
        if (Durations.TryParse(scalar.Text, out var duration) && duration >= TimeSpan.Zero) return duration;
        report.BadDuration(scalar.Span, Shorten(scalar.Text), key);
        return fallback;
    }

    /// <summary>A whole number within bounds; the fallback when absent or wrong.</summary>
    public int Count(string key, int fallback, int least, int most)
    {
        if (Scalar(key) is not { } scalar) return fallback;
        if (!int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            report.WrongKind(scalar.Span, $"`{key}`", "a whole number", KindOf(scalar));
        else if (number < least || number > most)
            report.OutOfRange(scalar.Span, scalar.Text, key, $"it must lie between {least} and {most}");
        else
            return number;
        return fallback;
    }

    /// <summary>A value of an enumeration, written in kebab case; the fallback when absent or wrong.</summary>
    public T Choice<T>(string key, T fallback, bool required = false)
        where T : struct, Enum
    {
        if (Scalar(key, required) is not { } scalar) return fallback;
        if (Choices.TryParse<T>(scalar.Text, out var value)) return value;
        report.NotAChoice(scalar.Span, Shorten(scalar.Text), key, Choices.Names<T>());
        return fallback;
    }

    /// <summary>A mapping with known keys; null when absent.</summary>
    public YamlFields? Section(string key, bool required = false) => Open(Node(key, required), $"`{key}`", report);

    /// <summary>The entries of a mapping whose keys are names of the author's choice; empty when absent.</summary>
    public IReadOnlyList<YamlEntry> Entries(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is YamlMap entries) return entries.Entries;
        if (node is not null) report.WrongKind(node.Span, $"`{key}`", "a mapping of names to values", KindOf(node));
        return [];
    }

    /// <summary>The items of a list; empty when absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is YamlList list) return list.Items;
        if (node is not null) report.WrongKind(node.Span, $"`{key}`", "a list", KindOf(node));
        return [];
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var entry in map.Entries.Where(e => !_known.Contains(e.Key.Text)))
            report.UnknownKey(entry.Key.Span, entry.Key.Text, Owner, _known);
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
