namespace AksInsights.Core.Changes.Yaml;

/// <summary>Writes new entries in flow style, as the entries beside them are written.</summary>
/// <param name="Colon">What stands between key and value.</param>
/// <param name="Comma">What stands between entries on one line.</param>
/// <param name="Padding">What stands inside the braces.</param>
/// <param name="Step">How many spaces a level is deeper where each entry has its own line; null where they share one.</param>
/// <param name="Values">How values are quoted.</param>
/// <param name="Keys">How keys are quoted.</param>
internal sealed record FlowText(string Colon, string Comma, string Padding, int? Step, ScalarForm Values, ScalarForm Keys)
{
    /// <summary>The entries, without the comma before the first.</summary>
    /// <param name="map">The entries.</param>
    /// <param name="newLine">The line break and the indentation of the entries, used where each has its own line.</param>
    public string Entries(WantedMap map, string newLine) =>
        string.Join(Step is null ? Comma : "," + newLine, map.Entries.Where(e => e.Value is not WantedAbsent).Select(e => Key(e.Key) + Colon + Value(e.Value, newLine)));

    private string Value(WantedNode value, string newLine)
    {
        switch (value)
        {
            case WantedMap map when Step is { } step:
                var deeper = newLine + new string(' ', step);
                return "{" + deeper + Entries(map, deeper) + newLine + "}";
            case WantedMap map:
                return "{" + Padding + Entries(map, newLine) + Padding + "}";
            case WantedText text:
                return ScalarText.New(text.Value, Values);
            case WantedItems items:
                return "[" + string.Join(Comma, items.Items.Select(i => (this with { Step = null }).Value(i, newLine))) + "]";
            default:
                return "null";
        }
    }

    private string Key(string key) => Keys == ScalarForm.Plain && ScalarText.IsPlain(key) ? key : ScalarText.Quote(key, Keys == ScalarForm.Plain ? ScalarForm.DoubleQuoted : Keys);

    /// <summary>How a mapping in braces is written.</summary>
    public static FlowText Of(SourceDocument document, SourceMap map)
    {
        var text = document.Text;
        var last = map.Entries.Count > 0 ? map.Entries[^1] : null;
        var colon = last is null ? ": " : text[last.Key.Span.End..Math.Max(last.Key.Span.End, last.Value.Start)];
        if (colon.Trim() != ":") colon = ": ";
        var padding = text[map.Span.Start] == '{' && text[map.Span.Start + 1] == ' ' && map.Entries.Count > 0 ? " " : "";
        var keys = BlockText.KeysOf(map);
        // JSON: whatever is no number stands in double quotes.
        var values = keys == ScalarForm.DoubleQuoted ? ScalarForm.DoubleQuoted : BlockText.ValuesOf(map);
        return new FlowText(colon, colon == ":" ? "," : ", ", padding, StepOf(text, map), values, keys);
    }

    private static int? StepOf(string text, SourceMap map)
    {
        if (map.Entries.Count == 0 || !TextLines.IsFirstOnLine(text, map.Entries[^1].Key.Start)) return null;
        var own = TextLines.ColumnOf(text, map.Entries[^1].Key.Start);
        var close = map.Span.End - 1;
        return TextLines.IsFirstOnLine(text, close) && own > TextLines.ColumnOf(text, close) ? own - TextLines.ColumnOf(text, close) : 2;
    }
}
