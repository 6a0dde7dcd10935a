using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Hosting;

/// <summary>The whole service over the sample recording, on a free port: what it finds by itself, and what it answers.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed class ServiceHostTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Watched = ["pods/crash-loop", "nodes/node-not-ready", "pods/oom-killed"];

    private readonly HttpClient _client = new();
    private SqlFindingStore? _store;
    private ServiceHost? _host;

    public async Task InitializeAsync() => _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        await _store!.DisposeAsync();
    }

    [Fact]
    public async Task WhatIsWrongIsFoundAndAnswered()
    {
        await StartAsync();
        using var list = await UntilFoundAsync();
        var findings = list.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(findings, f => f.GetProperty("query").GetString() == "nodes/node-not-ready" && f.GetProperty("severity").GetString() == "critical");
        Assert.Contains(findings, f => f.GetProperty("query").GetString() == "pods/crash-loop");
        var id = findings[0].GetProperty("id").GetString();
        using var one = await GetAsync($"api/v1/findings/{id}");
        Assert.Equal("opened", one.RootElement.GetProperty("events")[0].GetProperty("kind").GetString());
        using var runs = await GetAsync("api/v1/queries/pods/crash-loop/evaluations");
        Assert.Equal(1, runs.RootElement.GetProperty("items").GetArrayLength());
        Assert.Contains("aksinsights_evaluations", await _client.GetStringAsync("metrics"), StringComparison.Ordinal);
        Assert.StartsWith("ready", await _client.GetStringAsync("healthz/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsageIsKeptForRecommendations()
    {
        await StartAsync();
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while ((await _store!.Usage.DaysReadAsync(RecordedWorkspace.IdOf(Repository.Path("samples", "workspace-demo")), default)).Count < 2)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "No usage was collected.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task PagesFollowEachOtherAndAnUnchangedOneIsNotSentAgain()
    {
        await StartAsync();
        using var all = await UntilFoundAsync();
        var ids = new List<string>();
        for (string? next = ""; next is not null;)
        {
            using var page = await GetAsync($"api/v1/findings?limit=2{(next.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(next))}");
            ids.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("id").GetString()!));
            next = page.RootElement.TryGetProperty("next", out var more) ? more.GetString() : null;
        }

        Assert.Equal(all.RootElement.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("id").GetString()), ids);
        using var first = await _client.GetAsync("api/v1/findings");
        using var again = new HttpRequestMessage(HttpMethod.Get, "api/v1/findings") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await _client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task PeopleSayWhatTheyKnowWithWhoAndWhy()
    {
        await StartAsync();
        using var list = await UntilFoundAsync();
        var id = list.RootElement.GetProperty("items")[0].GetProperty("id").GetString();
        using var nobody = await _client.PostAsJsonAsync($"api/v1/findings/{id}/acknowledge", new { reason = "on it" });
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        using var silent = await _client.PostAsJsonAsync($"api/v1/findings/{id}/suppress", new { by = "ann" });
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        using var said = await _client.PostAsJsonAsync($"api/v1/findings/{id}/suppress", new { by = "ann", reason = "test cluster" });
        Assert.Equal("suppressed", (await said.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("workflow").GetString());
        using var one = await GetAsync($"api/v1/findings/{id}");
        Assert.Equal("ann: test cluster", one.RootElement.GetProperty("events").EnumerateArray().Last().GetProperty("detail").GetString());
        using var unknown = await _client.PostAsJsonAsync("api/v1/findings/0123456789abcdef/acknowledge", new { by = "ann" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("api/v1/findings?severty=error", 400)]
    [InlineData("api/v1/findings?severity=bad", 400)]
    [InlineData("api/v1/findings?limit=0", 400)]
    [InlineData("api/v1/findings?after=x", 400)]
    [InlineData("api/v1/findings?condition=7", 400)]
    [InlineData("api/v1/findings/nothing", 404)]
    [InlineData("api/v1/queries/pods/nothing", 404)]
    [InlineData("api/v1/messages?state=lost", 400)]
    [InlineData("api/v2/findings", 404)]
    public async Task AMistakeIsAProblem(string path, int status)
    {
        await StartAsync();
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task WithKeysNobodyIsLetInWithoutOneButToAskWhetherItLives()
    {
        var (key, hash) = ApiKey.Make();
        await StartAsync(("Service:ApiKeys:grafana", hash));
        foreach (var path in new[] { "api/v1/findings", "metrics" })
        {
            using var refused = await _client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var alive = await _client.GetAsync("healthz/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        _client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var list = await UntilFoundAsync();
        var id = list.RootElement.GetProperty("items")[0].GetProperty("id").GetString();
        using var said = await _client.PostAsJsonAsync($"api/v1/findings/{id}/acknowledge", new { by = "somebody else" });
        using var one = await GetAsync($"api/v1/findings/{id}");
        Assert.Equal("grafana", one.RootElement.GetProperty("events").EnumerateArray().Last().GetProperty("detail").GetString());
    }

    [Fact]
    public async Task WithoutKeysAPageOfAnotherSiteIsNotAnswered()
    {
        await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/findings") { Headers = { Host = "rebound.example" } };
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task StartAsync(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
        var folder = Repository.Path("samples", "workspace-demo");
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(folder)).Tables;
        var queries = QueryLibrary.Load(Repository.Path("queries"), Watched).Queries;
        var usage = QueryLibrary.Load(Repository.Path("queries"), ["rightsizing/*"]).Queries.Where(query => query.Metadata.Kind == QueryKind.Usage).ToList();
        var workspace = new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero));
        var watched = new WatchedWorkspace(workspace, queries.Select(query => query.Plan(new Dictionary<string, object?>())), [.. queries.Select(query => query.Id)]);
        _host = await ServiceHost.StartAsync(
            new ServiceParts
            {
                Settings = ServiceSettings.Read(configuration, ["http://127.0.0.1:0"], out _)!,
                Library = new ServedLibrary(queries, [watched]) { UsageQueries = usage },
                Store = _store!,
                Alerts = AlertSettings.None(),
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
                Time = TimeProvider.System,
            },
            default);
        _client.BaseAddress = _host.Addresses[0];
    }

    /// <summary>The findings, once every query was evaluated.</summary>
    private async Task<JsonDocument> UntilFoundAsync()
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var workspace = RecordedWorkspace.IdOf(Repository.Path("samples", "workspace-demo"));
            var done = 0;
            foreach (var query in Watched) done += await _store!.LastWindowAsync(workspace, new QueryId(query), default) is null ? 0 : 1;
            if (done == Watched.Length && await _store!.LastWindowAsync(workspace, new QueryId("data-health/collection"), default) is not null) return await GetAsync("api/v1/findings");
            Assert.True(TimeProvider.System.GetUtcNow() < until, "The queries were not evaluated.");
            await Task.Delay(50);
        }
    }

    private async Task<JsonDocument> GetAsync(string path) => JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative)));
}
