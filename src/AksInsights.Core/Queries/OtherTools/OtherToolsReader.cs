using AksInsights.Core.Queries.Yaml;

namespace AksInsights.Core.Queries.OtherTools;

/// <summary>Reads <c>coverage.yaml</c>.</summary>
internal static class OtherToolsReader
{
    /// <summary>The content of a mapping; every mistake is reported, and stand-ins fill the gaps.</summary>
    public static OtherToolsFile Read(YamlMap map, FileReport report)
    {
        var fields = new YamlFields(map, "The file of other tools", report);
        var tools = new OrderedDictionary<string, OtherTool>();
        foreach (var entry in fields.Entries("tools", required: true))
        {
            if (YamlFields.Open(entry.Value, $"The tool `{entry.Key.Text}`", report) is { } tool) tools[entry.Key.Text] = Tool(tool, entry.Key.Text, report);
        }

        var file = new OtherToolsFile { Tools = tools, Others = fields.Texts("others") };
        fields.Finish();
        return file;
    }

    private static OtherTool Tool(YamlFields fields, string name, FileReport report)
    {
        var checks = new OrderedDictionary<string, string>();
        foreach (var entry in fields.Entries("checks", required: true))
        {
            if (entry.Value is YamlScalar { IsNull: false } finds) checks[entry.Key.Text] = finds.Text;
            else report.WrongKind(entry.Value.Span, $"The check `{entry.Key.Text}`", "what it looks for, in a few words", YamlFields.KindOf(entry.Value));
        }

        var said = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<CheckNote> Notes(string key) => [.. fields.Items(key).Select(node => Note(node, name, checks.Keys, said, report)).OfType<CheckNote>()];
        var tool = new OtherTool
        {
            Title = fields.Text("title"),
            Version = fields.Text("version"),
            Checks = checks,
            Likely = Notes("likely"),
            Cannot = Notes("cannot"),
            Open = Notes("open"),
            Apart = Notes("apart"),
        };
        fields.Finish();
        return tool;
    }

    private static CheckNote? Note(YamlNode node, string tool, IReadOnlyCollection<string> known, HashSet<string> said, FileReport report)
    {
        if (YamlFields.Open(node, "A note on checks", report) is not { } fields) return null;
        var scalars = fields.Scalars("checks", required: true);
        foreach (var scalar in scalars.Where(s => !known.Contains(s.Text))) report.UnknownCheck(scalar.Span, scalar.Text, tool, known);
        foreach (var scalar in scalars.Where(s => !said.Add(s.Text))) report.CheckSaidTwice(scalar.Span, scalar.Text);
        var note = new CheckNote { Why = fields.Text("why"), Checks = [.. scalars.Select(s => s.Text)] };
        fields.Finish();
        return note;
    }
}
