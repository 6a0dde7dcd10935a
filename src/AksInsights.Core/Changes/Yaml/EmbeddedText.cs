using AksInsights.Kql.Text;
using YamlDotNet.Core;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>YAML inside YAML: the lines of a block scalar as a text of their own, with the way back to the file.</summary>
internal sealed class EmbeddedText
{
    private readonly int[] _innerStarts;
    private readonly int[] _outerStarts;
    private readonly int _indent;

    private EmbeddedText(SourceDocument outer, SourceScalar block, string text, int[] innerStarts, int[] outerStarts, int indent)
    {
        (Outer, Block, Text) = (outer, block, text);
        (_innerStarts, _outerStarts, _indent) = (innerStarts, outerStarts, indent);
    }

    /// <summary>The document that holds the block.</summary>
    public SourceDocument Outer { get; }

    /// <summary>The block.</summary>
    public SourceScalar Block { get; }

    /// <summary>Its lines without their indentation, between line feeds, without blank ones at the end.</summary>
    public string Text { get; }

    /// <summary>Reads the text in a block scalar.</summary>
    /// <returns>Its documents; null, with the reason, when the block is of a kind that cannot be edited or its text is no YAML.</returns>
    public static IReadOnlyList<SourceDocument>? Read(SourceDocument outer, SourceScalar block, out string? refusal)
    {
        refusal = null;
        if (block.Form != ScalarForm.Literal || outer.Host is not null)
        {
            refusal = "it is YAML in a text that is not a block after a bar (`|`)";
            return null;
        }

        var text = Unindent(outer, block);
        // The blank lines at the end are the file's, not the text's.
        if (text.Text != block.Value.TrimEnd())
        {
            refusal = "its lines are indented in a way that cannot be followed";
            return null;
        }

        try
        {
            return SourceReader.Read(text.Text, text);
        }
        catch (YamlException mistake)
        {
            refusal = $"the text in it is no YAML ({mistake.Message})";
            return null;
        }
    }

    /// <summary>A span of the embedded text as a span of the file.</summary>
    public TextSpan InFile(TextSpan span) => TextSpan.FromBounds(InFile(span.Start), InFile(span.End));

    /// <summary>An edit of the embedded text as an edit of the file.</summary>
    public TextEdit InFile(TextEdit edit)
    {
        var lineBreak = TextLines.BreakAt(Outer.Text, Block.Span.Start) + new string(' ', _indent);
        return new TextEdit(InFile(edit.Span), edit.NewText.Replace("\n", lineBreak, StringComparison.Ordinal));
    }

    private int InFile(int index)
    {
        var line = Array.BinarySearch(_innerStarts, index);
        if (line < 0) line = ~line - 1;
        return _outerStarts[line] + (index - _innerStarts[line]);
    }

    private static EmbeddedText Unindent(SourceDocument outer, SourceScalar block)
    {
        var (file, end) = (outer.Text, block.Span.End);
        var (lines, innerStarts, outerStarts) = (new List<string>(), new List<int>(), new List<int>());
        var indent = IndentOf(file, block);
        var inner = 0;
        for (var start = NextLine(file, block.Span.Start); start < end; start = NextLine(file, start))
        {
            var stop = Math.Min(TextLines.EndOf(file, start), end);
            var content = Math.Min(start + indent, stop);
            lines.Add(file[content..stop]);
            innerStarts.Add(inner);
            outerStarts.Add(content);
            inner += stop - content + 1;
        }

        if (lines.Count == 0) (lines, innerStarts, outerStarts) = ([""], [0], [end]);
        return new EmbeddedText(outer, block, string.Join('\n', lines), [.. innerStarts], [.. outerStarts], indent);
    }

    /// <summary>The indentation of the block: as its header says, or that of its first line that is not blank.</summary>
    private static int IndentOf(string file, SourceScalar block)
    {
        var at = NextLine(file, block.Span.Start);
        while (at < block.Span.End)
        {
            var stop = TextLines.EndOf(file, at);
            var first = file.AsSpan(at, stop - at).IndexOfAnyExcept(' ');
            if (first >= 0) return first;
            at = NextLine(file, at);
        }

        return 0;
    }

    private static int NextLine(string text, int index)
    {
        var end = TextLines.EndOf(text, index);
        if (end < text.Length) end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
        return end;
    }
}
