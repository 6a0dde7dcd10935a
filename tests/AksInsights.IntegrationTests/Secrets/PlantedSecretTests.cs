using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Crashes;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests;
using AksInsights.Tests.Secrets;
using Npgsql;

namespace AksInsights.IntegrationTests.Secrets;

/// <summary>
/// The service and the commands with a secret of its own in every place where one can be configured, at the most talkative level: things succeed and fail, the other sides repeat what they
/// are sent, and then no secret is in anything that was said, stored, exported or answered.
/// </summary>
[Needs("initdb")]
public sealed partial class PlantedSecretTests
{
    [Fact]
    public async Task NoneIsSeenInAFileAndAroundIt()
    {
        await using var scene = await SecretScene.PrepareAsync(null);
        await ServeAsync(scene, scene.Served.Store.ToString()!);
        await SearchAsync(scene);
    }

    [Fact]
    public async Task NoneIsSeenInADatabaseAndAnywhereElse()
    {
        var password = new PlantedSecrets().Plant("store password");
        await using var server = await PostgresServer.StartAsync(password);
        await using var scene = await SecretScene.PrepareAsync(new StoreAddress.Postgres(await server.CreateDatabaseAsync()));
        var store = ((StoreAddress.Postgres)scene.Served.Store).ConnectionString;
        scene.Secrets.Plant("store password");
        await ServeAsync(scene, store);
        await ServeWithoutSigningInAsync(scene, store);
        await RunCommandsAsync(scene, store);
        await FailToReachTheStoreAsync(scene);
        await ServeRecordingAsync(scene);
        Assert.Empty(scene.Secrets.Unplanted);
        await SearchAsync(scene);
    }

    private static async Task SearchAsync(SecretScene scene)
    {
        scene.Secrets.Search("the store", await StoreDump.OfAsync(scene.Served.Store));
        foreach (var exported in scene.Echo.Requests.Where(request => request.Path.StartsWith("/ok/otlp", StringComparison.Ordinal))) scene.Secrets.Search($"OTLP {exported.Path}", exported.Body);
        Assert.Contains(scene.Echo.Requests, request => request.Path.EndsWith("/v1/traces", StringComparison.Ordinal));
        Assert.True(scene.Secrets.Leaks.Count == 0, string.Join('\n', scene.Secrets.Leaks));
    }

    /// <summary>The service, until every channel has something delivered, refused or put off; then all pages and answers.</summary>
    private static async Task ServeAsync(SecretScene scene, string store)
    {
        using var service = ServeProcess.StartWith(scene.Environment, "serve", "--config", scene.Served.Config, "--queries", scene.Served.Queries, "--store", store);
        using var client = new HttpClient { BaseAddress = await service.ListensAsync() ?? throw new InvalidOperationException(string.Join('\n', service.Log)) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Secrets.Plant("key of the API"));
        foreach (var channel in scene.Channels)
            await Until.HoldsAsync(async () => JsonNode.Parse(await client.GetStringAsync(new Uri($"api/v1/messages?channel={channel}&limit=1000", UriKind.Relative)))!["items"]!.AsArray().Any(message => message!["attempts"]?.GetValue<int>() > 0));
        await AskAllAsync(scene, client);
        await SignInAsync(scene, client.BaseAddress);
        Assert.Equal(0, await service.TerminateAsync());
        scene.Secrets.Search("the log of the service", string.Join('\n', service.Log));
        Assert.Contains(service.Log, line => line.StartsWith("trce", StringComparison.Ordinal) || line.StartsWith("dbug", StringComparison.Ordinal));
    }

    private static async Task AskAllAsync(SecretScene scene, HttpClient client)
    {
        var finding = JsonNode.Parse(await client.GetStringAsync(new Uri("api/v1/findings", UriKind.Relative)))!["items"]![0]!["id"]!.ToString();
        var waiting = new Queue<string>(["/", "/metrics", "/healthz/live", "/healthz/ready", "/openapi/v1.json", $"/api/v1/findings/{finding}", "/api/v1/nothing", "/nothing"]);
        var api = JsonNode.Parse(await client.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative)))!["paths"]!.AsObject();
        foreach (var path in api.Select(path => path.Key).Where(path => !path.Contains('{', StringComparison.Ordinal))) waiting.Enqueue(path);
        var seen = new HashSet<string>(waiting);
        while (waiting.TryDequeue(out var path))
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            scene.Secrets.Search(path, $"{answer.Headers}\n{text}");
            foreach (Match link in Link().Matches(text)) if (seen.Count < 100 && seen.Add(link.Groups[1].Value)) waiting.Enqueue(link.Groups[1].Value);
        }

        Assert.True(seen.Count > 40, $"Only {seen.Count} pages and answers were found.");
    }

    private static async Task SignInAsync(SecretScene scene, Uri address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        foreach (var key in new[] { scene.Secrets.Plant("key of the API"), scene.Secrets.Plant("key of the API") + "wrong" })
        {
            using var form = new FormUrlEncodedContent([new("key", key), new("to", "/")]);
            using var answer = await browser.PostAsync(new Uri("sign-in", UriKind.Relative), form);
            scene.Secrets.Search("signing in", $"{answer.Headers}\n{await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>The service, when Azure gives it no token: its proxy refuses.</summary>
    private static async Task ServeWithoutSigningInAsync(SecretScene scene, string store)
    {
        await scene.WriteConfigAsync("environment");
        using var service = ServeProcess.StartWith(scene.Environment, "serve", "--config", scene.Served.Config, "--queries", scene.Served.Queries, "--store", store);
        Assert.NotNull(await service.ListensAsync());
        await Until.HoldsAsync(() => Task.FromResult(service.Log.Any(line => line.Contains("[1002]", StringComparison.Ordinal))));
        Assert.Equal(0, await service.TerminateAsync());
        scene.Secrets.Search("the log without a token", string.Join('\n', service.Log));
    }

    private static async Task RunCommandsAsync(SecretScene scene, string store)
    {
        var (config, queries) = (scene.Served.Config, scene.Served.Queries);
        string[] all = ["--config", config, "--queries", queries, "--store", store];
        Assert.Equal(1, await scene.RunAsync(["doctor", "--send-test", .. all]));
        Assert.Equal(0, await scene.RunAsync("alerts", "list", "--store", store, "--output", "json"));
        Assert.Equal(0, await scene.RunAsync(["digest", "preview", .. all]));
        Assert.Equal(0, await scene.RunAsync("findings", "list", "--store", store, "--output", "json"));
        await scene.RunAsync(["scan", "--azure-workspace", "6d0f4c52-0000-0000-0000-000000000001", .. all]);
        await scene.RunAsync("serve-health", "--config", config);
        Assert.NotEqual(0, await scene.RunAsync("dashboards", "push", "--grafana", scene.Echo.Url.ToString(), "--data-source", "postgres", "--queries", queries));
        await ProposeAsync(scene);
    }

    private static async Task ProposeAsync(SecretScene scene)
    {
        var recommendations = Path.Combine(scene.Served.Queries, "recommendations.json");
        await File.WriteAllTextAsync(recommendations, "[]");
        foreach (var forge in new[] { "github", "azure-devops", "gitlab" })
        {
            foreach (var mode in new[] { "ok", "no" })
            {
                var remote = $"http://name:{Uri.EscapeDataString(scene.Secrets.Plant("remote of a repository"))}@127.0.0.1:{scene.Echo.Url.Port}/org/project/_git/repository";
                var exit = await scene.RunAsync(
                    "propose", "--recommendations", recommendations, "--repository", scene.Served.Queries, "--output", "pull-request", "--forge", forge, "--remote", remote, "--api", $"{scene.Echo.Url}{mode}/");
                Assert.True(exit is 0 or 3, $"{forge} {mode}: {exit}");
            }
        }
    }

    private static async Task FailToReachTheStoreAsync(SecretScene scene)
    {
        var password = Uri.EscapeDataString(scene.Secrets.Plant("store password"));
        var closed = Delivery.LoopbackProgram.FreePort();
        foreach (var address in new[]
        {
            $"postgres://name:{password}@127.0.0.1:{closed}/none", $"postgres://name:{password}@nowhere.invalid/none", $"postgres:/name:{password}@db/none", $"postgers://name:{password}@db/none",
            $"Host=127.0.0.1;Port={closed};Username=name;Password='{scene.Secrets.Plant("store password").Replace("'", "''", StringComparison.Ordinal)}'", $"Hots=db;Password={password}", $"Host=db;Password={password};Passwort={password}",
        })
        {
            // It may be a mistake in what was typed, or a store that is not there.
            Assert.Contains(await scene.RunAsync("findings", "list", "--store", address), new[] { 1, 2, 3 });
            Assert.NotEqual(0, await scene.RunAsync("doctor", "--store", address, "--queries", scene.Served.Queries));
        }

        if (scene.Served.Store is not StoreAddress.Postgres postgres) return;
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Username = "nobody" };
        Assert.Equal(3, await scene.RunAsync("findings", "list", "--store", wrong.ConnectionString));
    }

    private static async Task ServeRecordingAsync(SecretScene scene)
    {
        var token = Path.Combine(scene.Served.Queries, "token");
        await File.WriteAllTextAsync(token, scene.Secrets.Plant("workspace serve --token-file"));
        var port = Delivery.LoopbackProgram.FreePort();
        using var server = ServeProcess.StartWith(scene.Environment, "workspace", "serve", "--workspace", Repository.Path("samples", "workspace-demo"), "--token-file", token, "--urls", $"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        foreach (var given in new[] { scene.Secrets.Plant("workspace serve --token-file"), "another" })
        {
            await Until.HoldsAsync(async () => await AskAsync(client, port, given) is { } text && Seen(scene, text));
        }

        Assert.Equal(0, await server.TerminateAsync());
        Assert.Null(await server.ListensAsync());
        scene.Secrets.Search("workspace serve", string.Join('\n', server.Log));
    }

    private static bool Seen(SecretScene scene, string text)
    {
        scene.Secrets.Search("an answer of workspace serve", text);
        return true;
    }

    private static async Task<string?> AskAsync(HttpClient client, int port, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/v1/workspaces/00000000-0000-0000-0000-000000000000/query"))
        {
            Content = new StringContent("""{"query":"print 1"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.SendAsync(request);
            return $"{answer.Headers}\n{await answer.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"#]*)\"")]
    private static partial Regex Link();
}
