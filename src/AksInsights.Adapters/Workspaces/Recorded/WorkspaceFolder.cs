using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>What the names in a workspace folder say.</summary>
/// <param name="Tables">All tables that can be named, in name order.</param>
/// <param name="Ignored">The names of files that are no tables, in name order.</param>
internal sealed record WorkspaceFolder(IReadOnlyList<TableState> Tables, IReadOnlyList<string> Ignored)
{
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
            found = [.. new DirectoryInfo(path).EnumerateFiles().Where(file => !file.Name.StartsWith('.')).OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return new RecordedWorkspaceOpening.Refused($"There is no folder `{path}`.", Help);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new RecordedWorkspaceOpening.Refused($"The folder `{path}` cannot be listed: {failure.Message}", Help);
        }

        var files = found.Select(RecordedFile.FromName).OfType<RecordedFile>().ToArray();
        if (files.Length == 0)
        {
            var names = found.Length == 0 ? "it is empty" : $"it has {string.Join(", ", found.Take(5).Select(file => $"`{file.Name}`"))}";
            return new RecordedWorkspaceOpening.Refused($"The folder `{path}` holds no recorded table: {names}.", Help);
        }

        var ignored = found.Select(file => file.Name).Except(files.Select(file => file.Name));
        var folder = new WorkspaceFolder([.. States(files)], [.. ignored]);
        return new RecordedWorkspaceOpening.Opened(new RecordedWorkspaceTables(folder, options));
    }

    private static IEnumerable<TableState> States(IEnumerable<RecordedFile> files)
    {
        var byTable = files.ToLookup(file => file.Table, StringComparer.Ordinal);
        return byTable.Select(table => table.Key)
            .Union(KnownTables.ByName.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => KnownTables.ByName.TryGetValue(name, out var symbol)
                ? new TableState(symbol, [.. byTable[name]], hasSchema: true)
                : new TableState(new TableSymbol(name, []), [.. byTable[name]], hasSchema: false));
    }
}
