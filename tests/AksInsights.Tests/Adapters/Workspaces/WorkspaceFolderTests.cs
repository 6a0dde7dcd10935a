using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class WorkspaceFolderTests : IDisposable
{
    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderThatIsMissingIsRefused()
    {
        var refused = Assert.IsType<RecordedWorkspaceOpening.Refused>(RecordedWorkspaceTables.Open(Path.Combine(_folder.Path, "gone")));
        Assert.StartsWith("There is no folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileInPlaceOfAFolderIsRefused()
    {
        _folder.Write("Perf.jsonl", "{}");
        var refused = Assert.IsType<RecordedWorkspaceOpening.Refused>(RecordedWorkspaceTables.Open(Path.Combine(_folder.Path, "Perf.jsonl")));
        Assert.Contains("is a file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutTablesIsRefusedWithWhatItHolds()
    {
        var empty = Assert.IsType<RecordedWorkspaceOpening.Refused>(RecordedWorkspaceTables.Open(_folder.Path));
        Assert.Contains("it is empty", empty.Message, StringComparison.Ordinal);
        _folder.Write("notes.txt", "x").Write("Perf.parquet", "x");
        var refused = Assert.IsType<RecordedWorkspaceOpening.Refused>(RecordedWorkspaceTables.Open(_folder.Path));
        Assert.Contains("it has `Perf.parquet`, `notes.txt`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatAreNoTablesAreIgnoredByName()
    {
        _folder.Write("Perf.jsonl", "{}")
            .Write("README.md", "x")
            .Write("truth.json", "{\n \"now\": 1\n}")
            .Write("1st.jsonl", "{}")
            .Write(".hidden.jsonl", "{}");
        var tables = _folder.Open();
        Assert.Equal(["Perf"], tables.PresentTables);
        Assert.Equal(["1st.jsonl", "README.md", "truth.json"], tables.IgnoredFiles);
    }

    [Fact]
    public void KnownTablesCanBeNamedButAreNotPresentWithoutAFile()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Open();
        Assert.True(tables.IsPresent("Perf"));
        Assert.False(tables.IsPresent("KubeNodeInventory"));
        var rows = tables.Load("KubeNodeInventory", "Status", "TimeGenerated");
        Assert.Equal(0, rows.RowCount);
        Assert.Equal(KqlType.DateTime, rows.Columns["TimeGenerated"].Type);
    }

    [Fact]
    public void EveryKnownTableHasTheStandardColumns()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Open();
        Assert.Equal(25, tables.Tables.Count);
        Assert.Contains(tables.Symbol("Resources").Columns, column => column is { Name: "properties", Type: KqlType.Dynamic });
        Assert.All(tables.Tables.Where(table => table.Name != "Resources"), table => Assert.Contains(table.Columns, column => column is { Name: "_ResourceId", Type: KqlType.String }));
        Assert.Contains(tables.Symbol("KubePodInventory").Columns, column => column is { Name: "PodRestartCount", Type: KqlType.Int });
        Assert.Contains(tables.Symbol("AzureDiagnostics").Columns, column => column.Name == "log_s");
    }

    [Fact]
    public void PartsOfATableAreReadInNameOrder()
    {
        _folder.Write("Perf.2.jsonl.gz", "{\"Computer\":\"b\"}\n")
            .Write("Perf.1.csv", "Computer\na\n")
            .Write("Perf.3.json", "[{\"Computer\":\"c\"}]");
        var tables = _folder.Open(new RecordedWorkspaceOptions { Workers = 3 });
        Assert.Equal(["a", "b", "c"], tables.Values("Perf", "Computer"));
        Assert.Equal([("Perf.1.csv", 1L), ("Perf.2.jsonl.gz", 1L), ("Perf.3.json", 1L)], tables.Report.Files.Select(file => (file.File, file.Rows)));
    }

    [Fact]
    public void AFileBesideItsGzippedCopyIsReadOnce()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Write("Perf.jsonl.gz", "{}").Open();
        Assert.Equal(1, tables.Load("Perf").RowCount);
        Assert.Equal(["Perf.jsonl.gz"], tables.IgnoredFiles);
    }

    [Fact]
    public void ATableOrColumnThatWasNeverListedIsABug()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Open();
        Assert.Throws<InvalidOperationException>(() => tables.Load("Perf", "NoSuchColumn"));
        Assert.Throws<InvalidOperationException>(() => tables.Load(new AksInsights.Kql.Symbols.TableSymbol("NoTable", []), [], default));
    }
}
