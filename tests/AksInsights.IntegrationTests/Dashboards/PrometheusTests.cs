using System.Text.Json;
using System.Text.RegularExpressions;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Delivery;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Dashboards;
using AksInsights.Tests.Findings;
using Microsoft.Extensions.Configuration;

namespace AksInsights.IntegrationTests.Dashboards;

/// <summary>Every question in PromQL, asked of a real Prometheus that reads the metrics of a service which runs.</summary>
[Needs("prometheus")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed partial class PrometheusTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-prometheus");
    private readonly int _port = LoopbackProgram.FreePort();
    private readonly HttpClient _http = new();
    private SqlFindingStore? _store;
    private ServiceHost? _host;
    private LoopbackProgram? _server;
    private int _rounds;

    public async Task InitializeAsync()
    {
        _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var parts = new ServiceParts
        {
            Settings = ServiceSettings.Read(new ConfigurationBuilder().Build(), ["http://127.0.0.1:0"], out _)!,
            Library = new ServedLibrary([], []),
            Store = _store,
            Alerts = AlertSettings.None(),
            Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
            Time = TimeProvider.System,
        };
        _host = await ServiceHost.StartAsync(parts, default);
        var file = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(file, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs: [{ job_name: aksinsights, static_configs: [{ targets: ['{{_host.Addresses[0].Authority}}'] }] }]
            """);
        _server = await LoopbackProgram.StartAsync(
            $"{InstalledPrograms.Find("prometheus")} --config.file={file} --storage.tsdb.path={_folder.FullName}/data --web.listen-address=127.0.0.1:{_port}", _port, Path.Combine(_folder.FullName, "log"));
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task EveryQuestionIsUnderstoodAndHasAnAnswerWithTheLabelsThatItsLegendNames()
    {
        var left = AllDashboards.Asked(DashboardFlavour.Prometheus).Select(asked => (asked.Name, Query: (MetricQuery)asked.Query)).ToList();
        Assert.NotEmpty(left);
        // Rates need two readings that differ.
        await Until.HoldsAsync(
            async () =>
            {
                await WorkAsync();
                foreach (var asked in left.ToList())
                    if (await IsAnsweredAsync(asked.Query)) left.Remove(asked);
                return left.Count == 0;
            },
            () => $"Not answered: {string.Join(", ", left)}");
        // A question that says zero where there is nothing is answered whatever its metric is called.
        var names = AllDashboards.Asked(DashboardFlavour.Prometheus).SelectMany(asked => Metric().Matches(((MetricQuery)asked.Query).Expression)).Select(match => match.Value).Distinct().ToList();
        Assert.InRange(names.Count, 10, 100);
        Assert.Empty(names.Except((await AskAsync("label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)));
    }

    /// <summary>One of everything that the service counts.</summary>
    private async Task WorkAsync()
    {
        var (instruments, now) = (_host!.Instruments, TimeProvider.System.GetUtcNow());
        var id = new EvaluationId(Samples.Workspace, Samples.Query, now.AddMinutes(++_rounds));
        var record = new EvaluationRecord { Id = id, Start = now, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = now, Took = TimeSpan.FromMilliseconds(300) };
        instruments.Evaluated(new EvaluationReport(record, AlreadyDone: false, []));
        instruments.Skipped(id.Workspace, id.Query, 1);
        instruments.Overran(id.Workspace, id.Query, id.End, TimeSpan.FromMinutes(5));
        instruments.StoreFailed(new StoreException(StoreFailure.CannotOpen, "No store."));
        instruments.Dispatched(new DispatchReport(3, 1, 1, 1, null));
        await instruments.Handle(new FindingOpened(id.Workspace, Samples.Open().Id, id.Query, Severity.Error, 1, now, Tell: true), default);
        await instruments.Handle(new FindingResolved(id.Workspace, Samples.Open().Id, id.Query, "cleared", now, Tell: true), default);
        await _http.GetStringAsync(new Uri(_host.Addresses[0], "/api/v1/summary"));
    }

    private async Task<bool> IsAnsweredAsync(MetricQuery query)
    {
        var expression = query.Expression.Replace("$__range", "5m", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);
        Assert.DoesNotContain("$__", expression, StringComparison.Ordinal);
        var result = (await AskAsync($"query?query={Uri.EscapeDataString(expression)}")).GetProperty("result");
        var labels = Label().Matches(query.Legend).Select(match => match.Groups[1].Value).ToList();
        return result.GetArrayLength() > 0 && result.EnumerateArray().Any(series => labels.All(label => series.GetProperty("metric").TryGetProperty(label, out var value) && value.GetString()!.Length > 0));
    }

    private async Task<JsonElement> AskAsync(string what)
    {
        using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/{what}"));
        var text = await answer.Content.ReadAsStringAsync();
        // Before it has read its own files it answers that it is not ready.
        if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable) return JsonDocument.Parse("""{"result":[]}""").RootElement;
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    [GeneratedRegex(@"\b(?:aksinsights|dotnet|http_server)_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex Label();
}
