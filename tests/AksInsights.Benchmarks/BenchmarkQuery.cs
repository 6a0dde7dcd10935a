using System.Text.Json;

namespace AksInsights.Benchmarks;

/// <summary>One question in both languages.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kql">As this program runs it.</param>
/// <param name="Sql">As DuckDB runs it.</param>
internal sealed record BenchmarkQuery(string Id, string Kql, string Sql)
{
    /// <summary>Reads a file with a JSON object a line.</summary>
    public static IReadOnlyList<BenchmarkQuery> Read(FileInfo file, IReadOnlyCollection<string> only) =>
        [.. File.ReadLines(file.FullName).Where(line => line.Length > 0).Select(Read).Where(query => only.Count == 0 || only.Contains(query.Id))];

    /// <summary>Writes the queries as <c>kql --batch</c> reads them.</summary>
    public static void WriteBatch(IEnumerable<BenchmarkQuery> queries, string path) =>
        File.WriteAllLines(path, queries.Select(query => JsonSerializer.Serialize(new { id = query.Id, query = query.Kql })));

    /// <summary>Writes the queries as the script for DuckDB reads them.</summary>
    public static void WriteSql(IEnumerable<BenchmarkQuery> queries, string path) =>
        File.WriteAllLines(path, queries.Select(query => JsonSerializer.Serialize(new { id = query.Id, sql = query.Sql })));

    private static BenchmarkQuery Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new BenchmarkQuery(Text("id"), Text("kql"), Text("sql"));
    }
}
