using System.Text.Json.Nodes;

namespace AksInsights.Tests.Serving;

/// <summary>Several queries in one request, and Resource Graph.</summary>
public class ServedBatchTests
{
    [Fact]
    public async Task ABatchIsAnsweredInOrderEachWithItsOwnStatus()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { WorkspaceIds = ["w"] });
        using var answer = await served.PostAsync("v1/$batch", """
            {"requests":[
              {"id":"b","workspace":"w","path":"/query","method":"POST","headers":{"prefer":"include-statistics=true"},"body":{"query":"KubeEvents | count","timespan":"PT1H"}},
              {"id":"a","workspace":"w","path":"/query","method":"POST","body":{"query":"KubeEvents | whre x"}},
              {"id":"c","workspace":"nobody","path":"/query","method":"POST","body":{"query":"print 1"}},
              {"id":"d","workspace":"w","path":"/metadata","method":"POST","body":{"query":"print 1"}},
              {"id":"e","workspace":"w","path":"/query"}]}
            """);
        var responses = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(["b 200", "a 400", "c 404", "d 404", "e 400"], responses.Select(r => $"{r!["id"]} {r["status"]}"));
        Assert.Equal("[[2]]", responses[0]!["body"]!["tables"]![0]!["rows"]!.ToJsonString());
        Assert.NotNull(responses[0]!["body"]!["statistics"]);
        Assert.Equal("SYN0002", (string)responses[1]!["body"]!["error"]!["innererror"]!["innererror"]!["code"]!);
        Assert.Equal("PathNotFoundError", (string)responses[3]!["body"]!["error"]!["code"]!);
    }

    [Fact]
    public async Task ResourcesComePageByPage()
    {
        await using var served = await ServedRecording.StartAsync();
        const string Query = "Resources | project id, name, version = properties.kubernetesVersion | sort by name";
        var first = await AskGraphAsync(served, new JsonObject { ["query"] = Query, ["options"] = new JsonObject { ["$top"] = 2 } });
        Assert.Equal((3, 2, "false"), ((int)first["totalRecords"]!, (int)first["count"]!, (string)first["resultTruncated"]!));
        Assert.Equal(["third", "shop"], first["data"]!.AsArray().Select(r => (string)r!["name"]!));
        Assert.Equal("""{"id":"/subscriptions/S2/x","name":"third","version":null}""", first["data"]![0]!.ToJsonString());
        var second = await AskGraphAsync(served, new JsonObject { ["query"] = Query, ["options"] = new JsonObject { ["$top"] = 2, ["$skipToken"] = (string)first["$skipToken"]! } });
        Assert.Equal(["edge"], second["data"]!.AsArray().Select(r => (string)r!["name"]!));
        Assert.Null(second["$skipToken"]);
        var other = await ServedRecording.ErrorAsync(served.PostAsync(GraphPath, new JsonObject { ["query"] = "Resources", ["options"] = new JsonObject { ["$skipToken"] = (string)first["$skipToken"]! } }.ToJsonString()));
        Assert.Equal((400, "BadArgumentError > QueryValidationError > InvalidSkipToken"), (other.Status, other.Codes));
    }

    [Fact]
    public async Task WithoutAnIdThereAreNoPages()
    {
        await using var served = await ServedRecording.StartAsync();
        var answer = await AskGraphAsync(served, new JsonObject { ["query"] = "Resources | project name", ["options"] = new JsonObject { ["$top"] = 2 } });
        Assert.Equal(("true", null), ((string)answer["resultTruncated"]!, answer["$skipToken"]));
    }

    [Fact]
    public async Task ResourcesAreThoseOfTheSubscriptionsAndObjectsAreObjects()
    {
        await using var served = await ServedRecording.StartAsync();
        var answer = await AskGraphAsync(served, new JsonObject { ["query"] = "Resources | project name, properties", ["subscriptions"] = new JsonArray("s1") });
        Assert.Equal("""[{"name":"shop","properties":{"kubernetesVersion":"1.31"}}]""", answer["data"]!.ToJsonString());
        var table = await AskGraphAsync(served, new JsonObject { ["query"] = "Resources | summarize n = count()", ["options"] = new JsonObject { ["resultFormat"] = "table" } });
        Assert.Equal("""{"columns":[{"name":"n","type":"integer"}],"rows":[[3]]}""", table["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("providers/Microsoft.ResourceGraph/resources", "Resources", "MissingApiVersionParameter")]
    [InlineData(GraphPath, "KubeEvents", "BadArgumentError > SemanticError > SEM0100")]
    [InlineData(GraphPath, "", "BadArgumentError > QueryValidationError > MissingQuery")]
    public async Task WhatResourceGraphDoesNotHaveIsRefused(string path, string query, string codes)
    {
        await using var served = await ServedRecording.StartAsync();
        var error = await ServedRecording.ErrorAsync(served.PostAsync(path, new JsonObject { ["query"] = query }.ToJsonString()));
        Assert.Equal((400, codes), (error.Status, error.Codes));
    }

    private const string GraphPath = "providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";

    private static async Task<JsonNode> AskGraphAsync(ServedRecording served, JsonObject body)
    {
        using var answer = await served.PostAsync(GraphPath, body.ToJsonString());
        Assert.True(answer.IsSuccessStatusCode);
        Assert.True(answer.Headers.Contains("x-ms-user-quota-remaining"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
