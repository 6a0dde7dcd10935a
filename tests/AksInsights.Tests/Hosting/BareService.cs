using AksInsights.Adapters.Storage;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Hosting;

/// <summary>A service that watches nothing, for tests of who is let in and what is said; with a store in memory and a client of its own.</summary>
internal sealed class BareService : IAsyncDisposable
{
    private readonly ServiceHost _host;

    private BareService(ServiceHost host, SqlFindingStore store, HttpClient client) => (_host, Store, Client) = (host, store, client);

    /// <summary>A client whose addresses begin at the service.</summary>
    public HttpClient Client { get; }

    /// <summary>What it keeps.</summary>
    public SqlFindingStore Store { get; }

    public static async Task<BareService> StartAsync(HttpMessageHandler? entra, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
        var settings = ServiceSettings.Read(configuration, ["http://127.0.0.1:0"], out var mistakes);
        Assert.Empty(mistakes);
        var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var host = await ServiceHost.StartAsync(
            new ServiceParts
            {
                Settings = settings!,
                Library = new ServedLibrary([], []),
                Store = store,
                Alerts = AlertSettings.None(),
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
                Time = TimeProvider.System,
                EntraTransport = entra,
            },
            default);
        return new BareService(host, store, new HttpClient { BaseAddress = host.Addresses[0] });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        await Store.DisposeAsync();
    }
}
