using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Postgres;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>The long form: <c>crash [kills] [seed] [sqlite|postgres]</c>.</summary>
internal static class CrashCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20260105;
        var same = true;
        foreach (var kind in args.Length > 2 ? args[2..] : ["sqlite", "postgres"])
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-crash");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync(durable: true) : null;
            StoreAddress address = server is null
                ? new StoreAddress.File(Path.Combine(folder.FullName, "store.db"))
                : new StoreAddress.Postgres(await server.CreateDatabaseAsync());
            var clock = Stopwatch.StartNew();
            var report = await new CrashRun(address, replicas: server is null ? 1 : 2, seed).RunAsync(kills);
            same &= report.Expected == report.Actual;
            var lines = report.Actual.Split('\n').Length;
            Console.WriteLine($"{kind}: seed {seed}, {report.Kills} kills, {report.Evaluations:N0} evaluations, {lines:N0} rows, {clock.Elapsed.TotalSeconds:0} s: "
                + (report.Expected == report.Actual ? "the same as undisturbed" : "DIFFERENT"));
            if (report.Expected != report.Actual) Differences(report);
            folder.Delete(recursive: true);
        }

        return same ? 0 : 1;
    }

    private static void Differences(CrashReport report)
    {
        var (expected, actual) = (report.Expected.Split('\n'), report.Actual.Split('\n'));
        foreach (var line in expected.Except(actual).Take(10)) Console.WriteLine($"lost    {line}");
        foreach (var line in actual.Except(expected).Take(10)) Console.WriteLine($"extra   {line}");
        foreach (var line in actual.GroupBy(l => l).Where(g => g.Count() > 1 && g.Key.Length > 0).Take(10)) Console.WriteLine($"doubled {line.Key}");
    }
}
