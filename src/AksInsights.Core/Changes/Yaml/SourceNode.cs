using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>A node of a YAML text that knows which characters it was read from.</summary>
/// <param name="Span">
/// Its characters, without anchor and tag. A block collection reaches from its first child to the end of its last; a flow collection has its brackets, a quoted
/// scalar its quotes; a block scalar ends with its last line that is not blank; an empty value is empty.
/// </param>
/// <param name="Start">Where the node begins, with its anchor and tag.</param>
/// <param name="Anchor">The name other places refer to it by; null when there is none.</param>
/// <param name="Tag">The tag that was written; null when there is none.</param>
internal abstract record SourceNode(TextSpan Span, int Start, string? Anchor, string? Tag);

/// <summary>How a scalar is written.</summary>
internal enum ScalarForm
{
    /// <summary>Without quotes.</summary>
    Plain,

    /// <summary>Between apostrophes.</summary>
    SingleQuoted,

    /// <summary>Between double quotes.</summary>
    DoubleQuoted,

    /// <summary>A block that keeps its line breaks, after a bar.</summary>
    Literal,

    /// <summary>A block whose lines are joined, after a greater-than sign.</summary>
    Folded,
}

/// <summary>A single value.</summary>
internal sealed record SourceScalar(TextSpan Span, int Start, string? Anchor, string? Tag, string Value, ScalarForm Form) : SourceNode(Span, Start, Anchor, Tag)
{
    /// <summary>Whether it stands for nothing: empty, a tilde or the word null, without quotes.</summary>
    public bool IsNull => Form == ScalarForm.Plain && Tag is null && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Whether it is a block of lines.</summary>
    public bool IsBlock => Form is ScalarForm.Literal or ScalarForm.Folded;
}

/// <summary>A mapping.</summary>
/// <param name="Span">See <see cref="SourceNode"/>.</param>
/// <param name="Start">See <see cref="SourceNode"/>.</param>
/// <param name="Anchor">See <see cref="SourceNode"/>.</param>
/// <param name="Tag">See <see cref="SourceNode"/>.</param>
/// <param name="IsFlow">Whether it is written in braces.</param>
/// <param name="Entries">Its entries in the order of the text; a key may stand more than once.</param>
internal sealed record SourceMap(TextSpan Span, int Start, string? Anchor, string? Tag, bool IsFlow, IReadOnlyList<SourceEntry> Entries)
    : SourceNode(Span, Start, Anchor, Tag)
{
    /// <summary>The entry with a key; the first one where there are several, null where there is none.</summary>
    public SourceEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Value == key);

    /// <summary>The value of a key; null when it is absent.</summary>
    public SourceNode? this[string key] => Find(key)?.Value;

    /// <summary>The text of a key's value; null when it is absent, empty, or no single value.</summary>
    public string? Text(string key) => this[key] is SourceScalar { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>Whether it takes over entries of another mapping.</summary>
    public bool HasMergeKey => Entries.Any(e => e.Key is { Value: "<<", Form: ScalarForm.Plain });
}

/// <summary>A key and its value.</summary>
internal sealed record SourceEntry(SourceScalar Key, SourceNode Value);

/// <summary>A sequence.</summary>
/// <param name="Span">See <see cref="SourceNode"/>.</param>
/// <param name="Start">See <see cref="SourceNode"/>.</param>
/// <param name="Anchor">See <see cref="SourceNode"/>.</param>
/// <param name="Tag">See <see cref="SourceNode"/>.</param>
/// <param name="IsFlow">Whether it is written in brackets.</param>
/// <param name="Items">Its items in the order of the text.</param>
internal sealed record SourceList(TextSpan Span, int Start, string? Anchor, string? Tag, bool IsFlow, IReadOnlyList<SourceNode> Items)
    : SourceNode(Span, Start, Anchor, Tag);

/// <summary>A reference to an anchored node: what it says is written elsewhere.</summary>
internal sealed record SourceAlias(TextSpan Span, string Name) : SourceNode(Span, Span.Start, null, null);
