using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.IntegrationTests.Postgres;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.IntegrationTests.Storage;

/// <summary>Measures lists over many open findings: <c>list-load [findings] [sqlite|postgres]</c>.</summary>
internal static class ListLoad
{
    public const int Clusters = 200;
    public const int Queries = 60;
    public const int Namespaces = 40;
    public const int Workspaces = 4;
    private const int PageSize = 100;
    private const int Requests = 2_000;
    private const int Seed = 20260105;

    /// <summary>Fills a store and reads pages of it, narrowed in every way, from random places.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        foreach (var kind in args.Length > 1 ? args[1..] : ["sqlite", "postgres"])
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-load");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync() : null;
            StoreAddress address = server is null
                ? new StoreAddress.File(Path.Combine(folder.FullName, "store.db"))
                : new StoreAddress.Postgres(await server.CreateDatabaseAsync());
            await using (var store = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default))
            {
                var clock = Stopwatch.StartNew();
                await FillAsync(store, count);
                Console.WriteLine($"{kind}: {count:N0} open findings written in {clock.Elapsed.TotalSeconds:0} s");
                // In use, statistics are kept up by the database itself within minutes.
                await store.Upkeep.CompactAsync(default);
                await MeasureAsync(store, count);
            }

            folder.Delete(recursive: true);
        }

        return 0;
    }

    /// <summary>Opens many findings of many queries, clusters and namespaces.</summary>
    public static async Task FillAsync(SqlFindingStore store, int count)
    {
        for (var query = 0; query < Queries; query++)
        {
            var id = new EvaluationId(new WorkspaceId($"workspace-{query % Workspaces}"), QueryOf(query), Minute(0));
            var findings = Enumerable.Range(0, count / Queries).Select(i => Make(id, i)).ToArray();
            var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
            await store.CommitAsync(id, _ => new EvaluationCommit(record, findings, [], [], [], []), default);
        }
    }

    private static Finding Make(EvaluationId id, int i)
    {
        var key = new FindingKey([new("cluster", ClusterOf(i % Clusters)), new("namespace", $"namespace-{i / Clusters % Namespaces}"), new("workload", $"w{i}")]);
        var fingerprint = Fingerprint.Of(id.Query, 1, key);
        return Open((Severity)(i * 7 % 4), $"w{i}") with
        {
            Id = FindingId.Of(id.Workspace, fingerprint, Minute(0)),
            Workspace = id.Workspace,
            Query = id.Query,
            EvaluatedBy = id.Query,
            Key = key,
            Fingerprint = fingerprint,
            Condition = i % 10 == 0 ? Condition.Clearing : Condition.Open,
        };
    }

    private static async Task MeasureAsync(SqlFindingStore store, int count)
    {
        var random = new Random(Seed);
        var present = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing], Limit = PageSize };
        (string Name, Func<FindingFilter> Filter)[] kinds =
        [
            ("all", () => present),
            ("by severity", () => present with { MinSeverity = (Severity)random.Next(4) }),
            ("by query", () => present with { Query = QueryOf(random.Next(Queries)) }),
            ("by cluster", () => present with { Cluster = ClusterOf(random.Next(Clusters)) }),
            ("by namespace", () => present with { Namespace = $"namespace-{random.Next(Namespaces)}" }),
            ("by cluster and namespace", () => present with { Cluster = ClusterOf(random.Next(Clusters)), Namespace = $"namespace-{random.Next(Namespaces)}" }),
            ("by query and cluster", () => present with { Query = QueryOf(random.Next(Queries)), Cluster = ClusterOf(random.Next(Clusters)) }),
            ("by workspace", () => present with { Workspace = new WorkspaceId($"workspace-{random.Next(Workspaces)}") }),
            ("by the beginning of an id", () => new FindingFilter { IdPrefix = random.Next(0x10000).ToString("x4", CultureInfo.InvariantCulture), Limit = 2 }),
        ];
        foreach (var (name, filter) in kinds) await MeasureAsync(store, name, filter, random, count);
    }

    private static async Task MeasureAsync(SqlFindingStore store, string name, Func<FindingFilter> filter, Random random, int count)
    {
        var times = new List<double>();
        var found = 0L;
        for (var i = 0; i < Requests / 10; i++)
        {
            var asked = filter();
            // Half of the pages are from the middle of the list, behind a finding that may be anything.
            if (i % 2 == 1) asked = asked with { After = PlaceIn(asked, random, count) };
            var clock = Stopwatch.GetTimestamp();
            found += (await store.ListAsync(asked, default)).Count;
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"  {name,-26} {found,7:N0} found   p50 {times[times.Count / 2],7:0.0} ms   p99 {times[times.Count * 99 / 100],7:0.0} ms   max {times[^1],7:0.0} ms");
    }

    private static FindingCursor PlaceIn(FindingFilter filter, Random random, int count)
    {
        var i = random.Next(count / Queries);
        return new FindingCursor((Severity)random.Next(4), filter.Query ?? QueryOf(random.Next(Queries)), filter.Cluster ?? ClusterOf(i % Clusters), new FindingId($"{random.NextInt64():x16}"));
    }

    /// <summary>The name of a query.</summary>
    public static QueryId QueryOf(int i) => new($"area-{i % 6}/query-{i}");

    /// <summary>The id of a cluster.</summary>
    public static string ClusterOf(int i) => $"/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-{i:000}";
}
