using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Rightsizing.Advice;

namespace AksInsights.Service.Api;

/// <summary>The advice on every container as rows for panels: amounts in cores and bytes, texts in one piece.</summary>
internal static class RecommendationRows
{
    /// <summary>What panels call them.</summary>
    public const string Name = "recommendations";

    /// <summary>The rows of the chosen clusters and namespaces, what saves most first.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, object?>> Of(AdviceReport report, PanelChoice choice) => report.All
        .Where(said => Wanted(choice, "cluster", said.Container.Cluster) && Wanted(choice, "namespace", said.Container.Namespace))
        .OrderByDescending(said => (said as ContainerAdvice.Change)?.Recommendation.MonthlySaving ?? 0)
        .Select(Row);

    private static bool Wanted(PanelChoice choice, string variable, string value) => choice.Chosen.GetValueOrDefault(variable)?.Contains(value) != false;

    private static Dictionary<string, object?> Row(ContainerAdvice said)
    {
        var (key, now, next) = (said.Container, said.Current, said.After);
        var change = (said as ContainerAdvice.Change)?.Recommendation;
        var (cpu, memory) = (change?.Usage.Cpu.P95.Cores, change?.Usage.Memory.P95.Bytes);
        return new Dictionary<string, object?>
        {
            ["cluster_name"] = key.Cluster[(key.Cluster.LastIndexOf('/') + 1)..],
            ["cluster"] = key.Cluster,
            ["namespace"] = key.Namespace,
            ["workload"] = key.Workload,
            ["container"] = key.Container,
            ["replicas"] = said.Pods,
            ["cpu_p95"] = cpu,
            ["cpu_request"] = now.CpuRequest?.Cores,
            ["cpu_use"] = Share(cpu, now.CpuRequest?.Cores),
            ["cpu_limit"] = now.CpuLimit?.Cores,
            ["cpu_proposed"] = change is null ? null : next.CpuRequest?.Cores,
            ["memory_p95"] = memory,
            ["memory_request"] = now.MemoryRequest?.Bytes,
            ["memory_use"] = Share(memory, now.MemoryRequest?.Bytes),
            ["memory_limit"] = now.MemoryLimit?.Bytes,
            ["memory_proposed"] = change is null ? null : next.MemoryRequest?.Bytes,
            ["saving"] = change?.MonthlySaving ?? 0,
            ["confidence"] = change is null ? null : change.Confidence.Level.ToString().ToLowerInvariant(),
            ["reason"] = Reason(said),
            ["risk"] = change is null ? null : string.Join(' ', change.Risks),
            ["oom_kills"] = change?.Usage.OomKills,
            ["restarts"] = change?.Usage.Restarts,
            ["past_days"] = change?.Backtest?.Days,
            ["past_kills"] = change?.Backtest?.OomKills,
            ["past_throttled"] = change?.Backtest?.Throttled,
            ["past_above"] = change?.Backtest?.CpuAboveRequest,
            ["changes"] = change is null ? 0 : 1,
        };
    }

    private static string Reason(ContainerAdvice said) => said switch
    {
        ContainerAdvice.Change change => string.Join(' ', change.Recommendation.Reasons),
        ContainerAdvice.LeftAlone alone => alone.Detail,
        _ => "What is in force is near enough to what is needed.",
    };

    private static double? Share(double? used, double? requested) => requested > 0 ? used / requested : null;
}
