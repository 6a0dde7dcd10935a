using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Postgres;
using Xunit.Abstractions;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>The short form; the long one is <c>serve-crash 200</c>, see CONTRIBUTING.md.</summary>
public sealed class SqliteServeCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task NothingIsLostOrDoubledByAServiceThatIsKilled()
    {
        var report = await ServeCrashCommand.RunAsync(store: null, replicas: 1, kills: 6, seed: 5);
        output.WriteLine($"seed 5: {report}");
        Assert.True(report.IsWhole, report.ToString());
    }
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresServeCrashTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task NothingIsLostOrDoubledByReplicasThatAreKilled()
    {
        var report = await ServeCrashCommand.RunAsync(new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), replicas: 2, kills: 6, seed: 6);
        output.WriteLine($"seed 6: {report}");
        Assert.True(report.IsWhole, report.ToString());
    }
}

/// <summary>The long form: <c>serve-crash [kills] [seed] [sqlite|postgres]</c>.</summary>
internal static class ServeCrashCommand
{
    private const int Queries = 24;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20260105;
        var whole = true;
        foreach (var kind in args.Length > 2 ? args[2..] : ["sqlite", "postgres"])
        {
            var clock = Stopwatch.StartNew();
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync(durable: true) : null;
            var report = await RunAsync(server is null ? null : new StoreAddress.Postgres(await server.CreateDatabaseAsync()), server is null ? 1 : 2, kills, seed);
            Console.WriteLine($"{kind}: seed {seed}, {clock.Elapsed.TotalSeconds:0} s, {report}");
            whole &= report.IsWhole;
        }

        return whole ? 0 : 1;
    }

    public static async Task<ServeCrashReport> RunAsync(StoreAddress? store, int replicas, int kills, int seed)
    {
        await using var served = await ServedStore.PrepareAsync(seed, store, Queries, Every);
        return await new ServeCrash(served, replicas, seed).RunAsync(kills);
    }
}
