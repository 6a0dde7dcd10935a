using System.Text.Json.Nodes;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Api;

/// <summary>A service over the sample recording that has found what there is, kept usage, and made a digest: shared by the tests that only ask.</summary>
public sealed class StartedService : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Watched = ["pods/crash-loop", "nodes/node-not-ready", "workloads/memory-near-limit"];
    private static readonly WorkspaceId Workspace = RecordedWorkspace.IdOf(Repository.Path("samples", "workspace-demo"));

    private SqlFindingStore? _store;
    private ServiceHost? _host;

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>The paths it answers.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => _host!.Routes;

    /// <summary>The key of the digest that was made.</summary>
    public string Digest { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Alerts:Owners:0:Name", "shop-team"), new("Alerts:Owners:0:Namespaces:0", "shop")]).Build();
        var alerts = AlertSettings.Read(configuration, TimeProvider.System, TextWriter.Null, out _)!;
        _host = await ServiceHost.StartAsync(Parts(alerts, _store), default);
        Client.BaseAddress = _host.Addresses[0];
        await UntilAsync(async () => (await _store.History.LatestRunsAsync([.. Watched.Select(id => new QueryId(id)), new QueryId("data-health/collection")], default)).Count == Watched.Length + 1);
        await UntilAsync(async () => await _store.Usage.ReadToAsync(null, default) is not null);
        var plan = new DigestPlan { Name = "daily", Channels = ["team"] };
        await new AlertTools(alerts, []).Digests(_store).SendAsync(plan, DateTimeOffset.UnixEpoch.AddYears(60), DateTimeOffset.UnixEpoch.AddYears(60), default);
        Digest = Assert.Single(await _store.Outbox.ListAsync(new MessageFilter("team"), default)).Message.Key;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }

    /// <summary>What a path answers, which must be well.</summary>
    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    private static ServiceParts Parts(AlertSettings alerts, SqlFindingStore store)
    {
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(Repository.Path("samples", "workspace-demo"))).Tables;
        var queries = QueryLibrary.Load(Repository.Path("queries"), Watched).Queries;
        var usage = QueryLibrary.Load(Repository.Path("queries"), ["rightsizing/*"]).Queries.Where(query => query.Metadata.Kind == QueryKind.Usage).ToList();
        var workspace = new RecordedWorkspace(Workspace, tables, new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero));
        var watched = new WatchedWorkspace(workspace, queries.Select(query => query.Plan(new Dictionary<string, object?>())), [.. queries.Select(query => query.Id)]);
        return new ServiceParts
        {
            Settings = ServiceSettings.Read(new ConfigurationBuilder().Build(), ["http://127.0.0.1:0"], out _)!,
            Library = new ServedLibrary(queries, [watched]) { UsageQueries = usage },
            Store = store,
            Alerts = alerts,
            Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
            Time = TimeProvider.System,
        };
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!await done())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "The service did not do its work.");
            await Task.Delay(50);
        }
    }
}
