using System.Text.RegularExpressions;
using AksInsights.IntegrationTests.Crashes;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Telemetry;

/// <summary>The service with a collector that takes its traces and metrics, that is away, and that does not answer.</summary>
public sealed partial class OtlpTests
{
    [Fact]
    public async Task TracesOfARunAndTheMetricsOfTheDocumentationArrive()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var served = await ServedStore.PrepareAsync(seed: 51, store: null, queries: 3, TimeSpan.FromSeconds(2));
        var environment = Variables(collector.Address);
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test,k8s.pod.name=aksinsights-0";
        using var service = ServeProcess.StartWith(environment, Arguments(served));
        Assert.NotNull(await service.ListensAsync());
        await Until.HoldsAsync(() => Task.FromResult(Whole(collector) is not null && collector.Spans.Any(span => span.Name == "deliver")));
        await Until.HoldsAsync(() => Task.FromResult(collector.Metrics.ContainsKey("aksinsights.messages {message}")));
        Assert.Equal(0, await service.TerminateAsync());

        var (evaluate, ask, commit) = Whole(collector)!.Value;
        Assert.Equal(ServedStore.Workspace, evaluate.Tags["aksinsights.workspace"]);
        Assert.StartsWith("pods/query-", evaluate.Tags["aksinsights.query"], StringComparison.Ordinal);
        Assert.Equal((evaluate.Trace, evaluate.Trace), (ask.Trace, commit.Trace));
        Assert.Equal("ops", collector.Spans.First(span => span.Name == "deliver").Tags["aksinsights.channel"]);
        foreach (var resource in collector.Spans.Select(span => span.Resource).Concat(collector.Metrics.Values))
        {
            Assert.Equal("aksinsights", resource["service.name"]);
            Assert.Matches(@"^\d+\.\d+\.\d+$", resource["service.version"]);
            Assert.NotEmpty(resource["service.instance.id"]);
            Assert.Equal(("test", "aksinsights-0"), (resource["deployment.environment.name"], resource["k8s.pod.name"]));
        }

        // What nothing happened to has no number yet.
        string[] quiet = ["aksinsights.evaluations.overrun", "aksinsights.store.failures", "aksinsights.windows.skipped"];
        Assert.Empty(Documented().Except(collector.Metrics.Keys.Select(name => name.Split(' ')[0])).Except(quiet));
        Assert.DoesNotContain(service.Log, line => line.Contains("[3004]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACollectorThatIsAwayOrDoesNotAnswerIsSaidOnceAndHoldsNothingUp(bool hangs)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        collector.Hangs = true;
        var address = hangs ? collector.Address : new Uri($"http://127.0.0.1:{Delivery.LoopbackProgram.FreePort()}/");
        await using var served = await ServedStore.PrepareAsync(seed: 52, store: null, queries: 3, TimeSpan.FromSeconds(2));
        var environment = Variables(address);
        environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "1000";
        using var service = ServeProcess.StartWith(environment, Arguments(served));
        using var client = new HttpClient { BaseAddress = await service.ListensAsync() };
        await Until.HoldsAsync(() => Task.FromResult(service.Log.Any(line => line.Contains("[3004]", StringComparison.Ordinal))));
        var asked = served.Azure.Requests;
        await served.Azure.UntilAskedAsync(asked + 10);
        await Until.HoldsAsync(async () => Evaluations().IsMatch(await client.GetStringAsync(new Uri("metrics", UriKind.Relative))));
        using (var ready = await client.GetAsync(new Uri("healthz/ready", UriKind.Relative))) Assert.True(ready.IsSuccessStatusCode);
        Assert.Equal(0, await service.TerminateAsync());
        Assert.Single(service.Log, line => line.Contains("[3004]", StringComparison.Ordinal));
    }

    /// <summary>An evaluation with what was asked and saved within it; null while there is none.</summary>
    private static (OtlpSpan Evaluate, OtlpSpan Ask, OtlpSpan Commit)? Whole(OtlpReceiver collector)
    {
        foreach (var evaluate in collector.Spans.Where(span => span.Name == "evaluate"))
        {
            var within = collector.Spans.Where(span => span.Parent == evaluate.Id).ToList();
            if (within.Find(span => span.Name == "ask") is { } ask && within.Find(span => span.Name == "commit") is { } commit) return (evaluate, ask, commit);
        }

        return null;
    }

    /// <summary>The metrics that docs/service.md names.</summary>
    private static List<string> Documented()
    {
        var names = File.ReadLines(Repository.Path("docs", "service.md")).Select(line => Metric().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        Assert.True(names.Count > 5);
        return names;
    }

    private static Dictionary<string, string> Variables(Uri collector) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    private static string[] Arguments(ServedStore served) => ["serve", "--config", served.Config, "--queries", served.Queries, "--store", served.Store.ToString()!];

    [GeneratedRegex(@"^\| `(aksinsights\.[a-z.]+)` \| ")]
    private static partial Regex Metric();

    [GeneratedRegex(@"aksinsights_evaluations\w*\{")]
    private static partial Regex Evaluations();
}
