using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.IntegrationTests.Storage;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Hosting;

/// <summary>Measures the API of a service that runs as a program of its own over many open findings: <c>api-load [findings] [sqlite|postgres]</c>.</summary>
internal static class ApiLoad
{
    private const int Requests = 400;
    private const int WarmUp = 20;
    private const int Seed = 20261128;

    /// <summary>Fills a store, starts the service on it, asks for lists and counts, and prints how long answers took.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        foreach (var kind in args.Length > 1 ? args[1..] : ["sqlite", "postgres"])
        {
            var folder = Directory.CreateTempSubdirectory("aksinsights-load");
            await using var server = kind == "postgres" ? await PostgresServer.StartAsync() : null;
            var database = server is null ? null : await server.CreateDatabaseAsync();
            StoreAddress address = database is null ? new StoreAddress.File(Path.Combine(folder.FullName, "store.db")) : new StoreAddress.Postgres(database);
            await using (var store = await SqlFindingStore.OpenAsync(address, TimeProvider.System, default))
            {
                var clock = Stopwatch.StartNew();
                await ListLoad.FillAsync(store, count);
                Console.WriteLine($"{kind}: {count:N0} open findings written in {clock.Elapsed.TotalSeconds:0} s");
                await store.Upkeep.CompactAsync(default);
            }

            await MeasureAsync(database ?? Path.Combine(folder.FullName, "store.db"));
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string store)
    {
        string[] arguments = ["serve", "--workspace", Repository.Path("samples", "workspace-demo"), "--store", store, "--urls", "http://127.0.0.1:0"];
        var start = new ProcessStartInfo(Repository.Path("artifacts", "bin", "AksInsights.Service", "release", "aksinsights"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var service = Process.Start(start)!;
        try
        {
            var errors = service.StandardError.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = await ListeningAsync(service) };
            await UntilQuietAsync(client);
            var random = new Random(Seed);
            foreach (var (name, path) in Paths(random)) await MeasureAsync(client, name, path);
            await WalkAsync(client);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }
    }

    private static (string Name, Func<string> Path)[] Paths(Random random)
    {
        string Cluster() => Uri.EscapeDataString(ListLoad.ClusterOf(random.Next(ListLoad.Clusters)));
        string Namespace() => $"namespace-{random.Next(ListLoad.Namespaces)}";
        string Severity() => ((string[])["info", "warning", "error", "critical"])[random.Next(4)];
        return
        [
            ("first page", () => "findings"),
            ("by severity", () => $"findings?severity={Severity()}"),
            ("by query", () => $"findings?query={ListLoad.QueryOf(random.Next(ListLoad.Queries))}"),
            ("by area", () => $"findings?area=area-{random.Next(6)}"),
            ("by cluster", () => $"findings?cluster={Cluster()}"),
            ("by namespace", () => $"findings?namespace={Namespace()}"),
            ("by cluster and namespace", () => $"findings?cluster={Cluster()}&namespace={Namespace()}"),
            ("by query and severity", () => $"findings?query={ListLoad.QueryOf(random.Next(ListLoad.Queries))}&severity={Severity()}"),
            ("by workspace", () => $"findings?workspace=workspace-{random.Next(ListLoad.Workspaces)}"),
            ("page of 1,000", () => "findings?limit=1000"),
            ("counts of all", () => "summary"),
            ("counts by area", () => $"summary?area=area-{random.Next(6)}"),
            ("counts by cluster", () => $"summary?cluster={Cluster()}"),
            ("counts by namespace", () => $"summary?namespace={Namespace()}"),
            ("counts, cluster, namespace", () => $"summary?cluster={Cluster()}&namespace={Namespace()}"),
            ("events", () => $"events?severity={Severity()}"),
            ("runs", () => "runs"),
            ("queries with health", () => "queries"),
        ];
    }

    private static async Task MeasureAsync(HttpClient client, string name, Func<string> path)
    {
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Requests; i++)
        {
            var address = new Uri("api/v1/" + path(), UriKind.Relative);
            var clock = Stopwatch.GetTimestamp();
            _ = await client.GetByteArrayAsync(address);
            if (i >= WarmUp) times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        Print(name, times);
    }

    /// <summary>Goes from page to page, as somebody does who looks through everything of a cluster, and then far into the list of all.</summary>
    private static async Task WalkAsync(HttpClient client)
    {
        var times = new List<double>();
        foreach (var filter in new[] { $"cluster={Uri.EscapeDataString(ListLoad.ClusterOf(7))}", "limit=100" })
        {
            for (string? next = ""; next is not null && times.Count < Requests;)
            {
                var clock = Stopwatch.GetTimestamp();
                using var page = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri($"api/v1/findings?{filter}{(next.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(next))}", UriKind.Relative)));
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                next = page.RootElement.TryGetProperty("next", out var place) ? place.GetString() : null;
            }
        }

        Print("from page to page", times);
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"  {name,-27} {times.Count,5:N0} requests   p50 {times[times.Count / 2],7:0.0} ms   p99 {times[times.Count * 99 / 100],7:0.0} ms   max {times[^1],7:0.0} ms");
    }

    private static async Task<Uri> ListeningAsync(Process service)
    {
        while (await service.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("Listening on ", StringComparison.Ordinal)) return new Uri(line["Listening on ".Length..line.IndexOf(". ", StringComparison.Ordinal)]);
        throw new InvalidOperationException("The service did not listen.");
    }

    /// <summary>Waits until the service has evaluated what it evaluates at its start.</summary>
    private static async Task UntilQuietAsync(HttpClient client)
    {
        for (var (before, same) = (-1, 0); same < 5;)
        {
            await Task.Delay(1000);
            using var runs = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri("api/v1/runs?workspace=workspace-demo&limit=1000", UriKind.Relative)));
            var now = runs.RootElement.GetProperty("items").GetArrayLength();
            same = now > 0 && now == before ? same + 1 : 0;
            before = now;
        }
    }
}
