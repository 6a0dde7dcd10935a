using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Service.Notifications;
using Dapper;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>
/// Kills the service itself, over and over at random moments under load, then lets it come to rest and looks at what is left: every window of every query evaluated
/// once; findings, events, messages and usage as of a service that nobody disturbed; every message delivered, and what came twice under the same key.
/// </summary>
internal sealed class ServeCrash(ServedStore served, int replicas, int seed)
{
    private const int LongestMilliseconds = 3000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Kills as often as it is told to.</summary>
    public async Task<ServeCrashReport> RunAsync(int kills)
    {
        var random = new Random(seed);
        var moods = new Random(seed + 1);
        served.Receiver.Pause = () => TimeSpan.FromMilliseconds(moods.Next(20));
        served.Receiver.Answer = _ => (moods.Next(20) == 0 ? 503 : 200, "", null);
        var running = new List<ServeProcess>();
        for (var i = 0; i < replicas; i++) running.Add(served.Start());
        foreach (var process in running) Assert.NotNull(await process.ListensAsync());
        for (var kill = 0; kill < kills;)
        {
            await Task.Delay(random.Next(LongestMilliseconds));
            // One of the replicas, or all of them at once.
            var victims = replicas > 1 && random.Next(3) == 0 ? Enumerable.Range(0, replicas) : [random.Next(replicas)];
            foreach (var victim in victims)
            {
                await running[victim].KillAsync();
                kill++;
                running[victim].Dispose();
                running[victim] = served.Start();
            }

            // A tenth is killed again while it starts.
            if (random.Next(10) > 0) foreach (var process in running.Where(process => !process.HasListened)) Assert.NotNull(await process.ListensAsync());
        }

        await CatchUpAsync();
        foreach (var process in running)
        {
            var code = await process.TerminateAsync();
            Assert.True(code == 0, $"SIGTERM ended it with {code}:\n{string.Join('\n', process.Log)}");
            process.Dispose();
        }

        return await CompareAsync(kills);
    }

    /// <summary>Waits until the newest window of every query is not older than the clock allows.</summary>
    private async Task CatchUpAsync()
    {
        await using var open = await SqlFindingStore.OpenAsync(served.Store, TimeProvider.System, default);
        var (from, until) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow() + Patience);
        foreach (var query in served.Library().Checks)
        {
            while (await open.LastWindowAsync(new WorkspaceId(ServedStore.Workspace), query.Id, default) is not { } last || last < from - query.Metadata.Schedule.Offset)
            {
                Assert.True(TimeProvider.System.GetUtcNow() < until, $"{query.Id} did not catch up.");
                await Task.Delay(200);
            }
        }
    }

    private async Task<ServeCrashReport> CompareAsync(int kills)
    {
        await using var open = await SqlFindingStore.OpenAsync(served.Store, TimeProvider.System, default);
        if (served.Store is StoreAddress.File)
            Assert.Equal("ok", await open.Connections.ReadAsync(connection => connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"), default));
        await using var alerts = served.Alerts();
        var delivery = await ServeDelivery.DrainAsync(open, alerts, served.Receiver);
        var done = await WindowsAsync(open);
        await using var undisturbed = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        served.Azure.IsTroubled = false;
        var read = await open.Usage.ReadToAsync(new WorkspaceId(ServedStore.Workspace), default);
        await ReplayAsync(undisturbed, alerts, done, read ?? throw new InvalidOperationException("No usage was collected."));
        return new ServeCrashReport(kills, done.Count, await MissingAsync(open), Lines(await StoreText.OfAsync(undisturbed.Connections)), Lines(await StoreText.OfAsync(open.Connections)), delivery);
    }

    private static async Task<IReadOnlyList<(string Query, DateTimeOffset End)>> WindowsAsync(SqlFindingStore open)
    {
        var rows = await open.Connections.ReadAsync(
            async connection => await connection.QueryAsync<(string, long)>(
                "SELECT e.query_id, e.window_end FROM evaluations e JOIN workspaces w ON w.id = e.workspace_id WHERE w.name = @name ORDER BY e.window_end, e.query_id",
                new { name = ServedStore.Workspace }),
            default);
        return [.. rows.Select(row => (row.Item1, StoredTime.To(row.Item2)))];
    }

    /// <summary>The windows between the first and the last of each query that nobody evaluated, but for those that lay too far back when the service came to them.</summary>
    private async Task<IReadOnlyList<string>> MissingAsync(SqlFindingStore open)
    {
        var missing = new List<string>();
        foreach (var query in served.Library().Checks)
        {
            var every = query.Metadata.Schedule.Every;
            var done = (await open.EvaluationsAsync(new WorkspaceId(ServedStore.Workspace), query.Id, int.MaxValue, default)).OrderBy(record => record.Id.End).ToList();
            foreach (var (before, after) in done.Zip(done.Skip(1)))
            {
                var isTooLong = after.RanAt - before.Id.End > every * EvaluationRunner.MostCaughtUp;
                if (after.Id.End - before.Id.End > every && !isTooLong) missing.Add($"{query.Id} after {before.Id.End:u} up to {after.Id.End:u}");
            }
        }

        return missing;
    }

    /// <summary>The same windows once more, in order, by one process that nobody disturbs.</summary>
    private async Task ReplayAsync(SqlFindingStore store, AlertSettings alerts, IReadOnlyList<(string Query, DateTimeOffset End)> done, DateTimeOffset usageRead)
    {
        using var limiter = new RequestLimiter(TimeProvider.System, concurrent: 8, starts: int.MaxValue);
        var workspace = Workspace(limiter);
        var library = served.Library();
        var plans = library.Checks.Select(query => query.Plan(new Dictionary<string, object?>())).ToDictionary(plan => plan.Query.Value);
        var probe = new FreshnessProbe(workspace);
        var tally = new TransitionTally();
        var listeners = new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally);
        var cycle = new EvaluationCycle(store, new IsolatingMediator(listeners, failure => throw failure), TimeProvider.System, alerts.Policy.Announce);
        foreach (var (query, end) in done)
        {
            if (plans.TryGetValue(query, out var plan)) await cycle.RunAsync(plan, workspace, probe, EvaluationWindow.EndingAt(end, plan.Schedule), default);
            else await cycle.CheckCollectionAsync([.. plans.Values], workspace, probe, end, default);
        }

        var usage = await new UsageCollector(workspace, [.. library.Queries.Except(library.Checks)], store.Usage).CollectAsync(usageRead, TimeSpan.FromDays(35), null, default);
        Assert.True(usage.Days.Count > 3, string.Join(" ", usage.Troubles));
    }

    private AzureWorkspace Workspace(RequestLimiter limiter)
    {
        var credential = AzureCredentials.Create(AzureCredentials.None, AzureCloud.Public, null, null);
        var options = new LogsQueryClientOptions { Scope = AzureCloud.Public.LogsScope, Limiter = limiter, AllowInsecureLoopback = true, Transport = AzureTransport.Shared };
        var settings = new AzureWorkspaceSettings { Id = new WorkspaceId(ServedStore.Workspace), Target = "6d0f4c52-0000-0000-0000-000000000001" };
        return new AzureWorkspace(
            settings, new LogsQueryClient(served.Azure.Address, credential, options, TimeProvider.System), new ResourceGraphClient(served.Azure.Address, credential, options, TimeProvider.System), TimeProvider.System);
    }

    // The program's look at its own messages is of this run; how a message was settled depends on what went out with it, and is looked at by itself.
    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith("aksinsights|", StringComparison.Ordinal)).ToList();
        var messages = lines.FindIndex(line => line.StartsWith("#SELECT message_key", StringComparison.Ordinal));
        var usage = lines.FindIndex(messages + 1, line => line.StartsWith('#'));
        for (var i = messages + 1; i < usage; i++) lines[i] = lines[i][..(lines[i].TrimEnd('|').LastIndexOf('|') + 1)];
        return lines;
    }
}

/// <summary>What came of it.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="Evaluations">How many evaluations there are.</param>
/// <param name="Missing">Windows that were passed over.</param>
/// <param name="Expected">What an undisturbed process leaves, a row a line.</param>
/// <param name="Actual">What the killed ones left.</param>
/// <param name="Delivery">What the receiver got.</param>
internal sealed record ServeCrashReport(int Kills, int Evaluations, IReadOnlyList<string> Missing, IReadOnlyList<string> Expected, IReadOnlyList<string> Actual, ServeDeliveryReport Delivery)
{
    /// <summary>Rows that should be there and are not.</summary>
    public IReadOnlyList<string> Lost => [.. Expected.Except(Actual)];

    /// <summary>Rows that should not be there.</summary>
    public IReadOnlyList<string> Extra => [.. Actual.Except(Expected)];

    /// <summary>Whether all is as it should be.</summary>
    public bool IsWhole => Missing.Count == 0 && Expected.SequenceEqual(Actual) && Delivery.IsWhole;

    /// <summary>In a few lines, with the first of each difference.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {Evaluations:N0} evaluations, {Actual.Count:N0} rows; windows passed over {Missing.Count}, rows lost {Lost.Count}, extra {Extra.Count}; {Delivery}")
        + string.Concat(Missing.Take(5).Select(line => $"\n  passed over  {line}").Concat(Lost.Take(5).Select(line => $"\n  lost   {line}")).Concat(Extra.Take(5).Select(line => $"\n  extra  {line}")));
}
