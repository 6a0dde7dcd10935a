using System.Globalization;
using System.IO.Compression;

namespace AksInsights.Tests.Scanning;

/// <summary>A copy of <c>samples/workspace-demo</c> as it would be if something about its collection were otherwise. Deleted when disposed.</summary>
internal sealed class RecordingVariant : IDisposable
{
    private const string Ending = ".jsonl.gz";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recording-");

    /// <summary>Makes a copy.</summary>
    /// <param name="change">The rows, one JSON object each, that a table has instead of its own; null leaves the table out.</param>
    public RecordingVariant(Func<string, IEnumerable<string>, IEnumerable<string>?> change)
    {
        foreach (var file in Directory.EnumerateFiles(Demo, "*" + Ending))
        {
            var table = System.IO.Path.GetFileName(file)[..^Ending.Length];
            var rows = Rows(file);
            var changed = change(table, rows);
            if (changed is null) continue;
            var copy = System.IO.Path.Combine(_folder.FullName, table + Ending);
            if (ReferenceEquals(changed, rows)) File.Copy(file, copy);
            else Write(copy, changed);
        }

        File.Copy(System.IO.Path.Combine(Demo, "Resources.jsonl"), System.IO.Path.Combine(_folder.FullName, "Resources.jsonl"));
    }

    /// <summary>The recording that copies are made of.</summary>
    public static string Demo { get; } = Repository.Path("samples", "workspace-demo");

    /// <summary>The folder of the copy.</summary>
    public string Path => _folder.FullName;

    /// <summary>When a row was written.</summary>
    public static DateTime TimeOf(string row)
    {
        const string Before = "{\"TimeGenerated\":\"";
        Assert.StartsWith(Before, row, StringComparison.Ordinal);
        return DateTime.Parse(row.AsSpan(Before.Length, row.IndexOf('"', Before.Length) - Before.Length), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> Rows(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static void Write(string file, IEnumerable<string> rows)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        foreach (var row in rows) writer.WriteLine(row);
    }
}
