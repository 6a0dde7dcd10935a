using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>One document of a YAML text.</summary>
/// <param name="Index">Its number in the text, from 0.</param>
/// <param name="Text">The text that all spans are places of.</param>
/// <param name="Root">Its top node.</param>
/// <param name="Aliases">The anchors that something refers to.</param>
internal sealed record SourceDocument(int Index, string Text, SourceNode Root, IReadOnlySet<string> Aliases)
{
    /// <summary>The top mapping; null when the document is something else.</summary>
    public SourceMap? Map => Root as SourceMap;

    /// <summary>The characters of a span.</summary>
    public string Slice(TextSpan span) => Text.Substring(span.Start, span.Length);

    /// <summary>Whether other places of the document say what this node says.</summary>
    public bool IsShared(SourceNode node) => node.Anchor is { } anchor && Aliases.Contains(anchor);
}
