using System.Net;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Dashboards;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json.Linq;

namespace AksInsights.Tests.Dashboards;

/// <summary>Every question of the dashboards for the API, as Grafana's Infinity data source asks it of a service that runs.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed class ApiPanelTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private SqlFindingStore? _store;
    private ServiceHost? _host;

    public async Task InitializeAsync()
    {
        _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await PanelStore.FillAsync(_store);
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
        _client.BaseAddress = _host.Addresses[0];
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        await _store!.DisposeAsync();
    }

    [Fact]
    public async Task EveryQuestionGetsTheColumnsThatItsPanelNames()
    {
        var mistakes = new List<string>();
        foreach (var asked in AllDashboards.Asked(DashboardFlavour.Json).Where(asked => (asked.Target["infinityQuery"] ?? asked.Target)["url"] is not null))
        {
            var (all, some) = (await AskAsync(asked, PanelStore.Everything), await AskAsync(asked, PanelStore.Narrowed));
            if (all.Mistake(asked.Query) is { } mistake) mistakes.Add($"{asked.Name} {mistake}");
            if (all.Rows == 0) mistakes.Add($"{asked.Name} has no rows");
            if (some.Rows > all.Rows) mistakes.Add($"{asked.Name} has {some.Rows} rows where {all.Rows} are all there are");
        }

        Assert.Equal("", string.Join('\n', mistakes));
    }

    [Theory]
    [InlineData("api/v1/panels/nothing", HttpStatusCode.NotFound)]
    [InlineData("api/v1/panels/fleet-open?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/panels/fleet-open?from=0&to=1000000000000&step=1000", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/panels/fleet-open?colour=red", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/panels/findings-list?namespace='%20OR%201%3D1%20--", HttpStatusCode.OK)]
    public async Task WhatMakesNoSenseIsRefused(string path, HttpStatusCode expected)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.OK) Assert.Equal("""{"items":[]}""", await answer.Content.ReadAsStringAsync());
    }

    private async Task<PanelAnswer> AskAsync(AskedPanel asked, GrafanaMacros macros)
    {
        var target = (JObject)(asked.Target["infinityQuery"] ?? asked.Target);
        var parameters = target["url_options"]!["params"]!.Select(p => $"{p["key"]}={Uri.EscapeDataString(macros.Address((string)p["value"]!))}");
        using var answer = await _client.GetAsync(new Uri($"{target["url"]}?{string.Join('&', parameters)}", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{asked.Name}: {text}");
        using var json = JsonDocument.Parse(text);
        return PanelAnswer.Read(json.RootElement.GetProperty((string)target["root_selector"]!), asked.Query);
    }
}
