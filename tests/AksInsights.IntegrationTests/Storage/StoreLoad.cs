using System.Diagnostics;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Postgres;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.IntegrationTests.Storage;

/// <summary>Measures a large evaluation: <c>store-load [findings] [sqlite|postgres|CONNECTION STRING]</c>. Durable, as in use.</summary>
internal static class StoreLoad
{
    /// <summary>Opens findings, then sees them again twice with other numbers, and prints how long each took.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
        var kinds = args.Length > 1 ? args[1..] : ["sqlite", "postgres"];
        foreach (var kind in kinds)
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-load");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync(durable: true) : null;
            StoreAddress address = kind switch
            {
                "sqlite" => new StoreAddress.File(Path.Combine(folder.FullName, "store.db")),
                "postgres" => new StoreAddress.Postgres(await server!.CreateDatabaseAsync()),
                _ => new StoreAddress.Postgres(kind),
            };
            await using (var store = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default)) await MeasureAsync(kind.Contains('=', StringComparison.Ordinal) ? "postgres" : kind, store, count);
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string kind, SqlFindingStore store, int count)
    {
        // A small one first, so that what is measured is the work and not the compiler.
        await EvaluateAsync(store, new QueryId("pods/warm-up"), 0, Observations(2_000, 1));
        await EvaluateAsync(store, new QueryId("pods/warm-up"), 5, Observations(2_000, 2));
        for (var round = 0; round < 3; round++)
        {
            var seen = Observations(count, round);
            var clock = Stopwatch.StartNew();
            var cpu = Environment.CpuUsage.TotalTime;
            await EvaluateAsync(store, Query, round * 5, seen);
            var name = round == 0 ? "opened" : "seen again";
            Console.WriteLine($"{kind,-9} {count:N0} findings {name,-10} {clock.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} s of it on a processor of ours");
        }
    }

    private static Observation[] Observations(int count, int round) => [.. Enumerable.Range(0, count).Select(i => Seen(workload: $"w{i}", restarts: i + round))];

    private static async Task EvaluateAsync(SqlFindingStore store, QueryId query, double minute, Observation[] seen)
    {
        var id = new EvaluationId(Workspace, query, Minute(minute));
        await store.CommitAsync(id, history => Decide(id, history, seen, Facts(minute) with { Query = query, EvaluatedBy = query }), default);
    }

    private static EvaluationCommit Decide(EvaluationId id, EvaluationHistory history, Observation[] seen, EvaluationFacts facts)
    {
        var known = history.Findings.ToDictionary(finding => finding.Fingerprint);
        // The observations are those of another query; the warm-up needs fingerprints of its own.
        var mine = id.Query == Query ? seen : Array.ConvertAll(seen, s => s with { Fingerprint = Fingerprint.Of(id.Query, 1, s.Key) });
        var steps = Array.ConvertAll(mine, s => FindingLifecycle.Advance(known.GetValueOrDefault(s.Fingerprint), s, facts, Policy));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
        return new EvaluationCommit(record, [.. steps.Select(s => s.Finding!)], [], [], [.. steps.SelectMany(s => s.Events)], []);
    }
}
