using System.IO.Compression;
using System.Text;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql;
using AksInsights.Kql.Symbols;

namespace AksInsights.Tests.Adapters.Workspaces;

/// <summary>A folder of recorded files that a test writes itself; deleted with the test.</summary>
internal sealed class RecordedFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aksinsights-tests-").FullName;

    public RecordedFolder Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public RecordedFolder Write(string name, byte[] content)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(content) : content);
        return this;
    }

    public RecordedFolder WriteAsItIs(string name, byte[] content)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), content);
        return this;
    }

    public RecordedWorkspaceTables Open(RecordedWorkspaceOptions? options = null) =>
        Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(Path, options)).Tables;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }
}

/// <summary>Shorthands for reading tables in tests.</summary>
internal static class TablesInTests
{
    public static TableSymbol Symbol(this RecordedWorkspaceTables tables, string name) => tables.Tables.Single(table => table.Name == name);

    public static TableRows Load(this RecordedWorkspaceTables tables, string name, params string[] columns) =>
        tables.Load(tables.Symbol(name), columns, CancellationToken.None);

    /// <summary>All values of a column in row order; null where it is null.</summary>
    public static object?[] Values(this RecordedWorkspaceTables tables, string name, string column)
    {
        var rows = tables.Load(name, column);
        return [.. Enumerable.Range(0, rows.RowCount).Select(rows.Columns[column].Box)];
    }

    /// <summary>The problems of all files, without their examples.</summary>
    public static IEnumerable<(RowProblemKind Kind, string? Column, long Count)> Problems(this RecordedWorkspaceTables tables) =>
        tables.Report.Files.SelectMany(file => file.Problems).Select(problem => (problem.Kind, problem.Column, problem.Count));

    public static long Ticks(string instant) => DateTime.Parse(
        instant, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal).Ticks;
}
