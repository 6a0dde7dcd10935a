using AksInsights.Kql.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>Reads a YAML text into trees whose nodes know their characters. Nothing is resolved: aliases stay aliases, merge keys and repeated keys are entries.</summary>
internal sealed class SourceReader
{
    // A person never nests so deep; an attacker's brackets would exhaust the stack.
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly Parser _parser;
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);
    private int _depth;

    private SourceReader(string text)
    {
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads all documents of a text, which has no byte order mark.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">The block of lines the text was taken from; null when it is a file.</param>
    /// <exception cref="YamlException">The text is no YAML; its place is in the exception.</exception>
    public static IReadOnlyList<SourceDocument> Read(string text, EmbeddedText? host = null)
    {
        var reader = new SourceReader(text);
        var documents = new List<SourceDocument>();
        reader._parser.Consume<StreamStart>();
        while (reader._parser.TryConsume<DocumentStart>(out _))
        {
            reader._aliases.Clear();
            var root = reader.ReadNode();
            documents.Add(new SourceDocument(documents.Count, text, root, reader._aliases.ToHashSet(StringComparer.Ordinal), host));
            reader._parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private SourceNode ReadNode()
    {
        if (++_depth > MaxDepth) throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"The text nests deeper than {MaxDepth} levels.");
        SourceNode node = _parser.Current switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            MappingStart => ReadMap(_parser.Consume<MappingStart>()),
            SequenceStart => ReadList(_parser.Consume<SequenceStart>()),
            AnchorAlias => ReadAlias(_parser.Consume<AnchorAlias>()),
            var other => throw new YamlException(other?.Start ?? Mark.Empty, other?.End ?? Mark.Empty, "A value was expected here."),
        };
        _depth--;
        return node;
    }

    private SourceAlias ReadAlias(AnchorAlias alias)
    {
        _aliases.Add(alias.Value.Value);
        return new SourceAlias(Bounds(alias.Start.Index, alias.End.Index), alias.Value.Value);
    }

    private SourceScalar ReadScalar(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)Math.Max(scalar.Start.Index, scalar.End.Index));
        // The parser places the nothing of an empty document behind the next one.
        var from = Math.Min(end, SkipProperties(start, scalar));
        var form = FormOf(scalar.Style);
        if (scalar.Value.Length == 0 && form == ScalarForm.Plain) end = from = Math.Min(from, TrimEnd(start, end));
        else if (form is ScalarForm.Literal or ScalarForm.Folded) end = TrimEnd(from, end);
        return new SourceScalar(TextSpan.FromBounds(from, end), start, AnchorOf(scalar), TagOf(scalar), scalar.Value, form);
    }

    private SourceMap ReadMap(MappingStart open)
    {
        var entries = new List<SourceEntry>();
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = ReadNode();
            if (key is not SourceScalar name) throw new YamlException(MarkAt(key.Start), MarkAt(key.Span.End), "A key is a list, a mapping or an alias; such keys are not read.");
            entries.Add(new SourceEntry(name, ReadNode()));
        }

        var close = _parser.Consume<MappingEnd>();
        var isFlow = open.Style == MappingStyle.Flow;
        var first = entries.Count == 0 ? (int)open.End.Index : entries[0].Key.Start;
        var last = entries.Count == 0 ? first : Math.Max(entries[^1].Value.Span.End, entries[^1].Key.Span.End);
        // A pair in a list, `[a: b]`, is a flow mapping without braces, and the parser does not know where it begins.
        var start = isFlow ? (int)open.End.Index : first;
        var hasBraces = isFlow && start < _text.Length && _text[start] == '{' && start <= first;
        var span = hasBraces ? Bounds(start, close.Start.Index + 1) : TextSpan.FromBounds(first, last);
        return new SourceMap(span, StartOf(open, span), AnchorOf(open), TagOf(open), isFlow, entries);
    }

    private SourceList ReadList(SequenceStart open)
    {
        var items = new List<SourceNode>();
        while (!_parser.Accept<SequenceEnd>(out _)) items.Add(ReadNode());
        var close = _parser.Consume<SequenceEnd>();
        var isFlow = open.Style == SequenceStyle.Flow;
        var start = SkipProperties((int)open.Start.Index, open);
        var last = items.Count == 0 ? start : Math.Max(start, items[^1].Span.End);
        var span = isFlow ? Bounds(open.End.Index, close.Start.Index + 1) : TextSpan.FromBounds(start, last);
        return new SourceList(span, StartOf(open, span), AnchorOf(open), TagOf(open), isFlow, items);
    }

    private static int StartOf(NodeEvent open, TextSpan span) => AnchorOf(open) is null && TagOf(open) is null ? span.Start : (int)open.Start.Index;

    private static ScalarForm FormOf(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => ScalarForm.SingleQuoted,
        ScalarStyle.DoubleQuoted => ScalarForm.DoubleQuoted,
        ScalarStyle.Literal => ScalarForm.Literal,
        ScalarStyle.Folded => ScalarForm.Folded,
        _ => ScalarForm.Plain,
    };

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    /// <summary>Where the content begins: after <c>&amp;anchor</c> and <c>!tag</c>, in either order, and the blanks between.</summary>
    private int SkipProperties(int start, NodeEvent node)
    {
        if (AnchorOf(node) is null && TagOf(node) is null) return start;
        var at = start;
        while (at < _text.Length)
        {
            if (_text[at] is ' ' or '\t' or '\r' or '\n') at++;
            else if (_text[at] is '&' or '!') at = EndOfWord(at);
            else break;
        }

        return at;
    }

    private int EndOfWord(int at)
    {
        while (at < _text.Length && _text[at] is not (' ' or '\t' or '\r' or '\n')) at++;
        return at;
    }

    private int TrimEnd(int start, int end)
    {
        end = Math.Min(end, _text.Length);
        while (end > start && _text[end - 1] is ' ' or '\t' or '\r' or '\n') end--;
        return end;
    }

    private static Mark MarkAt(int index) => new(index, 1, 1);

    private static TextSpan Bounds(long start, long end) => TextSpan.FromBounds((int)start, (int)end);
}
