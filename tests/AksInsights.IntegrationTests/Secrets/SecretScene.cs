using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Crashes;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Alerts;
using AksInsights.Tests.Secrets;

namespace AksInsights.IntegrationTests.Secrets;

/// <summary>A service with a secret in every place, channels of each kind that work and that fail, and other sides that repeat all they are sent in what they answer.</summary>
internal sealed class SecretScene : IAsyncDisposable
{
    private readonly EchoingMailServer _mail = new();

    private SecretScene(ServedStore served) => Served = served;

    /// <summary>The library, the stand-in for Azure and the store.</summary>
    public ServedStore Served { get; }

    /// <summary>What is planted, and where it was seen.</summary>
    public PlantedSecrets Secrets { get; } = new();

    /// <summary>The other side of everything: /ok takes what comes, all else refuses it and repeats it.</summary>
    public Receiver Echo { get; } = new();

    /// <summary>The environment of every process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The names of the channels.</summary>
    public IReadOnlyList<string> Channels { get; private set; } = [];

    public static async Task<SecretScene> PrepareAsync(StoreAddress? store)
    {
        var scene = new SecretScene(await ServedStore.PrepareAsync(seed: 41, store, queries: 4, TimeSpan.FromSeconds(2)));
        scene.Echo.Answer = Repeat;
        scene.PlantVariables();
        await scene.WriteConfigAsync("none");
        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        await Echo.DisposeAsync();
        await _mail.DisposeAsync();
        await Served.DisposeAsync();
    }

    /// <summary>Runs a command to its end, and looks at what it says.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(params string[] arguments)
    {
        using var command = ServeProcess.StartWith(Environment, arguments);
        Assert.Null(await command.ListensAsync());
        var exit = await command.EndsAsync();
        // What was typed on the command line is the person's own; only what is said counts.
        Secrets.Search($"`{string.Join(' ', arguments.Take(2))}`", string.Join('\n', command.Log));
        return exit;
    }

    /// <summary>Writes the configuration.</summary>
    /// <param name="credential">Who asks Azure.</param>
    public async Task WriteConfigAsync(string credential)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Served.Config))!.AsObject();
        settings["Service"] = new JsonObject
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["SessionSecret"] = Secrets.Plant("Service:SessionSecret") + new string('x', 32),
            ["ApiKeys"] = new JsonObject { ["somebody"] = ApiKey.HashOf(Secrets.Plant("key of the API")) },
        };
        settings["Azure"]!["Credential"] = credential;
        var channels = ChannelSettings();
        Channels = [.. channels.Select(channel => channel.Key)];
        settings["Alerts"]![nameof(Channels)] = channels;
        settings["Alerts"]!["Routes"]![0]![nameof(Channels)] = new JsonArray([.. Channels.Select(name => (JsonNode)name)]);
        settings["Alerts"]!["Digests"] = new JsonArray(new JsonObject { ["Name"] = "daily", ["At"] = "00:00", [nameof(Channels)] = new JsonArray([.. Channels.Select(name => (JsonNode)name)]) });
        settings["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Trace", ["Microsoft"] = "Trace", ["Quartz"] = "Trace", ["System"] = "Trace" } };
        await File.WriteAllTextAsync(Served.Config, settings.ToJsonString());
    }

    private JsonObject ChannelSettings()
    {
        var channels = new JsonObject();
        foreach (var mode in new[] { "ok", "no" })
        {
            var to = new Uri(Echo.Url, mode);
            var alertmanager = new UriBuilder(to) { UserName = "name", Password = Uri.EscapeDataString(Secrets.Plant("alertmanager:Urls")) };
            channels[$"alertmanager-{mode}"] = new JsonObject { ["Kind"] = "alertmanager", ["Urls"] = alertmanager.Uri.ToString(), ["RepeatSeconds"] = "1" };
            channels[$"pagerduty-{mode}"] = new JsonObject { ["Kind"] = "pagerduty", ["Url"] = $"{to}/v2/enqueue", ["RoutingKey"] = Secrets.Plant("pagerduty:RoutingKey") };
            channels[$"slack-bot-{mode}"] = new JsonObject { ["Kind"] = "slack", ["ApiUrl"] = $"{to}/", ["Token"] = Secrets.Plant("slack:Token"), ["Channel"] = "C1" };
            channels[$"slack-hook-{mode}"] = new JsonObject { ["Kind"] = "slack", ["Url"] = $"{to}/services/T1/{Secrets.Plant("slack:Url")}" };
            channels[$"teams-{mode}"] = new JsonObject { ["Kind"] = "teams", ["Url"] = $"{to}/workflows/1?sig={Uri.EscapeDataString(Secrets.Plant("teams:Url"))}" };
            channels[$"webhook-{mode}"] = new JsonObject { ["Kind"] = "webhook", ["Url"] = $"{to}/{Secrets.Plant("webhook:Url")}", ["Secret"] = Secrets.PlantKey("webhook:Secret") };
        }

        channels["email"] = new JsonObject
        {
            ["Kind"] = "email",
            ["Host"] = "127.0.0.1",
            ["Port"] = $"{_mail.Port}",
            ["Security"] = "none",
            ["User"] = "somebody",
            ["Password"] = Secrets.Plant("email:Password"),
            ["From"] = "a@example.com",
            ["To"] = "b@example.com",
        };
        return channels;
    }

    private void PlantVariables()
    {
        foreach (var name in PlantedSecrets.Variables) Environment[name] = Secrets.Plant($"variable {name}");
        (Environment["AZURE_TENANT_ID"], Environment["AZURE_CLIENT_ID"], Environment["AZURE_USERNAME"]) = ("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222", "somebody");
        var proxy = new UriBuilder(Echo.Url) { UserName = "name", Password = Uri.EscapeDataString(Secrets.Plant("variable HTTPS_PROXY")) };
        (Environment["HTTPS_PROXY"], Environment["https_proxy"], Environment["NO_PROXY"]) = (proxy.Uri.ToString(), proxy.Uri.ToString(), "127.0.0.1");
        Environment["OTEL_EXPORTER_OTLP_HEADERS"] = $"authorization=Bearer%20{Uri.EscapeDataString(Secrets.Plant("variable OTEL_EXPORTER_OTLP_HEADERS"))}";
        (Environment["OTEL_EXPORTER_OTLP_ENDPOINT"], Environment["OTEL_EXPORTER_OTLP_PROTOCOL"]) = (new Uri(Echo.Url, "ok/otlp").ToString(), "http/protobuf");
        (Environment["OTEL_BSP_SCHEDULE_DELAY"], Environment["OTEL_METRIC_EXPORT_INTERVAL"]) = ("500", "500");
    }

    /// <summary>Answers as a careless server does, with all that it was sent.</summary>
    private static (int Status, string Body, string? RetryAfter) Repeat(Received request)
    {
        if (request.Path.StartsWith("/ok/otlp", StringComparison.Ordinal)) return (200, "", null);
        var all = new StringBuilder($"Cannot do {request.Path}\n");
        foreach (var (name, value) in request.Headers.Where(header => !header.Key.StartsWith("Host", StringComparison.Ordinal))) all.Append($"{name}: {value}\n");
        // The bodies are long, and an answer is read only so far.
        var key = request.Body.IndexOf("routing_key", StringComparison.Ordinal);
        all.Append(key < 0 ? "" : request.Body[key..Math.Min(request.Body.Length, key + 100)]);
        if (request.Path.StartsWith("/ok", StringComparison.Ordinal)) return (200, JsonSerializer.Serialize(new { ok = true, said = all.ToString() }), null);
        // Half of the time it is as if it were over soon.
        return (request.Body.Length % 2 == 0 ? 400 : 503, JsonSerializer.Serialize(new { ok = false, error = all.ToString(), message = all.ToString() }), "1");
    }
}
