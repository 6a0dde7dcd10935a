using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Service.Serving;
using AksInsights.Tests.Serving;

namespace AksInsights.IntegrationTests.Serving;

/// <summary>Microsoft's own clients, which know nothing of us, take the served recording for Azure: they understand its answers, partial answers and errors.</summary>
[Needs("npm")]
public class MicrosoftClientTests
{
    private const string Types = """
        print t = datetime(2024-05-01T10:00:00.123), s = "x", l = long(9007199254740991), i = int(5), r = 1.5, nan = real(nan), d = decimal(12.340), b = true,
            g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), span = time(1.02:03:04.5), dyn = dynamic({"a":[1,2]}), none = int(null)
        """;

    // One process asks everything: most of its time is its start.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, JsonNode>>> Answers = new(AskAsync);

    [Fact]
    public async Task EveryTypeArrivesAsItIs()
    {
        var value = (await Answers.Value)["types"]["value"]!;
        Assert.Equal("Success", (string)value["status"]!);
        Assert.Equal(
            "datetime string long int real real decimal bool guid timespan dynamic int",
            string.Join(' ', value["tables"]![0]!["columnDescriptors"]!.AsArray().Select(c => (string)c!["type"]!)));
        Assert.Equal(
            """["2024-05-01T10:00:00.123Z","x",9007199254740991,5,1.5,"NaN","12.340",true,"74be27de-1e4e-49d9-b579-fe0b331d3642","1.02:03:04.5000000",{"a":[1,2]},null]""",
            value["tables"]![0]!["rows"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task StatisticsAndVisualizationAreUnderstood()
    {
        var value = (await Answers.Value)["render"]["value"]!;
        Assert.Equal(2, (int)value["statistics"]!["query"]!["datasetStatistics"]![0]!["tableRowCount"]!);
        Assert.Equal("columnchart", (string)value["visualization"]!["visualization"]!);
    }

    [Fact]
    public async Task TimesAndResourcesLimitTheRows()
    {
        Assert.Equal("[[2]]", await RowsAsync("duration"));
        Assert.Equal("[[1]]", await RowsAsync("interval"));
        Assert.Equal("""[["kiosk"]]""", await RowsAsync("resource"));
        Assert.Equal("[[4]]", await RowsAsync("cross"));
    }

    [Fact]
    public async Task APartialAnswerIsSaidToBePartial()
    {
        var value = (await Answers.Value)["partial"]["value"]!;
        Assert.Equal(("PartialFailure", "PartialError"), ((string)value["status"]!, (string)value["partialError"]!["code"]!));
        Assert.Equal(2, value["partialTables"]![0]!["rows"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("syntax", 400, "BadArgumentError")]
    [InlineData("unknown", 404, "ResourceNotFoundError")]
    [InlineData("forbidden", 403, "InsufficientAccessError")]
    [InlineData("timeout", 504, "GatewayTimeout")]
    public async Task ErrorsKeepTheirCodeAndStatus(string id, int status, string code)
    {
        var error = (await Answers.Value)[id]["error"]!;
        Assert.Equal((status, code), ((int?)error["statusCode"], (string?)error["code"]));
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("unavailable")]
    [InlineData("dropped")]
    public async Task WhatPassesIsAskedAgain(string id) => Assert.Equal("[[1]]", await RowsAsync(id));

    [Fact]
    public async Task ABatchGivesEachItsOwnAnswer()
    {
        var value = (await Answers.Value)["batch"]["value"]!.AsArray();
        // The client calls every error beside others a partial failure, also one without any rows.
        Assert.Equal(["Success", "PartialFailure", "Success"], value.Select(v => (string)v!["status"]!));
        Assert.Equal("[[4]]", value[0]!["tables"]![0]!["rows"]!.ToJsonString());
        Assert.Equal("BadArgumentError", (string)value[1]!["partialError"]!["code"]!);
        Assert.Equal("[[\"b\"]]", value[2]!["tables"]![0]!["rows"]!.ToJsonString());
    }

    [Fact]
    public async Task ManyAtOnceAreAllAnswered()
    {
        var values = (await Answers.Value)["many"]["value"]!.AsArray();
        Assert.Equal(32, values.Count);
        Assert.All(values, value => Assert.Equal("""[["BackOff",2]]""", value!["tables"]![0]!["rows"]!.ToJsonString()));
    }

    [Fact]
    public async Task ResourceGraphComesPageByPage()
    {
        var first = (await Answers.Value)["graph"]["value"]!;
        Assert.Equal((3, 2), ((int)first["totalRecords"]!, (int)first["count"]!));
        Assert.Equal(["edge", "shop"], first["data"]!.AsArray().Select(r => (string)r!["name"]!));
        Assert.False(string.IsNullOrEmpty((string?)first["skipToken"]));
    }

    private static async Task<string> RowsAsync(string id)
    {
        var answer = (await Answers.Value)[id];
        return answer["value"]?["tables"]?[0]?["rows"]?.ToJsonString() ?? answer.ToJsonString();
    }

    private static async Task<IReadOnlyDictionary<string, JsonNode>> AskAsync()
    {
        using var certificate = LoopbackCertificate.Create(TimeProvider.System);
        await using var served = await ServedRecording.StartAsync(s => s with
        {
            Addresses = [ListenAddress.Read("https://127.0.0.1:0", out _)!],
            Certificate = certificate,
            WorkspaceIds = ["w", "x"],
        });
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
            var input = JsonSerializer.Serialize(new { server = $"https://localhost:{served.Client.BaseAddress!.Port}", asks = Asks() });
            var lines = await new NpmPackage("azure-clients", "ask.mjs").RunAsync(input, new Dictionary<string, string> { ["NODE_EXTRA_CA_CERTS"] = file });
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToDictionary(line => (string)line["id"]!);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static object[] Asks()
    {
        var day = new { duration = "P1D" };
        object Ask(string id, string query, object? times = null, object? options = null) => new { id, method = "queryWorkspace", arguments = new[] { "w", query, times ?? day, options ?? new { } } };
        object Faults(string id, object fault) => new { id = $"plan {id}", method = "faults", arguments = new[] { fault } };
        return
        [
            Ask("types", Types),
            Ask("render", "KubeEvents | summarize n = count() by Namespace | render columnchart", null, new { includeQueryStatistics = true, includeVisualization = true, serverTimeoutInSeconds = 60 }),
            Ask("duration", "KubeEvents | count", new { duration = "PT1H" }),
            Ask("interval", "KubeEvents | count", new { startTime = "2026-01-05T07:30:00Z", endTime = "2026-01-05T08:30:00Z" }),
            Ask("cross", "KubeEvents | count", new { duration = "P7D" }, new { additionalWorkspaces = new[] { "x" } }),
            new { id = "resource", method = "queryResource", arguments = new object[] { ServedRecording.Edge, "KubeEvents | project Namespace", day } },
            Faults("partial", new { kind = "partial" }),
            Ask("partial", "KubeEvents", new { duration = "P7D" }),
            Ask("syntax", "KubeEvents | whre x"),
            new { id = "unknown", method = "queryWorkspace", arguments = new object[] { "nobody", "print 1", day } },
            Faults("forbidden", new { kind = "forbidden" }),
            Ask("forbidden", "print 1"),
            Faults("timeout", new { kind = "timeout", times = 10 }),
            Ask("timeout", "print 1"),
            Faults("throttled", new { kind = "throttled", times = 2, seconds = 0 }),
            Ask("throttled", "print 1"),
            Faults("unavailable", new { kind = "unavailable", times = 2 }),
            Ask("unavailable", "print 1"),
            Faults("dropped", new { kind = "dropped", times = 2 }),
            Ask("dropped", "print 1"),
            new
            {
                id = "batch", method = "queryBatch", arguments = new object[]
                {
                    new object[]
                    {
                        new { workspaceId = "w", query = "KubeEvents | count", timespan = new { duration = "P7D" } },
                        new { workspaceId = "w", query = "KubeEvents | whre x", timespan = day },
                        new { workspaceId = "x", query = "print 'b'", timespan = day },
                    },
                },
            },
            new { id = "many", method = "queryWorkspace", arguments = new object[] { "w", "KubeEvents | summarize n = count() by Reason | top 1 by n", new { duration = "P7D" } }, times = 32 },
            new
            {
                id = "graph", method = "resources",
                arguments = new object[] { new { query = "Resources | project id, name | sort by name asc", subscriptions = new[] { "S1", "S2" }, options = new { top = 2, resultFormat = "objectArray" } } },
            },
        ];
    }
}
