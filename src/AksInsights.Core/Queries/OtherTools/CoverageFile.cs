using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.OtherTools;

/// <summary>A library's <c>coverage.yaml</c> with the places of its parts. Immutable.</summary>
public sealed class CoverageFile
{
    /// <summary>The file's name in the folder of a library.</summary>
    public const string Name = "coverage.yaml";

    private readonly FileReport _report;
    private readonly YamlMap? _map;

    private CoverageFile(FileReport report, YamlMap? map, OtherToolsFile content)
    {
        _report = report;
        _map = map;
        Content = content;
    }

    /// <summary>What it says; without tools when it cannot be read.</summary>
    public OtherToolsFile Content { get; }

    /// <summary>What is wrong with the file itself.</summary>
    public IReadOnlyList<FileDiagnostic> Diagnostics => _report.Found;

    /// <summary>Reads the file of a library; null when it has none.</summary>
    public static CoverageFile? Load(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        var report = new FileReport(path, "");
        try
        {
            report = new FileReport(path, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Unreadable(error.Message);
        }

        var root = report.HasErrors ? null : YamlTree.Read(report.Text, report);
        if (root is not null and not YamlMap) report.WrongKind(root.Span, "The file of other tools", "a mapping of keys to values", YamlFields.KindOf(root));
        return new CoverageFile(report, root as YamlMap, root is YamlMap map ? OtherToolsReader.Read(map, report) : new OtherToolsFile { Tools = new Dictionary<string, OtherTool>() });
    }

    /// <summary>Checks a query's <c>sources</c>: each names a tool that is known, and a check of it.</summary>
    public IReadOnlyList<FileDiagnostic> CheckSources(QueryDefinition query)
    {
        var wrong = query.Metadata.Sources.Where(s => !IsKnown(s)).ToList();
        if (wrong.Count == 0) return [];
        var yaml = new FileReport(query.YamlFile, File.ReadAllText(query.YamlFile));
        var scalars = YamlTree.Read(yaml.Text, yaml) is YamlMap map && map.Find("sources") is YamlList list ? list.Items.OfType<YamlScalar>().ToList() : [];
        foreach (var source in wrong)
        {
            var span = scalars.Find(s => s.Text.Trim() == source)?.Span ?? new TextSpan(0, 0);
            var (tool, check) = Split(source);
            if (tool is not null && Content.Tools.TryGetValue(tool, out var known)) yaml.UnknownCheck(span, check, tool, [.. known.Checks.Keys]);
            else yaml.UnknownTool(span, source, [.. Content.Tools.Keys, .. Content.Others]);
        }

        return yaml.Found;
    }

    /// <summary>Checks that each check of a tool is either covered by one of all queries, or explained, and not both.</summary>
    public IReadOnlyList<FileDiagnostic> CheckMatrix(IReadOnlyList<QueryDefinition> queries)
    {
        if (_map is null) return [];
        var report = new FileReport(_report.File, _report.Text);
        foreach (var row in CoverageMatrix.Of(Content, queries).Tools.SelectMany(t => t.Rows))
        {
            var place = PlaceOf(row);
            if (row.Why is null && row.Queries.Count == 0) report.CheckUnexplained(place, row.Tool, row.Check);
            else if (row.Why is not null && row.State != CoverageState.Likely && row.Queries.Count > 0) report.CheckCoveredAfterAll(place, row.Check, [.. row.Queries.Select(q => q.Value)]);
            else if (row.State == CoverageState.Likely && row.Queries.Count == 0) report.ProxyMissing(place, row.Tool, row.Check);
        }

        return report.Found;
    }

    private static (string? Tool, string Check) Split(string source) =>
        source.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < source.Length - 1 ? (source[..colon], source[(colon + 1)..]) : (null, source);

    private bool IsKnown(string source) =>
        Split(source) is ({ } tool, var check) && (Content.Others.Contains(tool) || (Content.Tools.TryGetValue(tool, out var known) && known.Checks.ContainsKey(check)));

    /// <summary>Where a note names the check, or where the tool lists it.</summary>
    private TextSpan PlaceOf(CoverageRow row)
    {
        if ((_map!.Find("tools") as YamlMap)?.Find(row.Tool) is not YamlMap tool) return new TextSpan(0, 0);
        var named = tool.Entries.Select(e => e.Value).OfType<YamlList>().SelectMany(notes => notes.Items).OfType<YamlMap>()
            .SelectMany(note => note.Find("checks") is YamlList checks ? checks.Items : []).OfType<YamlScalar>().FirstOrDefault(s => s.Text == row.Check);
        return named?.Span ?? (tool.Find("checks") as YamlMap)?.Entries.FirstOrDefault(e => e.Key.Text == row.Check)?.Key.Span ?? tool.Span;
    }
}
