using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Alerts;
using AksInsights.Tests.Findings;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>A real Alertmanager between us and the people it tells.</summary>
[Needs("prometheus-alertmanager")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-alertmanager");
    private readonly Receiver _people = new();
    private readonly int _port = LoopbackProgram.FreePort();
    private readonly HttpClient _http = new();
    private LoopbackProgram? _server;

    public async Task InitializeAsync()
    {
        await ConfigureAsync("aksinsights_finding");
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _people.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AProblemIsToldOnceHoweverOftenItIsRepeatedAndItsEndOnce()
    {
        await using var story = await BeginAsync();
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen()]);
        foreach (var minute in new[] { 7, 9, 11 }) await RepeatAsync(story, minute);
        await UntilAsync(() => !_people.Requests.IsEmpty);
        await story.EvaluateAsync(15, []);
        await story.EvaluateAsync(45, []);
        foreach (var minute in new[] { 47, 49 }) await RepeatAsync(story, minute);
        await UntilAsync(() => Told().Contains("resolved error"));
        Assert.Equal(["firing error", "resolved error"], Told());
        Assert.Empty(await ActiveAsync());
    }

    [Fact]
    public async Task ACheckSendsNothing()
    {
        await using var channel = AlertSamples.Channel("alertmanager", ("Urls", $"http://127.0.0.1:{_port}/"));
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.CheckAsync(default));
        Assert.Empty(await ActiveAsync());
    }

    [Fact]
    public async Task ASeverityThatChangesEndsTheOldAlertAndBeginsTheNew()
    {
        await using var story = await BeginAsync();
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen(Severity.Warning)]);
        await UntilAsync(() => Told().Contains("firing warning"));
        await story.EvaluateAsync(10, [Samples.Seen(Severity.Critical)]);
        await RepeatAsync(story, 12);
        await UntilAsync(() => Told().Contains("firing critical"));
        Assert.Equal(["critical"], await ActiveAsync());
    }

    [Fact]
    public async Task AnAlertmanagerThatForgotEverythingHearsWhatIsOpenAgain()
    {
        await using var story = await BeginAsync();
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen(), Samples.Seen(workload: "web")]);
        Assert.Equal(2, (await ActiveAsync()).Count);
        await _server!.DisposeAsync();
        _server = null;
        Assert.Single(await RepeatAsync(story, 7));
        Directory.Delete(Path.Combine(_folder.FullName, "data"), recursive: true);
        await StartAsync();
        Assert.Empty(await ActiveAsync());
        Assert.Empty(await RepeatAsync(story, 9));
        Assert.Equal(2, (await ActiveAsync()).Count);
    }

    [Fact]
    public async Task WhatAlertmanagerGroupsByComesTogetherAndOneThatEndsLeavesTheOther()
    {
        await _server!.DisposeAsync();
        await ConfigureAsync("cluster, namespace");
        await StartAsync();
        await using var story = await BeginAsync();
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen(), Samples.Seen(workload: "web")]);
        await UntilAsync(() => _people.Requests.Any(request => AlertsIn(request).Count() == 2));
        await story.EvaluateAsync(10, [Samples.Seen()]);
        await story.EvaluateAsync(40, [Samples.Seen()]);
        await UntilAsync(() => Told().Contains("resolved error"));
        Assert.Equal(["error"], await ActiveAsync());
    }

    [Fact]
    public async Task AProgramThatWasStartedAnewEndsWhatItBeganBefore()
    {
        await using var story = await BeginAsync();
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen(Severity.Warning)]);
        Assert.Equal(["warning"], await ActiveAsync());
        // A channel of its own remembers nothing; what it must know is in the store.
        var again = story.Restarted(Channel());
        await again.EvaluateAsync(10, [Samples.Seen(Severity.Critical)]);
        Assert.Equal(["critical"], await ActiveAsync());
        await again.EvaluateAsync(15, []);
        await again.EvaluateAsync(45, []);
        Assert.Empty(await ActiveAsync());
    }

    private Task<AlertStory> BeginAsync() => AlertStory.BeginAsync(TimeProvider.System.GetUtcNow().AddHours(-2), Channel());

    private IAlertChannel Channel() => AlertSamples.Channel("alertmanager", ("Urls", $"http://127.0.0.1:{_port}/"));

    private Task ConfigureAsync(string groupBy) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, "am.yml"), $"""
            route:
              receiver: people
              group_by: [{groupBy}]
              group_wait: 1s
              group_interval: 1s
              repeat_interval: 4h
            receivers:
              - name: people
                webhook_configs: [{"{"} url: '{_people.Url}', send_resolved: true {"}"}]
            """);

    private async Task StartAsync() => _server = await LoopbackProgram.StartAsync(
        $"{InstalledPrograms.Find("prometheus-alertmanager")} --config.file={_folder.FullName}/am.yml --storage.path={_folder.FullName}/data "
        + $"--web.listen-address=127.0.0.1:{_port} --cluster.listen-address=",
        _port,
        Path.Combine(_folder.FullName, "log"));

    private static async Task<IReadOnlyList<(string Channel, string Trouble)>> RepeatAsync(AlertStory story, double minute)
    {
        story.Time.Now = story.Minute(minute);
        return await story.Repeater.RunAsync(default);
    }

    /// <summary>What the people behind the Alertmanager were told, each alert once for every notification.</summary>
    private List<string> Told() =>
    [
        .. _people.Requests.SelectMany(AlertsIn).Select(alert => $"{alert.GetProperty("status").GetString()} {alert.GetProperty("labels").GetProperty("severity").GetString()}"),
    ];

    private static IEnumerable<JsonElement> AlertsIn(Received request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("alerts").EnumerateArray();

    /// <summary>The severities of the alerts that are active.</summary>
    private async Task<List<string?>> ActiveAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/api/v2/alerts?active=true")));
        return [.. json.RootElement.EnumerateArray().Select(alert => alert.GetProperty("labels").GetProperty("severity").GetString())];
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not come.");
            await Task.Delay(50);
        }
    }
}
