using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Service.Commands;
using AksInsights.Tests.Alerts;
using AksInsights.Tests.Serving;

namespace AksInsights.Tests.Commands;

/// <summary><c>doctor --config</c> against a served workspace and receivers of this machine: what is right, what is not, and the next step.</summary>
public sealed class LiveDoctorTests : IDisposable
{
    private const string Secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
    private static readonly DateTimeOffset RowsAreFresh = new(ServedRecording.Now.AddMinutes(2), TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-doctor");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WhatCanBeReadIsSaidAndAClockThatIsWrongIsNoticed()
    {
        await using var served = await ServedRecording.StartAsync();
        var (exit, advice, _) = await RunAsync(Azure(served.Address), new ManualTime(RowsAreFresh));
        Assert.Equal("ok", State(advice, "configuration"));
        Assert.Equal("ok", State(advice, "credential"));
        Assert.Equal("ok", State(advice, "prod: permission"));
        Assert.Equal("ok", State(advice, "prod: freshness"));
        Assert.Equal("ok", State(advice, "prod: resource graph"));
        // The recording has no Perf and no nodes.
        Assert.Equal("warning", State(advice, "prod: tables"));
        Assert.Contains("Perf", Found(advice, "prod: tables"), StringComparison.Ordinal);
        // The server tells the time of this machine, the doctor is given another.
        Assert.Equal("failed", State(advice, "clock of Azure"));
        Assert.Equal(ExitCode.Failed, exit);
    }

    [Fact]
    public async Task RowsThatAreOldAreNoticed()
    {
        await using var served = await ServedRecording.StartAsync();
        var (_, advice, _) = await RunAsync(Azure(served.Address), new ManualTime(RowsAreFresh.AddHours(3)));
        Assert.Equal("warning", State(advice, "prod: freshness"));
        Assert.Contains("shop wrote its newest row 182 minutes ago", Found(advice, "prod: freshness"), StringComparison.Ordinal);
        var (_, gone, _) = await RunAsync(Azure(served.Address), new ManualTime(RowsAreFresh.AddDays(30)));
        Assert.Equal("failed", State(gone, "prod: freshness"));
    }

    [Fact]
    public async Task AWorkspaceThatMayNotBeReadSaysWhatToGrant()
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync("""{"kind":"forbidden"}""");
        var (exit, advice, _) = await RunAsync(Azure(served.Address), TimeProvider.System);
        Assert.Equal("ok", State(advice, "clock of Azure"));
        Assert.Equal("failed", State(advice, "prod: permission"));
        Assert.Contains("Log Analytics Reader", Found(advice, "prod: permission"), StringComparison.Ordinal);
        Assert.DoesNotContain(advice, line => Text(line, "subject") == "prod: tables");
        Assert.Equal(ExitCode.Failed, exit);
    }

    [Fact]
    public async Task AServiceThatCannotBeReachedIsSaid()
    {
        var served = await ServedRecording.StartAsync();
        var address = served.Address;
        await served.DisposeAsync();
        var (exit, advice, _) = await RunAsync(Azure(address), TimeProvider.System);
        Assert.Equal("failed", State(advice, "connection"));
        Assert.Equal(ExitCode.Failed, exit);
    }

    [Fact]
    public async Task ChannelsAreLookedAtWithoutSendingAnythingAndNoSecretIsShown()
    {
        await using var alertmanager = new Receiver();
        await using var webhook = new Receiver();
        var closed = new Receiver();
        await closed.DisposeAsync();
        var (exit, advice, text) = await RunAsync(Channels(("am", "alertmanager", alertmanager.Url), ("hook", "webhook", webhook.Url), ("gone", "webhook", new Uri(closed.Url, "path-secret"))), TimeProvider.System);
        Assert.Equal(("ok", "ok", "failed"), (State(advice, "channel am"), State(advice, "channel hook"), State(advice, "channel gone")));
        Assert.Equal("/api/v2/status", Assert.Single(alertmanager.Requests).Path);
        Assert.Empty(webhook.Requests);
        Assert.Equal("warning", State(advice, "routes"));
        Assert.DoesNotContain(Secret[6..], text, StringComparison.Ordinal);
        Assert.DoesNotContain("path-secret", text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, exit);
    }

    [Fact]
    public async Task ATestIsSentWhenAskedFor()
    {
        await using var webhook = new Receiver();
        var (_, advice, _) = await RunAsync(Channels(("hook", "webhook", webhook.Url)), TimeProvider.System, "--send-test");
        Assert.Equal("ok", State(advice, "channel hook, test"));
        Assert.Contains("A test of the channel hook", Assert.Single(webhook.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MistakesOfTheConfigurationAreNamed()
    {
        var (exit, advice, _) = await RunAsync(new JsonObject { ["Service"] = new JsonObject { ["Concurency"] = "5", ["Urls"] = "http://0.0.0.0:80" } }, TimeProvider.System);
        var wrong = advice.Where(line => Text(line, "subject") == "configuration").Select(line => Text(line, "found")).ToList();
        Assert.Contains(wrong, found => found.Contains("Nearest: `Concurrency`", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, exit);
    }

    private static JsonObject Azure(Uri address) => new()
    {
        ["Azure"] = new JsonObject { ["Endpoint"] = address.ToString(), ["Credential"] = "none" },
        ["Workspaces"] = new JsonObject { ["prod"] = new JsonObject { ["Azure"] = "6d0f4c52-0000-0000-0000-000000000001" } },
    };

    private static JsonObject Channels(params (string Name, string Kind, Uri Url)[] channels) => new()
    {
        ["Alerts"] = new JsonObject
        {
            ["Channels"] = new JsonObject(channels.Select(channel => KeyValuePair.Create(channel.Name, (JsonNode?)(channel.Kind == "alertmanager"
                ? new JsonObject { ["Kind"] = channel.Kind, ["Urls"] = channel.Url.ToString() }
                : new JsonObject { ["Kind"] = channel.Kind, ["Url"] = channel.Url.ToString(), ["Secret"] = Secret })))),
        },
    };

    private async Task<(int Exit, IReadOnlyList<JsonElement> Advice, string Text)> RunAsync(JsonObject configuration, TimeProvider time, params string[] more)
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        using var error = new StringWriter();
        using var result = new StringWriter();
        var io = new CommandIo(TextReader.Null, result, error, false, null, time);
        var exit = await CommandLineTable.RunAsync(["doctor", "--config", file, "--queries", Repository.Path("queries"), "--output", "json", .. more], io, default);
        Assert.Equal("", error.ToString());
        using var json = JsonDocument.Parse(result.ToString());
        return (exit, [.. json.RootElement.Clone().EnumerateArray()], result.ToString());
    }

    private static string State(IReadOnlyList<JsonElement> advice, string subject) => Text(advice.Single(line => Text(line, "subject") == subject), "state");

    private static string Found(IReadOnlyList<JsonElement> advice, string subject) => Text(advice.Single(line => Text(line, "subject") == subject), "found");

    private static string Text(JsonElement line, string member) => line.GetProperty(member).GetString()!;
}
