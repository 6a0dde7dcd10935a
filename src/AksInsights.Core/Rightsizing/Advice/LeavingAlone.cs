using AksInsights.Core.Rightsizing.History;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>Which containers are not touched, and why. Pure.</summary>
internal static class LeavingAlone
{
    /// <summary>Why a container is left alone; null when it is not.</summary>
    public static (string Cause, string Detail)? Reason(ContainerHistory history, IReadOnlyList<UsageDay> window, AdviceOptions options)
    {
        var (container, facts) = (history.Container, history.Facts);
        if (options.Namespaces.Contains(container.Namespace)) return ("namespace of the platform", $"The namespace `{container.Namespace}` is left alone.");
        if (options.Excludes(container)) return ("excluded", "It was named with --exclude.");
        if (facts.OptOut is "off" or "false" or "no" or "disabled") return ("opted out", $"Its pods have the label aksinsights.io/rightsizing={facts.OptOut}.");
        if (options.Ignored.TryGetValue(container, out var said)) return ("ignored", said);
        if (facts.ResizedByVpa) return ("Vertical Pod Autoscaler", "The Vertical Pod Autoscaler resizes its pods; two who set requests would undo each other's work.");
        if (facts.Scaler is { } scaler && !options.WithAutoscaled) return ("autoscaled", Autoscaled(scaler));
        if (container.WorkloadKind == "DaemonSet" && facts.VmSizes > 1)
            return ("DaemonSet on unlike nodes", $"Its pods run on nodes of {facts.VmSizes} sizes and may need more on the larger ones; one request for all would be wrong for some.");
        var hours = window.Sum(d => d.HoursSeen);
        if (hours < options.MinHours) return ("too little data", $"There are samples of {hours} hours; at least {options.MinHours} are needed (--min-hours).");
        return window.All(d => d.Cpu.Max <= 0 && d.Memory.Max <= 0) ? ("too little data", "None of its samples is above nothing.") : null;
    }

    // What it scales by is not recorded, so the likely case is assumed.
    private static string Autoscaled(string scaler) => scaler.StartsWith("keda-hpa-", StringComparison.Ordinal)
        ? $"KEDA scales it ({scaler[9..]}). If that goes by the use of what is requested, a smaller request means more pods; if it goes by a queue or requests, ask for it with --with-autoscaled."
        : $"The HorizontalPodAutoscaler `{scaler}` scales it, most likely by the use of what is requested: a smaller request means more pods. --with-autoscaled sizes it all the same.";
}
