using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;

namespace AksInsights.IntegrationTests.Storage;

/// <summary><c>usage-load [containers] [days] [file]</c>: fills a store with usage as <c>usage collect</c> does, then measures <c>recommend</c> on it as a process of its own.</summary>
internal static class UsageLoad
{
    private static readonly DateOnly First = new(2026, 1, 5);

    /// <summary>Runs the measurement.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var containers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var days = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        var file = args.Length > 2 ? args[2] : Path.Combine(Directory.CreateTempSubdirectory("aksinsights-usage").FullName, "usage.db");
        if (!File.Exists(file)) await FillAsync(file, containers, days);
        Console.WriteLine($"store: {new FileInfo(file).Length / 1e6:0} MB, {containers} containers, {days} days");
        foreach (var output in new[] { "table", "json" })
        {
            var (seconds, peak, exit) = await MeasureAsync("recommend", "--store", file, "--output", output);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recommend --output {output}: {seconds:0.0} s, {peak / 1e6:0} MB at most, exit {exit}"));
            if (exit != 0) return 1;
        }

        return 0;
    }

    private static async Task FillAsync(string file, int containers, int days)
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(7);
        var shapes = Enumerable.Range(0, 400).Select(_ => Shape(random)).ToArray();
        await using var store = await SqlFindingStore.OpenFileAsync(file, TimeProvider.System, default);
        for (var day = 0; day < days; day++)
        {
            var rows = Enumerable.Range(0, containers).Select(i => Row(i, First.AddDays(day), shapes[((i * 31) + (day * 7)) % shapes.Length])).ToList();
            var pools = Enumerable.Range(0, 20).Select(c => new NodePoolSize(Cluster(c), "apps", "Standard_D8s_v5", 400, 3.1e12, 1.1e13)).ToList();
            await store.Usage.SaveAsync(new WorkspaceId("load"), new UsageDayRead(First.AddDays(day), UsageDay.StartOf(First.AddDays(day + 1)), rows, pools), default);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {watch.Elapsed.TotalSeconds:0} s, {watch.Elapsed.TotalSeconds / days:0.0} s a day"));
    }

    private static string Cluster(int number) => $"/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks{number}";

    // What a pod of some size does in a day of one-minute samples: a base, a daily rhythm, bursts.
    private static (ResourceDay Cpu, ResourceDay Memory) Shape(Random random)
    {
        var (cpu, memory) = (Math.Exp((random.NextDouble() * 5) + 16), Math.Exp((random.NextDouble() * 4) + 17));
        var (cpus, memories) = (new double[1440], new double[1440]);
        for (var i = 0; i < 1440; i++)
        {
            var rhythm = 1 + (0.5 * Math.Sin(i / 229.0));
            cpus[i] = cpu * rhythm * Math.Exp(random.NextDouble() - 0.5) * (random.Next(200) == 0 ? 5 : 1);
            memories[i] = memory * (1 + (0.2 * rhythm) + (0.05 * random.NextDouble()));
        }

        return (Day(cpus), Day(memories));
    }

    private static ResourceDay Day(double[] samples) => new(UsageHistogram.Of(samples), UsageHistogram.Of(samples.Chunk(60).Select(h => h.Max()).ToArray()), samples.Max());

    private static ContainerDay Row(int number, DateOnly day, (ResourceDay Cpu, ResourceDay Memory) used) => new(
        new ContainerKey(Cluster(number % 20), $"ns{number % 200}", "Deployment", $"workload-{number / 2}", number % 2 == 0 ? "app" : "proxy"),
        new ContainerFacts { NodePool = "apps", VmSize = "Standard_D8s_v5", VmSizes = 1 },
        new UsageDay
        {
            Day = day,
            Interval = TimeSpan.FromMinutes(1),
            HoursSeen = 24,
            Pods = 1 + (number % 3),
            Cpu = used.Cpu,
            Memory = used.Memory,
            InForce = new ContainerResources(CpuQuantity.FromMillicores(500), CpuQuantity.FromMillicores(1000), MemoryQuantity.FromMebibytes(1024), MemoryQuantity.FromMebibytes(2048)),
        });

    private static async Task<(double Seconds, long Peak, int Exit)> MeasureAsync(params string[] args)
    {
        // The program as it is built to be run, beside this one: bin/AksInsights.Service/release.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "AksInsights.Service", here.Name, "aksinsights");
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true })!;
        var watch = Stopwatch.StartNew();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var peak = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            if (!process.HasExited) peak = Math.Max(peak, process.PeakWorkingSet64);
            await Task.Delay(50);
        }

        await reading;
        return (watch.Elapsed.TotalSeconds, peak, process.ExitCode);
    }
}
