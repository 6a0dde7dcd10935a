using AksInsights.Core.Findings;
using AksInsights.Core.Queries.Yaml;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Reads the <c>.tests.yaml</c> file of a query.</summary>
internal static class RowTestReader
{
    /// <summary>The cases of a file's text; every mistake is reported.</summary>
    public static RowTestFile Read(FileReport report)
    {
        var root = YamlTree.Read(report.Text, report);
        if (YamlFields.Open(root, "A tests file", report) is not { } fields) return new RowTestFile { Cases = [] };
        var cases = new List<RowTestCase>();
        foreach (var node in fields.Items("cases", required: true))
        {
            if (YamlFields.Open(node, "A case", report) is { } map) cases.Add(ReadCase(map, report));
        }

        fields.Finish();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var again in cases.Where(c => !names.Add(c.Name))) report.RepeatedCase(again.Span, again.Name);
        return new RowTestFile { Cases = cases };
    }

    private static RowTestCase ReadCase(YamlFields fields, FileReport report)
    {
        var test = new RowTestCase
        {
            Name = fields.Text("name"),
            Kind = fields.Choice("kind", RowTestKind.Fires, required: true),
            Start = Start(fields, report),
            Parameters = Cells(fields.Entries("parameters"), report, structures: true),
            Input = Input(fields, report),
            Evaluate = [.. Open(fields.Items("evaluate", required: true), "A moment", report).Select(m => ReadMoment(m, report))],
            Span = fields.PlaceOf("name"),
        };
        fields.Finish();
        return test;
    }

    private static DateTime Start(YamlFields fields, FileReport report)
    {
        if (fields.Scalar("start", required: true) is not { } scalar) return DateTime.UnixEpoch;
        if (ValueText.TryReadTime(scalar.Text, out var time)) return time;
        report.WrongKind(scalar.Span, "`start`", "a time in UTC such as `2026-01-05T10:00:00Z`", YamlFields.KindOf(scalar));
        return DateTime.UnixEpoch;
    }

    private static OrderedDictionary<string, IReadOnlyList<RowSet>> Input(YamlFields fields, FileReport report)
    {
        var input = new OrderedDictionary<string, IReadOnlyList<RowSet>>();
        foreach (var table in fields.Entries("input", required: true))
        {
            if (table.Value is YamlList sets) input[table.Key.Text] = [.. Open(sets.Items, $"A row set of `{table.Key.Text}`", report).Select(s => ReadSet(s, report))];
            else report.WrongKind(table.Value.Span, $"`{table.Key.Text}`", "a list of row sets", YamlFields.KindOf(table.Value));
        }

        return input;
    }

    private static RowSet ReadSet(YamlFields fields, FileReport report)
    {
        var set = new RowSet
        {
            Constants = Cells(fields.Entries("constants"), report, structures: true),
            Every = fields.Duration("every", TimeSpan.FromMinutes(1)),
            From = Offset(fields, "from", report),
            Count = fields.Scalar("count") is null ? null : fields.Count("count", 1, 0, SeriesNotation.MostValues),
            Series = Cells(fields.Entries("series"), report),
            Rows = [.. fields.Items("rows").Select(row => Row(row, report))],
            Span = fields.Place,
        };
        fields.Finish();
        return set;
    }

    private static OrderedDictionary<string, CellText> Row(YamlNode node, FileReport report)
    {
        if (node is YamlMap map) return Cells(map.Entries, report, structures: true);
        report.WrongKind(node.Span, "A row", "a mapping of columns to cells", YamlFields.KindOf(node));
        return [];
    }

    private static RowTestMoment ReadMoment(YamlFields fields, FileReport report)
    {
        var moment = new RowTestMoment
        {
            At = Offset(fields, "at", report, required: true),
            Findings = [.. Open(fields.Items("findings", required: true), "A finding", report).Select(f => ReadFinding(f, report))],
            Span = fields.PlaceOf("at"),
        };
        fields.Finish();
        return moment;
    }

    private static ExpectedFinding ReadFinding(YamlFields fields, FileReport report)
    {
        var finding = new ExpectedFinding
        {
            Key = Cells(fields.Entries("key", required: true), report),
            Severity = fields.Scalar("severity") is null ? null : fields.Choice("severity", Severity.Warning),
            Measures = Cells(fields.Entries("measures"), report),
            Evidence = Cells(fields.Entries("evidence"), report, structures: true),
            Span = fields.Place,
        };
        fields.Finish();
        return finding;
    }

    private static TimeSpan Offset(YamlFields fields, string key, FileReport report, bool required = false)
    {
        if (fields.Scalar(key, required) is not { } scalar) return TimeSpan.Zero;
        if (Durations.TryParse(scalar.Text, out var offset)) return offset;
        report.BadDuration(scalar.Span, scalar.Text, key);
        return TimeSpan.Zero;
    }

    private static IEnumerable<YamlFields> Open(IReadOnlyList<YamlNode> nodes, string owner, FileReport report) =>
        nodes.Select(node => YamlFields.Open(node, owner, report)).OfType<YamlFields>();

    private static OrderedDictionary<string, CellText> Cells(IReadOnlyList<YamlEntry> entries, FileReport report, bool structures = false)
    {
        var cells = new OrderedDictionary<string, CellText>();
        foreach (var entry in entries)
        {
            if (entry.Value is YamlScalar scalar) cells[entry.Key.Text] = new CellText(scalar.IsNull ? null : scalar.Text) { Span = scalar.Span };
            else if (structures) cells[entry.Key.Text] = new CellText(YamlJson.Write(entry.Value)) { Span = entry.Value.Span, IsStructure = true };
            else report.WrongKind(entry.Value.Span, $"`{entry.Key.Text}`", "a single value", YamlFields.KindOf(entry.Value));
        }

        return cells;
    }
}
