using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Api;

/// <summary>What the API answers: as its document says, in pages, and only what the caller does not have yet.</summary>
public sealed class ApiAnswerTests(StartedService service) : IClassFixture<StartedService>
{
    public static TheoryData<string, string> Paths => new()
    {
        { "/api/v1/findings", "" },
        { "/api/v1/findings", "?condition=open,clearing,resolved,pending&severity=info&area=pods&limit=1000" },
        { "/api/v1/findings/{id}", "" },
        { "/api/v1/summary", "" },
        { "/api/v1/events", "" },
        { "/api/v1/events", "?kind=opened&from=2026-11-01T00:00:00Z&to=1795300000000&query=pods/crash-loop" },
        { "/api/v1/runs", "" },
        { "/api/v1/runs", "?outcome=complete,gaps&query=pods/crash-loop" },
        { "/api/v1/queries/{area}/{name}/evaluations", "" },
        { "/api/v1/workspaces", "" },
        { "/api/v1/data-health", "" },
        { "/api/v1/queries", "" },
        { "/api/v1/queries", "?area=pods" },
        { "/api/v1/queries/{area}/{name}", "" },
        { "/api/v1/messages", "" },
        { "/api/v1/recommendations", "" },
        { "/api/v1/recommendations/{id}", "" },
        { "/api/v1/digests", "" },
        { "/api/v1/digests/now", "?until=2026-11-21T08:00:00Z&owner=shop-team" },
        { "/api/v1/digests/{key}", "" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task AnAnswerIsAsTheDocumentSaysAndIsNotSentTwice(string path, string query)
    {
        var address = await AddressAsync(path) + query;
        using var answer = await service.Client.GetAsync(new Uri(address, UriKind.Relative));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty((await SchemasAsync()).Mistakes(path, "get", 200, answer.Content.Headers.ContentType!.MediaType!, body));
        if (body["items"] is JsonArray items) Assert.NotEmpty(items);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        using var unchanged = await service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/events", "?kind=a", 400)]
    [InlineData("/api/v1/events", "?from=yesterday", 400)]
    [InlineData("/api/v1/events", "?after=x", 400)]
    [InlineData("/api/v1/runs", "?outcome=good", 400)]
    [InlineData("/api/v1/runs", "?after=1~2", 400)]
    [InlineData("/api/v1/queries", "?area=A/B", 400)]
    [InlineData("/api/v1/workspaces", "?limit=1", 400)]
    [InlineData("/api/v1/recommendations", "?policy=none", 400)]
    [InlineData("/api/v1/recommendations", "?after=x", 400)]
    [InlineData("/api/v1/recommendations/nothing", "", 404)]
    [InlineData("/api/v1/digests/nothing", "", 404)]
    [InlineData("/api/v1/digests/now", "?since=2030-01-01&until=2029-01-01", 400)]
    [InlineData("/api/v1/digests/now", "?owner=nobody", 400)]
    [InlineData("/api/v1/messages", "?state=lost", 400)]
    public async Task AMistakeIsAProblemThatTheDocumentKnows(string path, string query, int status)
    {
        using var answer = await service.Client.GetAsync(new Uri(path + query, UriKind.Relative));
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var described = path.Replace("nothing", path.Contains("digests", StringComparison.Ordinal) ? "{key}" : "{id}", StringComparison.Ordinal);
        Assert.Empty((await SchemasAsync()).Mistakes(described, "get", status, "application/problem+json", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("runs")]
    [InlineData("recommendations")]
    public async Task PagesFollowEachOther(string list)
    {
        var whole = (await service.GetAsync($"api/v1/{list}?limit=1000"))["items"]!.AsArray().Select(item => item!.ToJsonString()).ToList();
        var walked = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await service.GetAsync($"api/v1/{list}?limit=1{(next.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(next))}");
            walked.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
            next = (string?)page["next"];
        }

        Assert.True(whole.Count > 1);
        Assert.Equal(whole, walked);
    }

    [Fact]
    public async Task MethodsAndBodiesThatAreWrongAreProblems()
    {
        using var method = await service.Client.DeleteAsync(new Uri("api/v1/findings", UriKind.Relative));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (method.StatusCode, method.Content.Headers.ContentType?.MediaType));
        var address = await AddressAsync("/api/v1/findings/{id}") + "/suppress";
        foreach (var (body, type) in new[] { ("{", "application/json"), ("[]", "application/json"), ("null", "application/json"), ("{\"until\":\"soon\"}", "application/json"), ("by=ann", "text/plain") })
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            using var answer = await service.Client.PostAsync(new Uri(address, UriKind.Relative), content);
            var status = type == "text/plain" ? HttpStatusCode.UnsupportedMediaType : HttpStatusCode.BadRequest;
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task WhatPeopleSayIsAnsweredWithTheFinding()
    {
        var address = await AddressAsync("/api/v1/findings/{id}");
        foreach (var (verb, workflow) in new[] { ("acknowledge", "acknowledged"), ("false-positive", "false-positive"), ("reset", "new") })
        {
            using var answer = await service.Client.PostAsJsonAsync($"{address}/{verb}", new { by = "ann", reason = "a test" });
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(workflow, (string?)body["workflow"]);
            Assert.Empty((await SchemasAsync()).Mistakes($"/api/v1/findings/{{id}}/{verb}", "post", 200, "application/json", body));
        }
    }

    [Fact]
    public async Task ADigestIsMarkdownWhenThatIsAskedFor()
    {
        foreach (var digest in new[] { "now", service.Digest })
        {
            using var answer = await service.Client.GetAsync(new Uri($"api/v1/digests/{digest}?format=markdown", UriKind.Relative));
            Assert.Equal("text/markdown", answer.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("# AksInsights", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RecommendationsCanBeProposedAsTheyAre()
    {
        var items = (await service.GetAsync("api/v1/recommendations"))["items"]!.AsArray();
        var read = RecommendationJson.Read(items.ToJsonString(), out var mistake);
        Assert.Null(mistake);
        Assert.Equal(items.Select(item => (string?)item!["proposed"]!["memoryRequest"]), read.Select(said => said.Proposed.MemoryRequest?.ToString()));
    }

    [Fact]
    public async Task TheDataOfASilentClusterAreStaleAndItsTablesAreTold()
    {
        var tables = (await service.GetAsync("api/v1/data-health"))["items"]!.AsArray();
        var silent = tables.Where(table => ((string?)table!["cluster"])?.EndsWith("aks-edge-lab", StringComparison.Ordinal) == true && (string?)table["table"] == "KubePodInventory");
        var one = Assert.Single(silent)!;
        Assert.Equal(("stale", "2026-11-21T07:10:49Z"), ((string?)one["state"], (string?)one["newest"]));
        Assert.True((int?)one["blindQueries"] > 0);
    }

    /// <summary>A path with names of things that are there.</summary>
    private async Task<string> AddressAsync(string path) => path switch
    {
        "/api/v1/findings/{id}" => $"/api/v1/findings/{(await service.GetAsync("api/v1/findings?limit=1"))["items"]![0]!["id"]}",
        "/api/v1/recommendations/{id}" => $"/api/v1/recommendations/{(await service.GetAsync("api/v1/recommendations?limit=1"))["items"]![0]!["id"]}",
        "/api/v1/digests/{key}" => $"/api/v1/digests/{service.Digest}",
        _ => path.Replace("{area}/{name}", "pods/crash-loop", StringComparison.Ordinal),
    };

    private async Task<AnswerSchemas> SchemasAsync() => new(await service.GetAsync("openapi/v1.json"));
}
