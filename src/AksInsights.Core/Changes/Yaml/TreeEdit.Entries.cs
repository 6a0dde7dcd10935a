using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <content>Entries that come and entries that go.</content>
internal sealed partial class TreeEdit
{
    private bool Insert(SourceMap map, WantedMap wanted, IReadOnlyList<SourceEntry> gone)
    {
        if (map.IsFlow) return InsertFlow(map, wanted, gone);
        if (!IsIndented(map)) return Refuse(() => report.OtherForm(Place(map.Entries[0].Key.Span), "the mapping"));
        var column = TextLines.ColumnOf(_text, map.Entries[0].Key.Start);
        var lines = BlockText.Of(document, map).Lines(wanted, new string(' ', column)).ToList();
        if (map.Entries.Select(EndOf).LastOrDefault(end => end is not null) is { } last)
        {
            InsertLines(last, lines);
            return true;
        }

        // Every entry ends in a block of lines: the new ones come first.
        var first = map.Entries[0].Key.Start;
        var lineBreak = TextLines.BreakAt(_text, first);
        _edits.Add(new TextEdit(new TextSpan(first, 0), string.Join(lineBreak, lines)[column..] + lineBreak + new string(' ', column)));
        return true;
    }

    private bool Remove(SourceMap map, List<SourceEntry> gone, bool comesMore)
    {
        if (map.IsFlow) return RemoveFlow(map, gone);
        if (!comesMore && gone.Count == map.Entries.Count) return Refuse(() => report.OtherForm(Place(map.Span), "the mapping, which would be left empty,"));
        foreach (var entry in gone)
        {
            if (!TextLines.IsFirstOnLine(_text, entry.Key.Start) || EndOf(entry) is not { } end) return Refuse(() => report.OtherForm(Place(entry.Key.Span), entry.Key.Value));
            // From the break before the first line, so that new lines may still follow the last.
            var start = TextLines.StartOf(_text, entry.Key.Start);
            start -= start >= 2 && _text[start - 2] == '\r' && _text[start - 1] == '\n' ? 2 : 1;
            _edits.Add(new TextEdit(TextSpan.FromBounds(start, TextLines.EndOf(_text, end)), ""));
        }

        return true;
    }

    private bool InsertFlow(SourceMap map, WantedMap wanted, IReadOnlyList<SourceEntry> gone)
    {
        if (_text[map.Span.Start] != '{') return Refuse(() => report.OtherForm(Place(map.Span), "the mapping"));
        var style = FlowText.Of(document, map);
        if (map.Entries.Count == 0)
        {
            _edits.Add(new TextEdit(TextSpan.FromBounds(map.Span.Start + 1, map.Span.End - 1), style.Entries(wanted, "")));
            return true;
        }

        var last = map.Entries[^1];
        var end = Math.Max(last.Key.Span.End, last.Value.Span.End);
        var isFirst = gone.Count == map.Entries.Count;
        if (style.Step is null)
        {
            _edits.Add(new TextEdit(new TextSpan(end, 0), (isFirst ? "" : style.Comma) + style.Entries(wanted, "")));
            return true;
        }

        var line = TextLines.BreakAt(_text, end) + new string(' ', TextLines.ColumnOf(_text, last.Key.Start));
        var hasComma = _text.AsSpan(end, map.Span.End - end).TrimStart(' ').StartsWith(",");
        var stop = TextLines.EndOf(_text, end);
        if (stop >= map.Span.End || isFirst)
        {
            _edits.Add(new TextEdit(new TextSpan(end, 0), (isFirst ? "" : "," + line) + style.Entries(wanted, line)));
            return true;
        }

        // The comment behind the last entry stays with it.
        if (!hasComma) _edits.Add(new TextEdit(new TextSpan(end, 0), ","));
        _edits.Add(new TextEdit(new TextSpan(stop, 0), line + style.Entries(wanted, line) + (hasComma ? "," : "")));
        return true;
    }

    private bool RemoveFlow(SourceMap map, List<SourceEntry> gone)
    {
        var kept = map.Entries.Where(e => !gone.Contains(e)).ToList();
        var lastKept = kept.Count == 0 ? -1 : map.Entries.ToList().IndexOf(kept[^1]);
        var spans = map.Entries.Take(Math.Max(0, lastKept)).Select((e, i) => (Entry: e, Span: TextSpan.FromBounds(e.Key.Start, map.Entries[i + 1].Key.Start)))
            .Where(x => gone.Contains(x.Entry)).Select(x => x.Span).ToList();
        if (gone.Contains(map.Entries[^1]))
        {
            var start = lastKept < 0 ? map.Entries[0].Key.Start : Math.Max(map.Entries[lastKept].Key.Span.End, map.Entries[lastKept].Value.Span.End);
            spans.Add(TextSpan.FromBounds(start, Math.Max(map.Entries[^1].Key.Span.End, map.Entries[^1].Value.Span.End)));
        }

        if (spans.Exists(s => _text.AsSpan(s.Start, s.Length).Contains('#'))) return Refuse(() => report.OtherForm(Place(map.Span), "the mapping with comments in it"));
        _edits.AddRange(spans.Select(s => new TextEdit(s, "")));
        return true;
    }
}
