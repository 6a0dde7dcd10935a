using System.Text.Json;

namespace AksInsights.Benchmarks;

/// <summary>DuckDB, fetched with npm and run by <c>duckdb.mjs</c>: its tables are made of the same files.</summary>
internal static class DuckDb
{
    private const string Client = "@duckdb/node-api@1.5.6-r.1";

    /// <summary>Runs the queries on a folder.</summary>
    public static EngineRun Run(string folder, string scratch, IReadOnlyList<BenchmarkQuery> queries, int repeat, int threads)
    {
        var script = Install(scratch);
        var answers = Directory.CreateDirectory(Path.Combine(scratch, "answers")).FullName;
        var batch = Path.Combine(scratch, "sql.jsonl");
        BenchmarkQuery.WriteSql(queries, batch);
        var lines = new List<string>();
        var peak = MeasuredProcess.Run("node", [script, folder, batch, $"{repeat}", $"{threads}", answers], new Dictionary<string, string>(), lines.Add);
        return new EngineRun(lines.Select(line => Read(line, answers)).ToDictionary(), peak);
    }

    private static string Install(string scratch)
    {
        var script = Path.Combine(scratch, "duckdb.mjs");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "duckdb.mjs"), script, overwrite: true);
        if (!Directory.Exists(Path.Combine(scratch, "node_modules")))
            MeasuredProcess.Run("npm", ["install", "--no-audit", "--no-fund", "--prefix", scratch, Client], new Dictionary<string, string>(), Console.Error.WriteLine);
        return script;
    }

    private static KeyValuePair<string, Measurement> Read(string line, string answers)
    {
        using var json = JsonDocument.Parse(line);
        double Number(string name) => json.RootElement.GetProperty(name).GetDouble();
        var id = json.RootElement.GetProperty("id").GetString()!;
        var rows = File.ReadLines(Path.Combine(answers, $"{id}.jsonl")).Select(row => JsonDocument.Parse(row).RootElement);
        return KeyValuePair.Create(id, new Measurement(Number("medianMs"), Number("minMs"), Number("cpuMs"), AnswerRows.Of(rows)));
    }
}
