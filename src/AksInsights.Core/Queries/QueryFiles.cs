using AksInsights.Core.Findings;
using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries;

/// <summary>Reads the <c>.kql</c> and the <c>.yaml</c> of one query and checks that they fit together.</summary>
internal static class QueryFiles
{
    /// <summary>The query; null when a mistake, which is reported, leaves nothing to run.</summary>
    /// <param name="stem">The path of the files without their endings.</param>
    /// <param name="id">Area and name, from the path.</param>
    /// <param name="found">What is wrong with them.</param>
    public static QueryDefinition? Read(string stem, string id, out IReadOnlyList<FileDiagnostic> found)
    {
        var kql = Open(stem + ".kql");
        var yaml = Open(stem + ".yaml");
        var query = Read(stem, id, kql, yaml);
        found = [.. kql.Found.OrderBy(Place), .. yaml.Found.OrderBy(Place)];
        return kql.HasErrors || yaml.HasErrors ? null : query;
    }

    private static int Place(FileDiagnostic found) => found.Diagnostic.Span.Start;

    private static QueryDefinition? Read(string stem, string id, FileReport kql, FileReport yaml)
    {
        if (!QueryId.TryParse(id, out var queryId)) kql.BadId(id);
        var map = yaml.HasErrors ? null : YamlTree.Read(yaml.Text, yaml);
        if (map is not null and not YamlMap) yaml.WrongKind(map.Span, "A query's file", "a mapping of keys to values", YamlFields.KindOf(map));
        var metadata = map is YamlMap fields ? MetadataReader.Read(fields, yaml) : null;
        if (kql.HasErrors) return null;

        var tree = SyntaxTree.Parse(kql.Text, kql.File);
        kql.AddRange(tree.Diagnostics);
        if (tree.HasErrors || QueryHeader.Read(tree.Root, kql) is not { } header || metadata is null || kql.HasErrors) return null;

        return new QueryDefinition
        {
            Id = queryId,
            Metadata = metadata,
            Text = new QueryText(kql.Text, tree.Root, HeaderChecks.Complete(header, metadata, (YamlMap)map!, yaml)),
            Revision = RevisionHash.Of(kql.Text, yaml.Text),
            KqlFile = stem + ".kql",
        };
    }

    private static FileReport Open(string path)
    {
        try
        {
            return new FileReport(path, File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            var report = new FileReport(path, "");
            report.FileMissing(Path.GetFileName(path));
            return report;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var report = new FileReport(path, "");
            report.Unreadable(error.Message);
            return report;
        }
    }
}
