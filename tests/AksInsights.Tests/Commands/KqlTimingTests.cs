using System.Text.Json;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Commands;

/// <summary>What <c>--timing json</c> measures. Golden scripts cannot show it: their clock stands still.</summary>
public sealed class KqlTimingTests : IDisposable
{
    private readonly string _batch = Path.GetTempFileName();

    public void Dispose() => File.Delete(_batch);

    [Fact]
    public async Task ABatchWithRepeatsTellsMedianLeastAndProcessorTime()
    {
        await File.WriteAllTextAsync(_batch, """
            {"id": "slow", "query": "range x from 1 to 300000 step 1 | summarize count() by hash(x) % 1000 | count"}
            {"id": "bad", "query": "print nope"}
            """);
        var (exit, results) = await RunAsync("kql", "--batch", _batch, "--repeat", "3", "--timing", "json");
        Assert.Equal(ExitCode.Done, exit);
        var lines = results.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal("""[[1000]]""", lines[0].GetProperty("tables")[0].GetProperty("rows").GetRawText());
        var timing = lines[0].GetProperty("timing");
        var (median, min, cpu) = (Milliseconds(timing, "medianMs"), Milliseconds(timing, "minMs"), Milliseconds(timing, "cpuMs"));
        Assert.InRange(min, 0.001, median);
        Assert.True(cpu > 0.001, $"{cpu} ms of processor time");
        Assert.All(["loadMs", "bindMs", "executeMs"], name => Assert.True(Milliseconds(timing, name) >= 0));
        Assert.False(lines[1].TryGetProperty("timing", out _));
    }

    [Fact]
    public async Task AnswersThatAreCutCarryAnErrorBesideTheirTables()
    {
        await File.WriteAllTextAsync(_batch, """{"id": "large", "query": "range x from 1 to 500001 step 1"}""");
        var (exit, results) = await RunAsync("kql", "--batch", _batch);
        Assert.Equal(ExitCode.Done, exit);
        var line = JsonDocument.Parse(results).RootElement;
        Assert.Equal(500_000, line.GetProperty("tables")[0].GetProperty("rows").GetArrayLength());
        Assert.Equal("PartialError", line.GetProperty("error").GetProperty("code").GetString());
    }

    private static double Milliseconds(JsonElement timing, string name) => timing.GetProperty(name).GetDouble();

    private static async Task<(int Exit, string Results)> RunAsync(params string[] arguments)
    {
        using var results = new StringWriter();
        var io = new CommandIo(TextReader.Null, results, TextWriter.Null, IsInteractive: false, Width: null, TimeProvider.System);
        return (await CommandLineTable.RunAsync(arguments, io, CancellationToken.None), results.ToString());
    }
}
