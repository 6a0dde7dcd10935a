using System.Globalization;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>What can go wrong when a recommendation is applied. Pure.</summary>
internal static class Risks
{
    /// <summary>The risks, the gravest first.</summary>
    public static IReadOnlyList<string> Of(ContainerHistory history, ContainerResources current, ContainerResources proposed, UsageDistribution cpu, UsageDistribution memory)
    {
        var risks = new List<string>();
        if (history.Facts.HeapFlag is { } flag) risks.Add($"Memory is left as it is: the heap is set by `{flag}`; change the flag, request and limit together.");
        if (proposed.MemoryRequest?.Bytes is { } request && request < (current.MemoryRequest?.Bytes ?? long.MaxValue) && memory.Above(request).Share is var above and > 0.0005)
            risks.Add($"For {Percent(above)} of the time it uses more memory than it will request: it is among the first to be evicted when its node runs short.");
        if (proposed.MemoryLimit?.Bytes is { } limit && proposed.MemoryRequest?.Bytes is { } asked && limit > 4 * asked)
            risks.Add("The memory limit is more than four times the request: several such pods that peak together can fill a node.");
        if (current.CpuLimit is not null && proposed.CpuLimit is null) risks.Add("Without a CPU limit it may use what is idle on its node, and neighbours that request too little feel it.");
        if (Retarget(history.Facts.Scaler, current.CpuRequest?.Nanocores, proposed.CpuRequest?.Nanocores) is { } retarget) risks.Add(retarget);
        if (history.Container.WorkloadKind is "Deployment" or "StatefulSet" && history.Pods < 1.5) risks.Add("It runs in one pod, which restarts when this is applied.");
        if (proposed.CpuRequest?.Nanocores is { } cores && cores < current.CpuRequest?.Nanocores && cpu.Above(cores).Share is var busy and > 0.05)
            risks.Add($"For {Percent(busy)} of the time it uses more CPU than it will request: slower when its node is busy.");
        return risks;
    }

    // Utilisation is usage over request: a target for another request means another amount of work per pod.
    private static string? Retarget(string? scaler, double? before, double? after)
    {
        if (scaler is null || before is not > 0 || after is not > 0 || before == after) return null;
        var target = Math.Round(50 * before.Value / after.Value);
        return $"`{scaler}` scales it: if by CPU utilisation, multiply its target by {(before.Value / after.Value).ToString("0.##", CultureInfo.InvariantCulture)} "
            + $"(50 % becomes {target.ToString("0", CultureInfo.InvariantCulture)} %), so that as many pods run as before.";
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
