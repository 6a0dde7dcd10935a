using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>Works out which characters of one document have to change so that a mapping says what is wanted.</summary>
/// <remarks>Comments, quotes, line breaks, indentation and order of all else stay. What cannot be done safely is reported and not done.</remarks>
internal sealed partial class TreeEdit(SourceDocument document, ManifestReport report)
{
    private readonly List<TextEdit> _edits = [];
    private readonly string _text = document.Text;

    /// <summary>What was worked out so far, as edits of the document's text.</summary>
    public IReadOnlyList<TextEdit> Edits => _edits;

    /// <summary>Adds what makes a mapping say what is wanted.</summary>
    /// <returns>False, after reporting why, when it cannot be done; the edits are then of no use.</returns>
    public bool Apply(SourceMap map, WantedMap wanted)
    {
        if (!IsFree(map) || !HasSingleKeys(map)) return false;
        var missing = new List<KeyValuePair<string, WantedNode>>();
        var gone = new List<SourceEntry>();
        foreach (var (key, value) in wanted.Entries)
        {
            if (map.Find(key) is not { } entry)
            {
                if (WantedMap.Of(key, value).Present() is { } present) missing.Add(present.Entries[0]);
            }
            else if (value is WantedAbsent || (value is WantedMap below && entry.Value is SourceMap old && IsEmptiedBy(old, below))) gone.Add(entry);
            else if (!Change(map, entry, value)) return false;
        }

        if (missing.Count > 0 && map.HasMergeKey) return Refuse(() => report.Merged(Place(map.Entries[0].Key.Span), missing[0].Key));
        return (gone.Count == 0 || Remove(map, gone, missing.Count > 0)) && (missing.Count == 0 || Insert(map, new WantedMap(missing), gone));
    }

    private bool Change(SourceMap map, SourceEntry entry, WantedNode wanted)
    {
        if (wanted is WantedMap all && entry.Value is not SourceMap)
        {
            if (all.Present() is not { } present) return true;
            wanted = present;
        }

        if (entry.Value is SourceAlias alias) return Refuse(() => report.Shared(Place(alias.Span), alias.Name));
        if (!IsFree(entry.Value)) return false;
        return (wanted, entry.Value) switch
        {
            (WantedMap below, SourceMap { Entries.Count: 0 }) when below.Present() is null => true,
            (WantedMap below, SourceMap { IsFlow: true, Entries.Count: 0 }) when !map.IsFlow => Fill(map, entry, below.Present()!),
            (WantedMap below, SourceMap old) => Apply(old, below),
            (WantedMap or WantedItems, SourceScalar { IsNull: true }) => Fill(map, entry, wanted),
            (WantedItems, SourceList { IsFlow: true, Items.Count: 0 }) => Fill(map, entry, wanted),
            (WantedItems items, SourceList list) => Append(list, items),
            (WantedText or WantedNull, SourceScalar scalar) => Replace(map, scalar, wanted),
            _ => Refuse(() => report.OtherForm(Place(entry.Value.Span), entry.Key.Value)),
        };
    }

    private bool Replace(SourceMap map, SourceScalar old, WantedNode wanted)
    {
        var isOtherType = old.Tag is not null and not "tag:yaml.org,2002:str";
        if (old.IsBlock || isOtherType || _text.AsSpan(old.Span.Start, old.Span.Length).ContainsAny('\n', '\r')) return Refuse(() => report.OtherForm(Place(old.Span), "the value"));
        var isJson = map.IsFlow && BlockText.KeysOf(map) == ScalarForm.DoubleQuoted;
        var text = wanted is WantedText value ? ScalarText.Replacing(old, value with { MustBeText = value.MustBeText || old.Tag is not null }, isJson) : "null";
        _edits.Add(new TextEdit(old.Span, old.Span.Length == 0 ? " " + text : text));
        return true;
    }

    /// <summary>Gives a key its first entries: it had nothing, or empty brackets.</summary>
    private bool Fill(SourceMap map, SourceEntry entry, WantedNode wanted)
    {
        var value = entry.Value;
        if (value.Anchor is not null || value.Tag is not null) return Refuse(() => report.OtherForm(Place(value.Span), entry.Key.Value));
        if (map.IsFlow)
        {
            if (wanted is not WantedMap below || value.Span.Length == 0) return Refuse(() => report.OtherForm(Place(entry.Key.Span), entry.Key.Value));
            var style = FlowText.Of(document, map);
            _edits.Add(new TextEdit(value.Span, "{" + style.Padding + (style with { Step = null }).Entries(below, "") + style.Padding + "}"));
            return true;
        }

        if (!TextLines.EndsSoon(_text, value.Span.End) || !IsIndented(map)) return Refuse(() => report.OtherForm(Place(value.Span), entry.Key.Value));
        var colon = _text.IndexOf(':', entry.Key.Span.End) + 1;
        if (value.Span.Length > 0) _edits.Add(new TextEdit(TextSpan.FromBounds(colon, value.Span.End), ""));
        var block = BlockText.Of(document, map);
        var indent = TextLines.ColumnOf(_text, map.Entries[0].Key.Start);
        var lines = wanted is WantedItems items
            ? block.Lines(items, new string(' ', indent + block.ListStep))
            : block.Lines((WantedMap)wanted, new string(' ', indent + block.Step));
        InsertLines(value.Span.End, lines);
        return true;
    }

    private bool Append(SourceList list, WantedItems items)
    {
        if (list.IsFlow) return Refuse(() => report.OtherForm(Place(list.Span), "the list"));
        var last = list.Items[^1];
        var dash = _text.LastIndexOf('-', Math.Max(0, last.Start - 1));
        var isPlain = dash >= 0 && TextLines.IsFirstOnLine(_text, dash) && _text[(dash + 1)..last.Start].Trim(' ').Length == 0;
        if (!isPlain || EndOf(last) is not { } end) return Refuse(() => report.OtherForm(Place(last.Span), "the list"));
        var style = document.Map is { } root ? BlockText.Of(document, root) : new BlockText(2, 0, ScalarForm.Plain, ScalarForm.Plain);
        InsertLines(end, style.Lines(items, new string(' ', TextLines.ColumnOf(_text, dash))));
        return true;
    }

    private void InsertLines(int after, IEnumerable<string> lines)
    {
        var at = TextLines.EndOf(_text, after);
        var lineBreak = TextLines.BreakAt(_text, after);
        _edits.Add(new TextEdit(new TextSpan(at, 0), string.Concat(lines.Select(l => lineBreak + l))));
    }

    /// <summary>Where the last character of a node in block style stands, if new lines may follow its line; null when they may not.</summary>
    private int? EndOf(SourceNode node) => node switch
    {
        SourceMap { IsFlow: false, Entries.Count: > 0 } map => EndOf(map.Entries[^1]),
        SourceList { IsFlow: false, Items.Count: > 0 } list => EndOf(list.Items[^1]),
        // What follows a block of lines may belong to it.
        SourceScalar { IsBlock: true } => null,
        _ => TextLines.EndsSoon(_text, node.Span.End) ? node.Span.End : null,
    };

    private int? EndOf(SourceEntry entry) => entry.Value.Span.End >= entry.Key.Span.End ? EndOf(entry.Value) : null;

    private static bool IsEmptiedBy(SourceMap map, WantedMap wanted) =>
        map.Entries.Count > 0
        && wanted.Entries.All(w => map.Find(w.Key) is not null || WantedMap.Of(w.Key, w.Value).Present() is null)
        && map.Entries.All(e => wanted.Entries.Any(w => w.Key == e.Key.Value && (w.Value is WantedAbsent || (w.Value is WantedMap below && e.Value is SourceMap present && IsEmptiedBy(present, below)))));

    private bool IsFree(SourceNode node)
    {
        if (document.IsShared(node)) return Refuse(() => report.Shared(Place(new TextSpan(node.Start, 0)), node.Anchor!));
        if (node is SourceMap { Tag: not null and not "tag:yaml.org,2002:map" }) return Refuse(() => report.OtherForm(Place(node.Span), "the mapping"));
        return true;
    }

    private bool HasSingleKeys(SourceMap map)
    {
        var again = map.Entries.Select(e => e.Key).GroupBy(k => k.Value).FirstOrDefault(g => g.Count() > 1)?.Last();
        return again is null || Refuse(() => report.DuplicateKey(Place(again.Span), again.Value));
    }

    /// <summary>Whether the keys of a block mapping stand in one column behind nothing but spaces, and the first perhaps behind dashes.</summary>
    private bool IsIndented(SourceMap map)
    {
        var first = map.Entries[0].Key.Start;
        var column = TextLines.ColumnOf(_text, first);
        var prefix = _text.AsSpan(first - column, column);
        return prefix.IndexOfAnyExcept(' ', '-') < 0
            && map.Entries.Skip(1).All(e => TextLines.IsFirstOnLine(_text, e.Key.Start) && TextLines.ColumnOf(_text, e.Key.Start) == column);
    }

    private TextSpan Place(TextSpan span) => document.InFile(span);

    private static bool Refuse(Action report)
    {
        report();
        return false;
    }
}
