using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Alerts;
using AksInsights.Tests.Findings;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>
/// Kills a process that delivers messages, over and over at random moments, and looks at what the receiver got: every message, and a message that came twice
/// under the same key with the same content.
/// </summary>
internal sealed class DeliveryCrash(StoreAddress store, int seed)
{
    private const string ChannelName = "ops";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The process: <c>delivery-worker STORE URL</c>. Delivers until it is killed or everything is settled.</summary>
    public static async Task<int> WorkAsync(string store, string url)
    {
        var address = StoreAddress.TryParse(store, out var problem) ?? throw new ArgumentException(problem);
        await using var open = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default);
        await using var channel = AlertSamples.Channel("webhook", ("Url", url), ("Secret", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="));
        // The lease is five minutes; a clock that runs five hundred times as fast lets the next process go on at once.
        var clock = new FastClock();
        var writer = new AlertWriter(AlertTemplates.Shipped, new FindingNotes([]), null);
        var dispatcher = new AlertDispatcher(open.Outbox, open, [channel], Policy, writer, [], clock);
        await Console.Out.WriteLineAsync("working");
        while ((await open.Outbox.BacklogAsync(clock.GetUtcNow(), default)).Waiting > 0) await dispatcher.DispatchAsync(default);
        return 0;
    }

    /// <summary>Kills as often as it is told to, then lets a last process come to an end.</summary>
    public async Task<DeliveryCrashReport> RunAsync(int kills)
    {
        var random = new Random(seed);
        await using var receiver = new Receiver();
        // Slow enough that most kills hit a delivery, some before the receiver has it, some after.
        var moods = new Random(seed + 1);
        receiver.Pause = () => TimeSpan.FromMilliseconds(moods.Next(6));
        receiver.Answer = _ => (moods.Next(20) == 0 ? 503 : 200, "", null);
        await using var open = await SqlFindingStore.OpenAsync(store, TimeProvider.System, default);
        var made = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            made += await AddAsync(open, made, random.Next(20, 60));
            using var worker = Start(receiver.Url);
            await worker.StandardOutput.ReadLineAsync();
            await Task.Delay(random.Next(150));
            worker.Kill();
            await worker.WaitForExitAsync();
            // It may have come to an end by itself before it was killed.
            Assert.True(worker.ExitCode is 0 or (128 + 9), $"A worker ended by itself with {worker.ExitCode}.");
        }

        using var last = Start(receiver.Url);
        await last.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, last.ExitCode);
        return Compare(await open.Outbox.ListAsync(new MessageFilter(Limit: int.MaxValue), default), receiver.Requests, kills);
    }

    private static AlertPolicy Policy => new([new AlertRoute { Name = "all", Channels = [ChannelName], Wait = TimeSpan.Zero }], []);

    private static async Task<int> AddAsync(SqlFindingStore open, int from, int count)
    {
        var id = new EvaluationId(Samples.Workspace, Samples.Query, Samples.Minute(from));
        var seen = Enumerable.Range(from, count).Select(i => Samples.Seen(workload: $"w{i / 3}-{i}")).ToList();
        await open.CommitAsync(
            id,
            _ =>
            {
                var facts = new EvaluationFacts(Samples.Workspace, Samples.Query, Samples.Query, id.End, Verdict.Complete);
                var steps = seen.Select(one => FindingLifecycle.Advance(null, one, facts, Samples.Policy)).ToList();
                var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "1", Outcome = EvaluationOutcome.Complete, RanAt = TimeProvider.System.GetUtcNow(), Took = TimeSpan.Zero };
                var commit = new EvaluationCommit(record, [.. steps.Select(s => s.Finding!)], [], [], [.. steps.SelectMany(s => s.Events)], []);
                return commit with { Messages = Policy.Announce(commit) };
            },
            default);
        return count;
    }

    private Process Start(Uri url)
    {
        var address = store is StoreAddress.Postgres postgres ? postgres.ConnectionString : store.ToString();
        string[] arguments = [typeof(DeliveryCrash).Assembly.Location, "delivery-worker", address, url.ToString()];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    private static DeliveryCrashReport Compare(IReadOnlyList<MessageRecord> outbox, ConcurrentQueue<Received> requests, int kills)
    {
        var taken = requests.Select(request => (Key: request.Headers["webhook-id"], Findings: FindingsOf(request.Body))).ToList();
        var told = taken.SelectMany(request => request.Findings).ToHashSet(StringComparer.Ordinal);
        var lost = outbox.Where(m => m.State != MessageState.Delivered || !told.Contains(m.Message.Finding!.Value.Value)).Select(m => m.Message.Key).ToList();
        var byKey = taken.GroupBy(request => request.Key).ToList();
        var changed = byKey.Where(key => key.Select(request => string.Join(' ', request.Findings)).Distinct().Count() > 1).Select(key => key.Key).ToList();
        // A finding under two keys would be told twice to a receiver that passes over what it knows.
        var doubled = byKey.SelectMany(key => key.First().Findings).GroupBy(finding => finding).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        return new DeliveryCrashReport(kills, outbox.Count, taken.Count, taken.Count - byKey.Count, lost, changed, doubled);
    }

    private static List<string> FindingsOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("data").GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)];
    }

    private sealed class FastClock : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * 500);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="Messages">The rows of the outbox.</param>
/// <param name="Requests">What the receiver got, refused and repeated ones included.</param>
/// <param name="Repeated">How many of them came under a key that was known already.</param>
/// <param name="Lost">Messages that never came, or whose delivery was not noted.</param>
/// <param name="Changed">Keys under which different content came.</param>
/// <param name="Doubled">Findings that came under two keys.</param>
internal sealed record DeliveryCrashReport(
    int Kills, int Messages, int Requests, int Repeated, IReadOnlyList<string> Lost, IReadOnlyList<string> Changed, IReadOnlyList<string> Doubled)
{
    /// <summary>In a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {Messages} messages, {Requests} requests, {Repeated} of them repeated under the same key; lost {Lost.Count}, changed {Changed.Count}, doubled {Doubled.Count}");
}
