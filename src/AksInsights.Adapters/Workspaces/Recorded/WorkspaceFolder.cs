using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>What the names in a workspace folder say.</summary>
/// <param name="Tables">All tables that can be named, in name order.</param>
/// <param name="Ignored">The names of files that are no tables, in name order.</param>
internal sealed record WorkspaceFolder(IReadOnlyList<TableState> Tables, IReadOnlyList<string> Ignored)
{
    private const int SniffedBytes = 1 << 16;

    private const string Help =
        "Name a folder with a file for each table, such as Perf.jsonl.gz, KubePodInventory.csv or KubeEvents.json.";

    /// <summary>Lists a folder.</summary>
    public static RecordedWorkspaceOpening List(string path, RecordedWorkspaceOptions options)
    {
        if (File.Exists(path))
            return new RecordedWorkspaceOpening.Refused($"`{path}` is a file, not the folder of a recorded workspace.", Help);
        FileInfo[] found;
        try
        {
            var visible = new DirectoryInfo(path).EnumerateFiles().Where(file => !file.Name.StartsWith('.'));
            found = [.. visible.OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return new RecordedWorkspaceOpening.Refused($"There is no folder `{path}`.", Help);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new RecordedWorkspaceOpening.Refused($"The folder `{path}` cannot be listed: {failure.Message}", Help);
        }

        var names = found.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        // A file beside its own gzipped copy would give every row twice.
        var files = found
            .Where(file => !(file.Name.EndsWith(".gz", StringComparison.Ordinal) && names.Contains(file.Name[..^3])))
            .Select(RecordedFile.FromName).OfType<RecordedFile>().Where(MayBeTable).ToArray();
        if (files.Length == 0)
        {
            var content = found.Length == 0 ? "it is empty" : $"it has {string.Join(", ", found.Take(5).Select(file => $"`{file.Name}`"))}";
            return new RecordedWorkspaceOpening.Refused($"The folder `{path}` holds no recorded table: {content}.", Help);
        }

        var ignored = names.Except(files.Select(file => file.Name)).Order(StringComparer.Ordinal);
        var folder = new WorkspaceFolder([.. States(files, options)], [.. ignored]);
        return new RecordedWorkspaceOpening.Opened(new RecordedWorkspaceTables(folder, options));
    }

    /// <summary>Whether a file is a table's. A JSON file that is not named like a known table may be anything, so its first bytes are looked at.</summary>
    private static bool MayBeTable(RecordedFile file)
    {
        if (file.Format != RecordFormat.Json || KnownTables.ByName.ContainsKey(file.Table))
            return true;
        var buffer = new byte[SniffedBytes];
        using var load = new TableLoad(file.Table, [file], [], null).Files[0];
        load.Take(ref buffer, out _);
        return load.Problem is not { Kind: RowProblemKind.NotATable };
    }

    private static IEnumerable<TableState> States(IEnumerable<RecordedFile> files, RecordedWorkspaceOptions options)
    {
        var byTable = files.ToLookup(file => file.Table, StringComparer.Ordinal);
        return byTable.Select(table => table.Key)
            .Union(KnownTables.ByName.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => State(name, [.. byTable[name]], options));
    }

    private static TableState State(string name, IReadOnlyList<RecordedFile> files, RecordedWorkspaceOptions options)
    {
        var schema = KnownTables.ByName.GetValueOrDefault(name)?.Columns;
        var columns = files.Count == 0 ? schema ?? [] : new LazyColumns(name, files, schema ?? [], options);
        return new TableState(new TableSymbol(name, columns), files, schema?.Select(column => column.Name).ToHashSet(StringComparer.Ordinal));
    }
}
