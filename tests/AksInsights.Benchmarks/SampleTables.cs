using System.Globalization;
using System.IO.Compression;

namespace AksInsights.Benchmarks;

/// <summary>Makes a recorded workspace of any size: what Container Insights would have written of a cluster with 200 nodes and 6,000 containers.</summary>
/// <remarks>
/// Perf has a row for each of four counters of each container and node in each minute; KubePodInventory, always of 500,000 rows, one for each container in
/// each minute. Values are spread evenly by multiplying the row's number. The same number of rows gives the same bytes.
/// </remarks>
internal static class SampleTables
{
    private const int Nodes = 200;
    private const int Containers = 6_000;
    private const long InventoryRows = 500_000;
    private const string Cluster =
        "/subscriptions/5f3b6a52-0d1e-4c7a-9b57-1c2d3e4f5a6b/resourceGroups/rg-benchmark/providers/Microsoft.ContainerService/managedClusters/aks-benchmark";

    private static readonly string[] Counters = ["cpuUsageNanoCores", "memoryWorkingSetBytes", "memoryRssBytes", "restartTimeEpoch"];
    private static readonly string[] States = ["Running", "Pending", "Failed", "Running"];
    private static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The folder with tables of a size, made unless it is there.</summary>
    public static string Make(DirectoryInfo parent, long rows)
    {
        var folder = Path.Combine(parent.FullName, $"rows-{rows}");
        if (Directory.Exists(folder)) return folder;
        var unfinished = Directory.CreateDirectory(folder + ".unfinished").FullName;
        // Two files a table, so that making and reading them can use two cores.
        Parallel.For(0, 2, part =>
        {
            Write(Path.Combine(unfinished, $"Perf.{part}.csv.gz"), "TimeGenerated,Computer,ObjectName,CounterName,InstanceName,CounterValue,_ResourceId", Part(rows, part), Perf);
            Write(
                Path.Combine(unfinished, $"KubePodInventory.{part}.csv.gz"),
                "TimeGenerated,Name,PodUid,Namespace,ContainerName,ControllerName,PodStatus,Computer,ContainerRestartCount,_ResourceId",
                Part(InventoryRows, part),
                Inventory);
        });
        Directory.Move(unfinished, folder);
        return folder;
    }

    private static (long From, long To) Part(long rows, int part) => (rows * part / 2, rows * (part + 1) / 2);

    private static void Write(string path, string header, (long From, long To) rows, Func<long, string> line)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), bufferSize: 1 << 16);
        writer.NewLine = "\n";
        writer.WriteLine(header);
        for (var row = rows.From; row < rows.To; row++) writer.WriteLine(line(row));
    }

    private static string Perf(long row)
    {
        const int Subjects = Containers + Nodes;
        var subject = (int)(row % (Subjects * Counters.Length) / Counters.Length);
        var isContainer = subject < Containers;
        var node = Node(isContainer ? subject / 2 : subject - Containers);
        var instance = isContainer ? ContainerOf(subject) : node;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Time(row / (Subjects * Counters.Length), subject)},{node},{(isContainer ? "K8SContainer" : "K8SNode")},{Counters[row % Counters.Length]},{Cluster}/{instance},{Spread(row) / 4294967296.0 * 1e9:R},{Cluster}");
    }

    private static string Inventory(long row)
    {
        var container = (int)(row % Containers);
        var pod = container / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Time(row / Containers, pod)},app-{pod % 150}-{pod:x6},{PodUid(pod)},ns-{pod % 30:00},{ContainerOf(container)},app-{pod % 150},{States[row / 7 % 4]},{Node(pod)},{Spread(row) % 5},{Cluster}");
    }

    private static string Time(long minute, int second) => Start.AddMinutes(minute).AddSeconds(second % 60).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Node(int number) => string.Create(CultureInfo.InvariantCulture, $"aks-nodepool1-12345678-vmss{number % Nodes:000000}");

    private static string PodUid(int pod) => string.Create(CultureInfo.InvariantCulture, $"{pod:x8}-aaaa-4bbb-8ccc-{pod * 7919L:x12}");

    private static string ContainerOf(int container) => string.Create(CultureInfo.InvariantCulture, $"{PodUid(container / 2)}/container-{container % 40:00}");

    // Multiplying by a number near the golden ratio of 2^32 visits all of its residues in an order that looks random.
    private static long Spread(long row) => row * 2654435761 % 4294967296;
}
