using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;
using AksInsights.Service.Serving;

namespace AksInsights.Tests.Serving;

/// <summary>What the served workspace does at its limits, and with many clients at once.</summary>
public class ServedLimitTests
{
    [Fact]
    public async Task RowsBeyondTheLimitAreLeftOutAndSaidSo() =>
        await IsPartialAsync(s => s with { MaxRows = 10 }, "range x from 1 to 11 step 1", 10, "-2133196797", "E_QUERY_RESULT_SET_TOO_LARGE");

    [Fact]
    public async Task TheServicesOwnLimitIsHalfAMillionRows() =>
        await IsPartialAsync(s => s, "range x from 1 to 500001 step 1", 500_000, "-2133196797", "the limit is 500000");

    [Fact]
    public async Task BytesBeyondTheLimitAreLeftOutAndSaidSo() =>
        await IsPartialAsync(s => s with { MaxResultBytes = 80 }, "range x from 1 to 11 step 1", 10, "-2133196797", "E_QUERY_RESULT_SET_TOO_LARGE");

    [Fact]
    public async Task AQueryThatNeedsTooMuchMemoryIsARunaway() =>
        await IsPartialAsync(s => s with { MaxMemoryBytes = 1 << 20 }, "range x from 1 to 1000000 step 1 | summarize count() by x", 0, "-2133196799", "E_RUNAWAY_QUERY");

    [Fact]
    public async Task AQueryThatTakesTooLongIsAGatewaysTimeout()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { MaxWait = TimeSpan.FromMilliseconds(100) });
        const string Long = "range x from 1 to 4000000 step 1 | extend a = hash_sha256(tostring(x)) | summarize dcount(a)";
        var (status, codes, error) = await ServedRecording.ErrorAsync(served.AskAsync(Long));
        Assert.Equal((504, "GatewayTimeout > GatewayTimeout"), (status, codes));
        Assert.Equal("Unable to unzip response", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(null, 180)]
    [InlineData("wait=30", 30)]
    [InlineData("include-statistics=true, wait=600", 600)]
    [InlineData("wait=6000", 600)]
    [InlineData("wait=0", 180)]
    [InlineData("wait=soon", 180)]
    public void TheWaitIsWhatIsAskedWithinTenMinutes(string? header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RequestPreferences.Read(header, TimeSpan.FromMinutes(10)).Wait);

    [Fact]
    public async Task BeyondTheQueueQueriesAreTurnedAway()
    {
        using var gate = new QueryGate(Settings() with { Concurrent = 1, Queue = 1 });
        Assert.True(await gate.EnterAsync(CancellationToken.None));
        var waiting = gate.EnterAsync(CancellationToken.None);
        Assert.False(await gate.EnterAsync(CancellationToken.None));
        Assert.False(waiting.IsCompleted);
        gate.Leave();
        Assert.True(await waiting);
        Assert.Equal(1, gate.Running);
        gate.Leave();
        Assert.Equal(0, gate.Running);
    }

    [Fact]
    public async Task WhoseTurnDoesNotComeIsTurnedAway()
    {
        using var gate = new QueryGate(Settings() with { Concurrent = 1, MaxQueueTime = TimeSpan.FromMilliseconds(20) });
        Assert.True(await gate.EnterAsync(CancellationToken.None));
        Assert.False(await gate.EnterAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ManyClientsAtOnceAllGetTheirOwnAnswer()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { Concurrent = 2 });
        // The first of them find nothing loaded yet.
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => ServedRecording.RowsAsync(
            i % 2 == 0 ? served.AskAsync($"KubeEvents | summarize n = count() by Reason | where n == 2 | project Reason, {i}") : served.AskAsync($"Resources | summarize count(), {i}"))));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? $"""[["BackOff",{i}]]""" : $"[[3,{i}]]"), answers);
    }

    [Fact]
    public async Task AClientThatGoesAwayFreesItsPlace()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { Concurrent = 1, Queue = 0 });
        using (var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
        {
            using var content = new StringContent("""{"query":"range x from 1 to 4000000 step 1 | extend a = hash_sha256(tostring(x)) | summarize dcount(a)"}""", System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json"));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => served.Client.PostAsync(new Uri("v1/workspaces/w/query", UriKind.Relative), content, impatient.Token));
        }

        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10);
        while (true)
        {
            using var answer = await served.AskAsync("print 1");
            if (answer.IsSuccessStatusCode) return;
            Assert.True(TimeProvider.System.GetUtcNow() < until, "The query of a client that is gone ran on for 10 seconds.");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task ALargeAnswerIsNeverHeldAsAWhole()
    {
        const int Rows = 100_000;
        var column = new FlatColumn<long>(KqlType.Long, [.. Enumerable.Range(0, Rows).Select(i => 1_000_000_000_000L + i)]);
        var table = new ResultTable("PrimaryResult", [new ResultColumn("x", KqlType.Long)], [column], Rows);
        var answer = new ServedAnswer.Rows(new KqlResult([table], [], null, null), null, new QueryCost(TimeSpan.Zero, Rows));
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 100_000, resumeWriterThreshold: 50_000));
        var writing = Task.Run(async () =>
        {
            await using var writer = new AnswerWriter(pipe.Writer);
            await writer.WriteAsync(answer, new RequestPreferences(default, false, false), CancellationToken.None);
            await writer.FlushAsync(CancellationToken.None);
            await pipe.Writer.CompleteAsync();
        });
        using var whole = new MemoryStream();
        var most = 0L;
        while (true)
        {
            var read = await pipe.Reader.ReadAsync();
            most = Math.Max(most, read.Buffer.Length);
            whole.Write(read.Buffer.ToArray());
            pipe.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        await writing;
        using var json = JsonDocument.Parse(whole.ToArray());
        Assert.Equal(Rows, json.RootElement.GetProperty("tables")[0].GetProperty("rows").GetArrayLength());
        Assert.True(whole.Length > 1_500_000 && most < 250_000, $"{most} bytes of {whole.Length} were held at once.");
    }

    private static ServeSettings Settings() => new() { Addresses = [], NowUtc = ServedRecording.Now, Time = TimeProvider.System };

    private static async Task IsPartialAsync(Func<ServeSettings, ServeSettings> limit, string query, int rows, string code, string message)
    {
        await using var served = await ServedRecording.StartAsync(limit);
        using var answer = await served.AskAsync(query);
        Assert.True(answer.IsSuccessStatusCode);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(rows, json["tables"]![0]!["rows"]!.AsArray().Count);
        Assert.Equal("PartialError", (string)json["error"]!["code"]!);
        var detail = json["error"]!["details"]![0]!;
        Assert.Equal(("EngineError", code, 2, "Error"), ((string)detail["code"]!, (string)detail["innererror"]!["code"]!, (int)detail["innererror"]!["severity"]!, (string)detail["innererror"]!["severityName"]!));
        Assert.Contains(message, (string)detail["innererror"]!["message"]!, StringComparison.Ordinal);
    }
}
