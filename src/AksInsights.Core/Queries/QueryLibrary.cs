using AksInsights.Kql.Diagnostics;

namespace AksInsights.Core.Queries;

/// <summary>All queries of a folder, <c>area/name.kql</c> with its <c>.yaml</c>, and what is wrong with them. Immutable.</summary>
public sealed class QueryLibrary
{
    private QueryLibrary(string folder, IReadOnlyList<QueryDefinition> queries, IReadOnlyList<FileDiagnostic> diagnostics)
    {
        Folder = folder;
        Queries = queries;
        Diagnostics = diagnostics;
    }

    /// <summary>The folder that was read.</summary>
    public string Folder { get; }

    /// <summary>The queries without errors, by id.</summary>
    public IReadOnlyList<QueryDefinition> Queries { get; }

    /// <summary>Those of <see cref="Queries"/> that find problems.</summary>
    public IReadOnlyList<QueryDefinition> Checks => [.. Queries.Where(q => q.Metadata.Kind == QueryKind.Finding)];

    /// <summary>What is wrong with the files, by file; a query with an error is not among <see cref="Queries"/>.</summary>
    public IReadOnlyList<FileDiagnostic> Diagnostics { get; }

    /// <summary>Whether any query is left out because of an error.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads a folder's queries, or only some of them.</summary>
    /// <param name="folder">The folder that holds a folder for each area.</param>
    /// <param name="wanted">Names to keep, as <see cref="Answers"/> compares them; null keeps all.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static QueryLibrary Load(string folder, IReadOnlyCollection<string>? wanted = null)
    {
        var stems = Stems(folder).Where(s => wanted is null || wanted.Any(w => Answers(w, s.Id))).ToList();
        var read = new QueryDefinition?[stems.Count];
        var found = new IReadOnlyList<FileDiagnostic>[stems.Count];
        Parallel.For(0, stems.Count, i => read[i] = QueryFiles.Read(stems[i].Path, stems[i].Id, out found[i]));
        return new QueryLibrary(folder, [.. read.OfType<QueryDefinition>()], [.. found.SelectMany(f => f)]);
    }

    /// <summary>The ids of a folder's queries, whether or not they can be read; in order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> Ids(string folder) => [.. Stems(folder).Select(s => s.Id)];

    /// <summary>Whether what a person wrote names a query: its id, its name without the area, or an area with a slash and a star.</summary>
    public static bool Answers(string written, string id) =>
        written == id
        || id.EndsWith("/" + written, StringComparison.Ordinal)
        || (written.EndsWith("/*", StringComparison.Ordinal) && id.StartsWith(written[..^1], StringComparison.Ordinal));

    private static IEnumerable<Stem> Stems(string folder) => Directory.EnumerateDirectories(folder)
        .SelectMany(area => Directory.EnumerateFiles(area)
            .Select(StemOf)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(stem => new Stem($"{Path.GetFileName(area)}/{Path.GetFileName(stem)}", stem)))
        .OrderBy(s => s.Id, StringComparer.Ordinal);

    private static string? StemOf(string file)
    {
        foreach (var ending in (ReadOnlySpan<string>)[".tests.yaml", ".kql", ".yaml"])
        {
            if (file.EndsWith(ending, StringComparison.Ordinal)) return file[..^ending.Length];
        }

        return null;
    }

    // A class and no tuple: what is generic over a tuple is compiled at every start, which costs more than the reading.
    private sealed record Stem(string Id, string Path);
}
