using AksInsights.Adapters.Storage;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Tests;
using Microsoft.Extensions.Configuration;

namespace AksInsights.IntegrationTests.Web;

/// <summary>A service over a store that holds what a test puts there, on a free port. It watches no workspace, so that nothing changes by itself.</summary>
internal sealed class WebScene : IAsyncDisposable
{
    private static readonly Lazy<QueryLibrary> Library = new(() => QueryLibrary.Load(Repository.Path("queries"), null));

    /// <summary>The one channel there is: it takes whatever it is given. A message to a channel that is not there would become a finding.</summary>
    public const string Channel = "team";

    private readonly ServiceHost _host;
    private readonly AlertSettings _alerts;

    private WebScene(ServiceHost host, AlertSettings alerts, SqlFindingStore store, string? key)
    {
        _host = host;
        _alerts = alerts;
        Store = store;
        Key = key;
    }

    /// <summary>What it shows.</summary>
    public SqlFindingStore Store { get; }

    /// <summary>The key of <c>ann</c>, where the service asks for one.</summary>
    public string? Key { get; }

    /// <summary>Where it is.</summary>
    public Uri Site => _host.Addresses[0];

    /// <summary>The queries it knows.</summary>
    public static IReadOnlyList<QueryDefinition> Queries => Library.Value.Checks;

    /// <summary>Starts it.</summary>
    /// <param name="fill">Puts something into its store.</param>
    /// <param name="withKey">Whether a key is needed.</param>
    /// <param name="manifests">The folder of the manifests; null for none.</param>
    public static async Task<WebScene> StartAsync(Func<SqlFindingStore, Task> fill, bool withKey = false, string? manifests = null)
    {
        var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await fill(store);
        var (key, hash) = ApiKey.Make();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([.. withKey ? [new("Service:ApiKeys:ann", hash)] : Array.Empty<KeyValuePair<string, string?>>(), new("Service:Manifests", manifests)]).Build();
        var channel = new ConfigurationBuilder().AddInMemoryCollection([new($"Alerts:Channels:{Channel}:Kind", "file")]).Build();
        var alerts = AlertSettings.Read(channel, TimeProvider.System, TextWriter.Null, out _)!;
        var host = await ServiceHost.StartAsync(
            new ServiceParts
            {
                Settings = ServiceSettings.Read(settings, ["http://127.0.0.1:0"], out _)!,
                Library = new ServedLibrary(Queries, []),
                Store = store,
                Alerts = alerts,
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "Error")]).Build(),
                Time = TimeProvider.System,
            },
            default);
        return new WebScene(host, alerts, store, withKey ? key : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _alerts.DisposeAsync();
        await Store.DisposeAsync();
    }
}
