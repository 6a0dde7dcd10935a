using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>Evaluates windows one after another into a store and sends their messages, until it is through or killed.</summary>
internal static class CrashWorker
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>The process: <c>crash-worker STORE SEED WINDOWS</c>. Says <c>working</c> when the store is open.</summary>
    public static async Task<int> RunAsync(string store, string seed, string windows)
    {
        var address = StoreAddress.TryParse(store, out var problem) ?? throw new ArgumentException(problem);
        await using var open = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default);
        await Console.Out.WriteLineAsync("working");
        await Console.Out.FlushAsync();
        await WorkAsync(open, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(windows, CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Evaluates all windows up to a number and sends all messages.</summary>
    public static async Task WorkAsync(SqlFindingStore store, int seed, int windows)
    {
        var workspace = new SeededWorkspace(seed);
        var probe = new FreshnessProbe(workspace);
        var tally = new TransitionTally();
        var listeners = new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally);
        var cycle = new EvaluationCycle(store, new IsolatingMediator(listeners, failure => Environment.FailFast("A listener failed.", failure)), TimeProvider.System, Announce);
        for (var window = 0; window < windows; window++)
        {
            var number = window;
            await Parallel.ForAsync(0, SeededWorkspace.Queries, async (query, stop) =>
                await cycle.RunAsync(SeededWorkspace.Plan(query), workspace, probe, SeededWorkspace.Window(number), stop));
            await SendAsync(store.Outbox);
        }

        while ((await store.Outbox.BacklogAsync(DateTimeOffset.MaxValue, default)).Waiting > 0)
        {
            await SendAsync(store.Outbox);
            await Task.Delay(50);
        }
    }

    private static async Task SendAsync(IOutbox outbox)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var message in await outbox.ClaimAsync(now, Lease, 200, default))
            await outbox.SettleAsync([message], new DeliveryOutcome.Delivered(), now, default);
    }

    private static IReadOnlyList<OutgoingMessage> Announce(EvaluationCommit commit) =>
    [
        .. commit.Events.Where(e => e.Tell).Select(e => new OutgoingMessage
        {
            Key = $"{e.Finding}/{e.At.UtcTicks}/{e.Kind}",
            Channel = "chat",
            Group = e.Finding.Value,
            Kind = e.Kind.ToString(),
            Finding = e.Finding,
            BodyJson = "{}",
            CreatedAt = e.At,
            DueAt = e.At,
        }),
    ];
}
