using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>One document of a YAML text.</summary>
/// <param name="Index">Its number in the text, from 0.</param>
/// <param name="Text">The text that all spans are places of.</param>
/// <param name="Root">Its top node.</param>
/// <param name="Aliases">The anchors that something refers to.</param>
/// <param name="Host">The block of lines that holds the text; null when the text is a file.</param>
internal sealed record SourceDocument(int Index, string Text, SourceNode Root, IReadOnlySet<string> Aliases, EmbeddedText? Host = null)
{
    /// <summary>The top mapping; null when the document is something else.</summary>
    public SourceMap? Map => Root as SourceMap;

    /// <summary>Whether other places of the document say what this node says.</summary>
    public bool IsShared(SourceNode node) => node.Anchor is { } anchor && Aliases.Contains(anchor);

    /// <summary>A span of this document as a span of the file.</summary>
    public TextSpan InFile(TextSpan span) => Host?.InFile(span) ?? span;
}
