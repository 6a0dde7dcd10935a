using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Service.Serving;

namespace AksInsights.Tests.Serving;

/// <summary>A small recording, served by the real server on a free port of this machine, and a client of it.</summary>
internal sealed class ServedRecording : IAsyncDisposable
{
    public const string Shop = "/subscriptions/S1/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/shop";
    public const string Edge = "/subscriptions/S2/resourceGroups/rg-edge/providers/Microsoft.ContainerService/managedClusters/edge";

    /// <summary>What counts as now: the newest row is of this moment.</summary>
    public static readonly DateTime Now = new(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder;
    private readonly WorkspaceServer _server;

    private ServedRecording(DirectoryInfo folder, WorkspaceServer server, HttpClient client)
    {
        _folder = folder;
        _server = server;
        Client = client;
    }

    /// <summary>A client whose addresses begin at the server.</summary>
    public HttpClient Client { get; }

    /// <summary>Where the server listens.</summary>
    public Uri Address => _server.Addresses[0];

    /// <summary>Failures that should not be.</summary>
    public static Action<Exception> Unexpected => failure => Assert.Fail(failure.ToString());

    public static Task<ServedRecording> StartAsync(Func<ServeSettings, ServeSettings>? change = null) => StartAsync(change, new SocketsHttpHandler());

    public static async Task<ServedRecording> StartAsync(Func<ServeSettings, ServeSettings>? change, HttpMessageHandler handler)
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-served-");
        Write(folder, "KubeEvents.jsonl", [
            $$"""{"TimeGenerated":"2026-01-05T10:00:00Z","_ResourceId":"{{Shop.ToLowerInvariant()}}","Reason":"BackOff","Namespace":"web"}""",
            $$"""{"TimeGenerated":"2026-01-05T09:30:00Z","_ResourceId":"{{Shop.ToLowerInvariant()}}","Reason":"Failed","Namespace":"web"}""",
            $$"""{"TimeGenerated":"2026-01-05T08:00:00Z","_ResourceId":"{{Edge.ToLowerInvariant()}}","Reason":"BackOff","Namespace":"kiosk"}""",
            $$"""{"TimeGenerated":"2026-01-01T00:00:00Z","_ResourceId":"{{Edge.ToLowerInvariant()}}","Reason":"Pulled","Namespace":"kiosk"}""",
        ]);
        Write(folder, "KubePodInventory.jsonl", [
            .. new[] { "09:58:00", "09:59:00", "10:00:00" }.Select(time =>
                $$"""{"TimeGenerated":"2026-01-05T{{time}}Z","_ResourceId":"{{Shop.ToLowerInvariant()}}","Namespace":"web","Name":"cart-1","ContainerRestartCount":7}"""),
        ]);
        Write(folder, "Resources.jsonl", [
            $$$"""{"id":"{{{Shop}}}","name":"shop","type":"microsoft.containerservice/managedclusters","subscriptionId":"S1","properties":{"kubernetesVersion":"1.31"}}""",
            $$$"""{"id":"{{{Edge}}}","name":"edge","subscriptionId":"S2","properties":{"kubernetesVersion":"1.30"}}""",
            """{"id":"/subscriptions/S2/x","name":"third","subscriptionId":"S2","properties":{}}""",
        ]);
        var settings = new ServeSettings { Addresses = [ListenAddress.Read("http://127.0.0.1:0", out _)!], NowUtc = Now, Time = TimeProvider.System, TestFaults = true };
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(folder.FullName)).Tables;
        var server = await WorkspaceServer.StartAsync(tables, change is null ? settings : change(settings), Unexpected, CancellationToken.None);
        return new ServedRecording(folder, server, new HttpClient(handler) { BaseAddress = server.Addresses[0] });
    }

    /// <summary>Asks a query of a workspace.</summary>
    public Task<HttpResponseMessage> AskAsync(string query, string? timespan = null, string? prefer = null, string path = "v1/workspaces/w/query", string[]? workspaces = null)
    {
        var body = new JsonObject { ["query"] = query };
        if (timespan is not null) body["timespan"] = timespan;
        if (workspaces is not null) body["workspaces"] = new JsonArray([.. workspaces.Select(w => (JsonNode)w)]);
        return PostAsync(path, body.ToJsonString(), prefer);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? prefer = null)
    {
        // A path may begin with two slashes, which would otherwise be another host.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Client.BaseAddress + path));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        return await Client.SendAsync(request);
    }

    /// <summary>Asks for faults; each is <c>{"kind", ...}</c>.</summary>
    public async Task PlanAsync(string faults)
    {
        using var content = new StringContent($$"""{"faults":[{{faults}}]}""", MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await Client.PutAsync(new Uri("faults", UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The rows of an answer that must be whole, as JSON.</summary>
    public static async Task<string> RowsAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var json = JsonNode.Parse(text)!;
        Assert.Null(json["error"]);
        return json["tables"]![0]!["rows"]!.ToJsonString();
    }

    /// <summary>The status of an answer and the codes of its error from outside inwards.</summary>
    public static async Task<(int Status, string Codes, JsonElement Innermost)> ErrorAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error").Clone();
        var codes = new List<string>();
        while (true)
        {
            codes.Add(error.GetProperty("code").GetString()!);
            if (error.TryGetProperty("innererror", out var inner)) error = inner;
            else if (error.TryGetProperty("details", out var details)) error = details[0];
            else return ((int)answer.StatusCode, string.Join(" > ", codes), error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Write(DirectoryInfo folder, string file, string[] lines) => File.WriteAllLines(Path.Combine(folder.FullName, file), lines);
}
