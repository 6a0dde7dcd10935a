using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Postgres;
using Xunit.Abstractions;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>The short form; the long one is <c>delivery-crash 200</c>, see CONTRIBUTING.md.</summary>
public sealed class DeliveryCrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-delivery");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task NoMessageIsLostAndWhatComesTwiceHasTheSameKey()
    {
        var report = await new DeliveryCrash(new StoreAddress.File(Path.Combine(_folder.FullName, "store.db")), seed: 1).RunAsync(kills: 4);
        output.WriteLine(report.ToString());
        Assert.Empty(report.Lost);
        Assert.Empty(report.Changed);
        Assert.Empty(report.Doubled);
    }

    /// <summary>The long form: <c>delivery-crash [kills] [seed] [sqlite|postgres]</c>.</summary>
    internal static async Task<int> RunAsync(string[] args)
    {
        var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20260105;
        var whole = true;
        foreach (var kind in args.Length > 2 ? args[2..] : ["sqlite", "postgres"])
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-delivery");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync(durable: true) : null;
            StoreAddress address = server is null ? new StoreAddress.File(Path.Combine(folder.FullName, "store.db")) : new StoreAddress.Postgres(await server.CreateDatabaseAsync());
            var report = await new DeliveryCrash(address, seed).RunAsync(kills);
            Console.WriteLine($"{kind}: seed {seed}, {report}");
            whole &= report is { Lost.Count: 0, Changed.Count: 0, Doubled.Count: 0 };
            folder.Delete(recursive: true);
        }

        return whole ? 0 : 1;
    }
}
