using AksInsights.Kql.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace AksInsights.Core.Queries.Yaml;

/// <summary>Reads a YAML document into nodes that know their place.</summary>
/// <remarks>Built on the parser's events, because its object deserialiser stops at the first mistake and names no key's place.</remarks>
internal sealed class YamlTree
{
    private readonly Dictionary<string, YamlNode> _anchors = [];
    private readonly FileReport _report;
    private readonly Parser _parser;

    private YamlTree(string text, FileReport report)
    {
        _report = report;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root of the only document; null when the text cannot be read or is empty, which is reported.</summary>
    public static YamlNode? Read(string text, FileReport report)
    {
        try
        {
            return new YamlTree(text, report).ReadDocument();
        }
        catch (YamlException mistake)
        {
            report.UnreadableYaml(At(mistake.Start, mistake.End, text.Length), mistake.InnerException?.Message ?? mistake.Message);
            return null;
        }
    }

    private static TextSpan At(Mark start, Mark end, int limit)
    {
        var from = (int)Math.Min(start.Index, limit);
        return TextSpan.FromBounds(from, Math.Max(from, (int)Math.Min(end.Index, limit)));
    }

    private static TextSpan At(ParsingEvent start, ParsingEvent end) => TextSpan.FromBounds((int)start.Start.Index, (int)end.End.Index);

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _report.UnreadableYaml(new TextSpan(0, 0), "The file is empty.");
            return null;
        }

        var root = ReadNode();
        var end = _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out _)) _report.UnreadableYaml(At(end, end), "The file has a second document after this line.");
        return root;
    }

    private YamlNode ReadNode()
    {
        var first = _parser.Current ?? throw new YamlException("The text ends too early.");
        var node = first switch
        {
            Scalar => ReadScalar(),
            MappingStart => ReadMap(),
            SequenceStart => ReadList(),
            AnchorAlias => ReadAlias(),
            _ => throw new YamlException(first.Start, first.End, "A value was expected here."),
        };
        if (first is NodeEvent { Anchor.IsEmpty: false } named && first is not AnchorAlias) _anchors[named.Anchor.Value] = node;
        return node;
    }

    private YamlScalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(At(scalar, scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlNode ReadAlias()
    {
        var alias = _parser.Consume<AnchorAlias>();
        return _anchors.TryGetValue(alias.Value.Value, out var node)
            ? node
            : throw new YamlException(alias.Start, alias.End, $"There is no anchor `{alias.Value.Value}` before this line.");
    }

    private YamlList ReadList()
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.Accept<SequenceEnd>(out _)) items.Add(ReadNode());
        return new YamlList(At(start, _parser.Consume<SequenceEnd>()), items);
    }

    private YamlMap ReadMap()
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<YamlEntry>();
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = ReadNode();
            var value = ReadNode();
            if (key is not YamlScalar name) _report.WrongKind(key.Span, "a key", "a text", YamlFields.KindOf(key));
            else if (name is { IsPlain: true, Text: "<<" } && value is YamlMap more) merged.AddRange(more.Entries);
            else if (!seen.Add(name.Text)) _report.DuplicateKey(name.Span, name.Text);
            else entries.Add(new YamlEntry(name, value));
        }

        // `<<: *other` takes over what another mapping has and this one does not say itself.
        entries.AddRange(merged.Where(entry => seen.Add(entry.Key.Text)));
        return new YamlMap(At(start, _parser.Consume<MappingEnd>()), entries);
    }
}
