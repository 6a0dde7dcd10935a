namespace AksInsights.Core.Changes.Yaml;

/// <summary>Writes new lines in block style, as the rest of a document is written.</summary>
/// <param name="Step">How many spaces a level is deeper than the one above.</param>
/// <param name="ListStep">How many spaces the dashes of a list stand right of its key.</param>
/// <param name="Values">How values are quoted.</param>
/// <param name="Keys">How keys are quoted.</param>
internal sealed record BlockText(int Step, int ListStep, ScalarForm Values, ScalarForm Keys)
{
    /// <summary>The lines of entries, without line breaks.</summary>
    public IEnumerable<string> Lines(WantedMap map, string indent) =>
        map.Entries.Where(e => e.Value is not WantedAbsent).SelectMany(e => Entry(e.Key, e.Value, indent));

    /// <summary>The lines of list items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="indent">What stands before each dash.</param>
    public IEnumerable<string> Lines(WantedItems items, string indent) => items.Items.SelectMany(item =>
    {
        var lines = item is WantedMap map ? Lines(map, indent + "  ") : [indent + "  " + Single(item)];
        return lines.Select((line, i) => i == 0 ? $"{indent}- {line[(indent.Length + 2)..]}" : line);
    });

    private IEnumerable<string> Entry(string key, WantedNode value, string indent)
    {
        var name = indent + Key(key) + ":";
        return value switch
        {
            WantedMap map => Lines(map, indent + new string(' ', Step)).Prepend(name),
            WantedItems items => Lines(items, indent + new string(' ', ListStep)).Prepend(name),
            _ => [$"{name} {Single(value)}"],
        };
    }

    private string Key(string key) => Keys == ScalarForm.Plain ? (ScalarText.IsPlain(key) ? key : ScalarText.Quote(key, ScalarForm.DoubleQuoted)) : ScalarText.Quote(key, Keys);

    private string Single(WantedNode value) => value is WantedText text ? ScalarText.New(text.Value, Values) : "null";

    /// <summary>How a document is written, seen from one of its mappings.</summary>
    /// <remarks>What is near decides: the mapping itself, then what is below it, then the document.</remarks>
    public static BlockText Of(SourceDocument document, SourceMap near)
    {
        var maps = new[] { near }.Concat(Below(near)).Concat(Below(document.Root)).ToList();
        var steps = maps.Where(m => !m.IsFlow).SelectMany(m => m.Entries.Where(e => e.Value is SourceMap { IsFlow: false }).Select(e => Depth(document, e)));
        var lists = maps.Where(m => !m.IsFlow).SelectMany(m => m.Entries.Where(e => e.Value is SourceList { IsFlow: false }).Select(e => Depth(document, e)));
        return new BlockText(steps.FirstOrDefault(s => s > 0, 2), lists.FirstOrDefault(s => s >= 0, 0), ValuesOf(near), KeysOf(near));
    }

    /// <summary>How the keys of a mapping are quoted: as all of them are.</summary>
    public static ScalarForm KeysOf(SourceMap map) =>
        map.Entries.Count > 0 && map.Entries.All(e => e.Key.Form == map.Entries[0].Key.Form) ? map.Entries[0].Key.Form : ScalarForm.Plain;

    /// <summary>How the amounts of a mapping and those below it are quoted: as all of them are.</summary>
    public static ScalarForm ValuesOf(SourceMap map)
    {
        var forms = AmountsOf(map).Select(s => s.Form).Distinct().ToList();
        return forms is [ScalarForm.SingleQuoted or ScalarForm.DoubleQuoted] ? forms[0] : ScalarForm.Plain;
    }

    private static IEnumerable<SourceScalar> AmountsOf(SourceMap map) => map.Entries.SelectMany(e => e.Value switch
    {
        SourceScalar scalar when e.Key.Value is "cpu" or "memory" => [scalar],
        SourceMap below when e.Key.Value is "requests" or "limits" or "resources" => AmountsOf(below),
        _ => [],
    });

    private static IEnumerable<SourceMap> Below(SourceNode node) => node switch
    {
        SourceMap map => map.Entries.SelectMany(e => Below(e.Value)).Prepend(map),
        SourceList list => list.Items.SelectMany(Below),
        _ => [],
    };

    private static int Depth(SourceDocument document, SourceEntry entry) =>
        TextLines.IsFirstOnLine(document.Text, entry.Value.Start)
            ? TextLines.ColumnOf(document.Text, entry.Value.Start) - TextLines.ColumnOf(document.Text, entry.Key.Start)
            : -1;
}
