using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AksInsights.Tests.Serving;

/// <summary>Answers of the served workspace to single queries, as the service's documentation and recorded sessions of its clients have them.</summary>
public class ServedQueryTests
{
    [Fact]
    public async Task CellsAreWrittenAsTheServiceDoes()
    {
        await using var served = await ServedRecording.StartAsync();
        using var answer = await served.AskAsync("""
            print t = datetime(2015-12-31T23:59:59.9), b = true, i = int(5), l = long(9007199254740993), r = 1.5, nan = real(nan), inf = -real(+inf), d = decimal(0.10101),
                g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), span = time(1.02:03:04.5), dyn = dynamic({"a":[1,2]}), s = "x\"y", none = bool(null), empty = ""
            """);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var expected = """
            {"tables":[{"name":"PrimaryResult","columns":[{"name":"t","type":"datetime"},{"name":"b","type":"bool"},{"name":"i","type":"int"},{"name":"l","type":"long"},
            {"name":"r","type":"real"},{"name":"nan","type":"real"},{"name":"inf","type":"real"},{"name":"d","type":"decimal"},{"name":"g","type":"guid"},{"name":"span","type":"timespan"},
            {"name":"dyn","type":"dynamic"},{"name":"s","type":"string"},{"name":"none","type":"bool"},{"name":"empty","type":"string"}],
            "rows":[["2015-12-31T23:59:59.9Z",true,5,9007199254740993,1.5,"NaN","-Infinity","0.10101","74be27de-1e4e-49d9-b579-fe0b331d3642","1.02:03:04.5000000",
            "{\"a\":[1,2]}","x\"y",null,""]]}]}
            """.ReplaceLineEndings("");
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AGetAsksTheSameByParameters()
    {
        await using var served = await ServedRecording.StartAsync();
        var query = Uri.EscapeDataString("KubeEvents | count");
        Assert.Equal("[[2]]", await ServedRecording.RowsAsync(served.Client.GetAsync(new Uri($"v1/workspaces/w/query?query={query}&timespan=PT1H&workspaces=a,b", UriKind.Relative))));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData("PT1H", 2)]
    [InlineData("PT30M", 2)]
    [InlineData("PT29M59S", 1)]
    [InlineData("P1D", 3)]
    [InlineData("P1W", 4)]
    [InlineData("P9999Y", 4)]
    [InlineData("2026-01-05T08:00:00Z/2026-01-05T09:00:00Z", 1)]
    [InlineData("2026-01-05T09:00:00+01:00/PT90M", 2)]
    [InlineData("PT2H/2026-01-05T09:59:59.9999999Z", 2)]
    [InlineData("2020-01-01/2021-01-01", 0)]
    public async Task TheTimespanLimitsTheTables(string? timespan, int rows)
    {
        await using var served = await ServedRecording.StartAsync();
        Assert.Equal($"[[{rows}]]", await ServedRecording.RowsAsync(served.AskAsync("KubeEvents | count", timespan)));
    }

    [Fact]
    public async Task TheTimespanIsAddedToTheQuerysOwnFilter() => await AnswersAsync(
        "KubeEvents | where TimeGenerated < ago(10m) | project Reason", """[["Failed"]]""", timespan: "PT1H");

    [Fact]
    public async Task RowsWithoutATimeAreNotLimited() => await AnswersAsync("Resources | count", "[[3]]", timespan: "PT1H");

    [Theory]
    [InlineData("yesterday")]
    [InlineData("PX")]
    [InlineData("2026-01-05/2026-01-04")]
    [InlineData("PT1H/PT1H")]
    [InlineData("2026-01-05/2026-01-06/2026-01-07")]
    public async Task ATimespanThatCannotBeReadIsRefused(string timespan)
    {
        await using var served = await ServedRecording.StartAsync();
        var (status, codes, _) = await ServedRecording.ErrorAsync(served.AskAsync("print 1", timespan));
        Assert.Equal((400, "BadArgumentError > QueryValidationError > InvalidTimespan"), (status, codes));
    }

    [Fact]
    public async Task NowIsTheRecordings() => await AnswersAsync("print now(), ago(1h)", """[["2026-01-05T10:00:00Z","2026-01-05T09:00:00Z"]]""");

    [Fact]
    public async Task AResourceSeesItsOwnRows()
    {
        await using var served = await ServedRecording.StartAsync();
        async Task<string> Ask(string resource) =>
            await ServedRecording.RowsAsync(served.AskAsync("KubeEvents | summarize count() by Namespace | sort by Namespace", path: $"v1/{resource}/query"));
        Assert.Equal("""[["web",2]]""", await Ask(ServedRecording.Shop));
        Assert.Equal("""[["kiosk",2]]""", await Ask("subscriptions/s2/resourceGroups/rg-edge"));
        // The group's name is only the beginning of another's.
        Assert.Equal("[]", await Ask("/subscriptions/S2/resourceGroups/rg-ed"));
        Assert.Equal(
            """[["web",2],["kiosk",2]]""", await Ask("/subscriptions/S9/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"));
    }

    [Fact]
    public async Task ASyntaxErrorHasTheServicesCodesAndPlace()
    {
        // What the service answers to this very text, of a recorded session: pos counts from 0.
        await using var served = await ServedRecording.StartAsync();
        var (status, codes, error) = await ServedRecording.ErrorAsync(served.AskAsync("completely invalid syntax"));
        Assert.Equal((400, "BadArgumentError > SyntaxError > SYN0002"), (status, codes));
        Assert.StartsWith("Query could not be parsed at 'invalid' on line [1,11]", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 11, "invalid"), (error.GetProperty("line").GetInt32(), error.GetProperty("pos").GetInt32(), error.GetProperty("token").GetString()));
    }

    [Theory]
    [InlineData("KubeEvents\n| where Reson == 'x'", "SEM0100", 2, 8, "Reson")]
    [InlineData("NoSuchTable", "SEM0100", 1, 0, "NoSuchTable")]
    [InlineData("print frobnicate(1)", "SEM0260", 1, 6, "frobnicate")]
    [InlineData("print s = \"x\" + 1", "SEM0001", 1, 10, "\"x\" + 1")]
    [InlineData("Perf | count", "SEM0100", 1, 0, "Perf")]
    public async Task ASemanticErrorHasItsPlace(string query, string code, int line, int position, string token)
    {
        await using var served = await ServedRecording.StartAsync();
        var (status, codes, error) = await ServedRecording.ErrorAsync(served.AskAsync(query));
        Assert.Equal((400, $"BadArgumentError > SemanticError > {code}"), (status, codes));
        Assert.Equal((line, position, token), (error.GetProperty("line").GetInt32(), error.GetProperty("pos").GetInt32(), error.GetProperty("token").GetString()));
    }

    [Fact]
    public async Task ABodyThatIsNotSaidToBeJsonGetsNothing()
    {
        await using var served = await ServedRecording.StartAsync();
        using var content = new ByteArrayContent("{\"query\":\"print 1\"}"u8.ToArray());
        using var answer = await served.Client.PostAsync(new Uri("v1/workspaces/w/query", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{\"query\":", "InvalidJsonBody")]
    [InlineData("[]", "InvalidJsonBody")]
    [InlineData("{}", "MissingQuery")]
    [InlineData("{\"query\":5}", "InvalidPropertyType")]
    [InlineData("{\"query\":\"print 1\",\"workspaces\":\"w\"}", "InvalidPropertyType")]
    public async Task ABodyThatMakesNoSenseIsRefused(string body, string code)
    {
        await using var served = await ServedRecording.StartAsync();
        var (status, codes, _) = await ServedRecording.ErrorAsync(served.PostAsync("v1/workspaces/w/query", body));
        Assert.Equal((400, $"BadArgumentError > QueryValidationError > {code}"), (status, codes));
    }

    [Theory]
    [InlineData("POST", "v1/workspaces/w/metadat", 404, "PathNotFoundError")]
    [InlineData("POST", "v2/workspaces/w/query", 404, "PathNotFoundError")]
    [InlineData("DELETE", "v1/workspaces/w/query", 405, "MethodNotAllowed")]
    [InlineData("GET", "v1/$batch", 405, "MethodNotAllowed")]
    public async Task WhatIsNotThereIsNotFound(string method, string path, int status, string code)
    {
        await using var served = await ServedRecording.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        var error = await ServedRecording.ErrorAsync(served.Client.SendAsync(request));
        Assert.Equal((status, code), (error.Status, error.Codes));
    }

    [Fact]
    public async Task OnlyTheNamedWorkspacesAnswer()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { WorkspaceIds = ["one", "two"] });
        Assert.Equal("[[4]]", await ServedRecording.RowsAsync(served.AskAsync("KubeEvents | count", path: "v1/workspaces/ONE/query", workspaces: ["two"])));
        var unknown = await ServedRecording.ErrorAsync(served.AskAsync("print 1", path: "v1/workspaces/three/query"));
        Assert.Equal((404, "ResourceNotFoundError"), (unknown.Status, unknown.Codes));
        var cross = await ServedRecording.ErrorAsync(served.AskAsync("print 1", path: "v1/workspaces/one/query", workspaces: ["two", "three"]));
        Assert.Equal((400, "BadArgumentError > FailedToResolveResource"), (cross.Status, cross.Codes));
        var many = await ServedRecording.ErrorAsync(served.AskAsync("print 1", path: "v1/workspaces/one/query", workspaces: [.. Enumerable.Repeat("two", 101)]));
        Assert.Equal((400, "BadArgumentError > QueryValidationError > TooManyWorkspaces"), (many.Status, many.Codes));
    }

    [Fact]
    public async Task PreferencesAddWhatTheQueryCostAndHowToDrawIt()
    {
        await using var served = await ServedRecording.StartAsync();
        const string Query = "KubeEvents | summarize n = count() by Namespace | render columnchart with (title=\"Events\")";
        using var plain = await served.AskAsync(Query);
        Assert.Equal(["tables"], (JsonNode.Parse(await plain.Content.ReadAsStringAsync())!).AsObject().Select(member => member.Key));
        using var answer = await served.AskAsync(Query, timespan: "P1D", prefer: "wait=600,include-statistics=true,include-render=true");
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var statistics = json["statistics"]!["query"]!;
        Assert.True((double)statistics["executionTime"]! > 0);
        Assert.Equal(3, (int)statistics["inputDatasetStatistics"]!["rows"]!["total"]!);
        Assert.Equal(2, (int)statistics["datasetStatistics"]![0]!["tableRowCount"]!);
        Assert.Equal(("columnchart", "Events", "NaN"), ((string)json["render"]!["visualization"]!, (string)json["render"]!["title"]!, (string)json["render"]!["yMin"]!));
    }

    [Fact]
    public async Task AnswersAreCompressedForThoseWhoTakeIt()
    {
        await using var served = await ServedRecording.StartAsync(null, new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });
        using var answer = await served.AskAsync("range x from 1 to 5000 step 1 | project x, text = 'always the same'");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(5000, JsonNode.Parse(body)!["tables"]![0]!["rows"]!.AsArray().Count);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Fact]
    public async Task ARequestBeyondAMegabyteIsTooLarge()
    {
        await using var served = await ServedRecording.StartAsync();
        var comment = new StringBuilder("print 1 //").Append('x', 1 << 20).ToString();
        var error = await ServedRecording.ErrorAsync(served.AskAsync(comment));
        Assert.Equal((413, "RequestError"), (error.Status, error.Codes));
    }

    private static async Task AnswersAsync(string query, string rows, string? timespan = null)
    {
        await using var served = await ServedRecording.StartAsync();
        Assert.Equal(rows, await ServedRecording.RowsAsync(served.AskAsync(query, timespan)));
    }
}
