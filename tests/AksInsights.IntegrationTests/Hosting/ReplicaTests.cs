using System.Collections.Concurrent;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Evaluation;
using Dapper;
using Microsoft.Extensions.Configuration;

namespace AksInsights.IntegrationTests.Hosting;

/// <summary>Two services over one database: they share the work, and when one ends, the other goes on.</summary>
[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class ReplicaTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly EvaluationSchedule EverySecond = new(TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.FromHours(1));

    [Fact]
    public async Task TheyShareTheWorkAndOneGoesOnWhenTheOtherIsGone()
    {
        var database = await postgres.Server.CreateDatabaseAsync();
        var (one, other) = (new CountingWorkspace(), new CountingWorkspace());
        await using var firstStore = await OpenAsync(database);
        await using var secondStore = await OpenAsync(database);
        var first = await StartAsync(one, firstStore, database);
        await using var second = await StartAsync(other, secondStore, database);
        await UntilAsync(() => one.Asked > 15 && other.Asked > 15);

        // What is old is deleted by one of them, whoever comes to it first.
        Assert.Equal(1, await secondStore.Connections.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM qrtz_triggers WHERE trigger_group = '*' AND trigger_name = 'prune'"), default));

        await first.StopAsync();
        await first.DisposeAsync();
        var before = other.Asked;
        await UntilAsync(() => other.Asked > before + 20);
        await second.StopAsync();

        // Each window once, and none asked for by both.
        var windows = one.Windows.Concat(other.Windows).ToList();
        Assert.Equal(windows.Count, windows.Distinct().Count());
        var saved = await secondStore.Connections.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM evaluations WHERE query_id LIKE 'pods/query-%'"), default);
        Assert.Equal(windows.Count, saved);
        foreach (var query in windows.GroupBy(window => window.Query))
        {
            var ends = query.Select(window => window.End).Order().ToList();
            Assert.Equal(ends[^1] - ends[0], TimeSpan.FromSeconds(ends.Count - 1));
        }
    }

    private static Task<SqlFindingStore> OpenAsync(string database) => SqlFindingStore.OpenAsync(new StoreAddress.Postgres(database), TimeProvider.System, default);

    private static Task<ServiceHost> StartAsync(CountingWorkspace workspace, SqlFindingStore store, string database)
    {
        var plans = Enumerable.Range(0, 4).Select(i => Plans.Plan with
        {
            Query = new QueryId($"pods/query-{i}"),
            Schedule = EverySecond,
            Requires = RequiredData.None,
            Bind = window => $"query-{i} {window.End:O}",
        }).ToList();
        var nothing = new ConfigurationBuilder().Build();
        return ServiceHost.StartAsync(
            new ServiceParts
            {
                Settings = ServiceSettings.Read(nothing, ["http://127.0.0.1:0"], out _)!,
                Library = new ServedLibrary([], [new WatchedWorkspace(workspace, plans, [.. plans.Select(plan => plan.Query)])]),
                Store = store,
                Alerts = AlertSettings.None(),
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
                Time = TimeProvider.System,
                SharedSchedule = new StoreAddress.Postgres(database),
            },
            default);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not happen.");
            await Task.Delay(50);
        }
    }

    /// <summary>A workspace in which nothing is wrong, and which remembers what it was asked.</summary>
    private sealed class CountingWorkspace : IWorkspace
    {
        private readonly ConcurrentQueue<(string Query, DateTimeOffset End)> _windows = new();

        public WorkspaceId Id { get; } = new("counting");

        public DateTimeOffset? AsOf => null;

        public int Asked => _windows.Count;

        public IEnumerable<(string Query, DateTimeOffset End)> Windows => _windows;

        public Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
        {
            if (!query.Text.StartsWith("query-", StringComparison.Ordinal)) return Task.FromResult<WorkspaceResult>(new WorkspaceResult.NoData([], "There is nothing."));
            var parts = query.Text.Split(' ');
            _windows.Enqueue((parts[0], DateTimeOffset.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));
            return Task.FromResult<WorkspaceResult>(new WorkspaceResult.Complete([Results.Table(Plans.Columns)], []));
        }
    }
}
