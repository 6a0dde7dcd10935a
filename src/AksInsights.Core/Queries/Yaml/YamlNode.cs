using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Yaml;

/// <summary>A node of a YAML document with its place in the text. Immutable.</summary>
internal abstract record YamlNode(TextSpan Span);

/// <summary>A text, number, flag or nothing: YAML's scalars, as written.</summary>
/// <param name="Span">The place, quotes included.</param>
/// <param name="Text">The value without quotes, escapes resolved.</param>
/// <param name="IsPlain">False when it was quoted or a block, and so is text whatever it looks like.</param>
internal sealed record YamlScalar(TextSpan Span, string Text, bool IsPlain) : YamlNode(Span)
{
    /// <summary>True for an empty value, <c>null</c> and <c>~</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "null" or "~";
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Keys with values, in the order of the text; keys are distinct.</summary>
internal sealed record YamlMap(TextSpan Span, IReadOnlyList<YamlEntry> Entries) : YamlNode(Span)
{
    /// <summary>The value of a key; null when the key is absent.</summary>
    public YamlNode? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
}

/// <summary>Values in order.</summary>
internal sealed record YamlList(TextSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span);
