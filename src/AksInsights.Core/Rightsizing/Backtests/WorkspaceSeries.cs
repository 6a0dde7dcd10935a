using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>Series of usage out of a workspace's raw rows: one for each container of each pod.</summary>
public static class WorkspaceSeries
{
    // A pod that ran for less says nothing that could be replayed.
    private const int LeastSamples = 60;

    /// <summary>The query for the rows: lists of times and amounts by container of a pod.</summary>
    public const string Query = """
        let owners = KubePodInventory
            | where isnotempty(ContainerName)
            | summarize arg_max(TimeGenerated, Namespace, Name) by cluster = tolower(ClusterId), ContainerName
            | project instance = strcat(cluster, "/", ContainerName), name = strcat(Namespace, "/", Name, "/", extract("[^/]+$", 0, ContainerName));
        Perf
        | where ObjectName == "K8SContainer" and CounterName in ("cpuUsageNanoCores", "memoryWorkingSetBytes")
        | summarize times = make_list(TimeGenerated), amounts = make_list(CounterValue)
            by instance = tolower(InstanceName), resource = iff(CounterName == "cpuUsageNanoCores", "cpu", "memory")
        | join kind=inner owners on instance
        | project name, resource, times, amounts
        """;

    /// <summary>Reads the rows of <see cref="Query"/>; pods that ran only shortly are left out.</summary>
    public static IReadOnlyList<UsageSeries> Read(ResultTable table)
    {
        var series = new List<UsageSeries>();
        for (var row = 0; row < table.RowCount; row++)
        {
            var (times, amounts) = ((DynamicArray)table[row, table.IndexOf("times")]!, (DynamicArray)table[row, table.IndexOf("amounts")]!);
            if (times.Count < LeastSamples || times.Count != amounts.Count) continue;
            var samples = times.Zip(amounts, (t, a) => (At: (DateTime)t!, Amount: Convert.ToDouble(a, null))).OrderBy(s => s.At).ToList();
            var resource = (string)table[row, table.IndexOf("resource")]! == "cpu" ? ResourceKind.Cpu : ResourceKind.Memory;
            series.Add(Of((string)table[row, table.IndexOf("name")]!, resource, samples));
        }

        return [.. series.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Resource)];
    }

    private static UsageSeries Of(string name, ResourceKind resource, List<(DateTime At, double Amount)> samples)
    {
        var gaps = samples.Zip(samples.Skip(1), (a, b) => b.At - a.At).Order().ToList();
        // The agent's interval is in whole minutes; polls wander by seconds.
        var interval = TimeSpan.FromMinutes(Math.Max(1, Math.Round(gaps[gaps.Count / 2].TotalMinutes)));
        var start = samples[0].At;
        var values = new double[(int)Math.Round((samples[^1].At - start) / interval) + 1];
        Array.Fill(values, double.NaN);
        foreach (var (at, amount) in samples) values[(int)Math.Round((at - start) / interval)] = amount;
        return new UsageSeries(name, resource, interval, new DateTimeOffset(start, TimeSpan.Zero), values);
    }
}
