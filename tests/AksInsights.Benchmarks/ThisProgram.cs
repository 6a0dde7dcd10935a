using System.Text.Json;

namespace AksInsights.Benchmarks;

/// <summary>The program of this repository: <c>aksinsights kql --batch</c> with its own timing.</summary>
internal static class ThisProgram
{
    private static readonly string Executable = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "AksInsights.Service", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "aksinsights"));

    /// <summary>Runs the queries on a folder.</summary>
    public static EngineRun Run(string folder, string scratch, IReadOnlyList<BenchmarkQuery> queries, int repeat, int threads)
    {
        var batch = Path.Combine(scratch, "batch.jsonl");
        BenchmarkQuery.WriteBatch(queries, batch);
        var measurements = new Dictionary<string, Measurement>();
        var environment = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = $"{threads}" };
        string[] arguments = ["kql", "--batch", batch, "--workspace", folder, "--timing", "json", "--repeat", $"{repeat}"];
        var peak = MeasuredProcess.Run(Executable, arguments, environment, line => Add(measurements, line));
        return new EngineRun(measurements, peak);
    }

    private static void Add(Dictionary<string, Measurement> measurements, string line)
    {
        using var json = JsonDocument.Parse(line);
        var id = json.RootElement.GetProperty("id").GetString()!;
        if (json.RootElement.TryGetProperty("error", out var error)) throw new InvalidOperationException($"{id}: {error}");
        var timing = json.RootElement.GetProperty("timing");
        double Timing(string name) => timing.GetProperty(name).GetDouble();
        var rows = json.RootElement.GetProperty("tables")[0].GetProperty("rows").EnumerateArray();
        measurements[id] = new Measurement(Timing("medianMs"), Timing("minMs"), Timing("cpuMs"), AnswerRows.Of(rows));
    }
}
