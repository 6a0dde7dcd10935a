using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests.Alerts;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>Measures what a turn of the repeater costs while much is open that was told by a route that repeats: <c>repeat-load [findings] [sqlite|postgres]</c>.</summary>
internal static class RepeatLoad
{
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        foreach (var kind in args.Length > 1 ? args[1..] : ["sqlite", "postgres"])
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-repeat");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync(durable: true) : null;
            StoreAddress address = server is null
                ? new StoreAddress.File(Path.Combine(folder.FullName, "store.db"))
                : new StoreAddress.Postgres(await server.CreateDatabaseAsync());
            await using (var store = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default)) await MeasureAsync(kind, store, count);
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string kind, SqlFindingStore store, int count)
    {
        var route = new AlertRoute { Name = "everything", Channels = ["chat"], Repeat = TimeSpan.FromHours(4), Wait = TimeSpan.Zero };
        var policy = new AlertPolicy([route], []);
        await OpenAsync(store, policy, count);
        var clock = new Tests.ManualTime(Minute(10));
        var repeater = new AlertRepeater(store.Outbox, store, [new ScriptedChannel("chat")], policy, clock);
        await TurnAsync(kind, count, "the first turn, nothing due", repeater);
        clock.Now = Minute(10.25);
        await TurnAsync(kind, count, "the next, nothing due", repeater);
        clock.Now = Minute(20.5);
        await TurnAsync(kind, count, "all looked at again, nothing due", repeater);
        clock.Now = Minute(10 + 240);
        await TurnAsync(kind, count, "all due, the first thousand put into the outbox", repeater);
    }

    private static async Task TurnAsync(string kind, int count, string what, AlertRepeater repeater)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await repeater.RunAsync(default);
        Console.WriteLine($"{kind,-9} {count:N0} open findings, {what}: {watch.Elapsed.TotalMilliseconds:0.0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:0} ms of a processor of ours");
    }

    /// <summary>Opens findings, tells them all, and notes that.</summary>
    private static async Task OpenAsync(SqlFindingStore store, AlertPolicy policy, int count)
    {
        var id = new EvaluationId(Workspace, Query, Minute(0));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
        var steps = Enumerable.Range(0, count).Select(i => FindingLifecycle.Advance(null, Seen(workload: $"w{i}"), Facts(0) with { Query = Query, EvaluatedBy = Query }, Policy)).ToList();
        var commit = new EvaluationCommit(record, [.. steps.Select(step => step.Finding!)], [], [], [.. steps.SelectMany(step => step.Events)], []);
        await store.CommitAsync(id, _ => commit with { Messages = policy.Announce(commit) }, default);
        while (await store.Outbox.ClaimAsync(Minute(9), TimeSpan.FromHours(1), 10_000, default) is { Count: > 0 } claimed)
            await store.Outbox.SettleAsync(claimed, new DeliveryOutcome.Delivered(), Minute(9), default);
    }
}
