namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>What is proposed and what is left alone. Immutable.</summary>
public sealed record AdviceOptions
{
    private static readonly HashSet<string> PlatformNames =
        ["kube-system", "kube-node-lease", "kube-public", "gatekeeper-system", "calico-system", "tigera-operator", "azure-arc"];

    /// <summary>Containers with fewer hours of samples are left alone.</summary>
    public int MinHours { get; init; } = 24;

    /// <summary>How much of the past requests and limits are chosen from.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Whether workloads are sized that a HorizontalPodAutoscaler scales.</summary>
    public bool WithAutoscaled { get; init; }

    /// <summary>Whether a CPU limit that is set stays, where the policy would take it out.</summary>
    public bool KeepCpuLimits { get; init; }

    /// <summary>The namespaces that are left alone.</summary>
    public IReadOnlySet<string> Namespaces { get; init; } = Platform;

    /// <summary>Workloads that are left alone, as <c>namespace/name</c>; a star stands for any.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>What people said of containers through findings: why a container is left alone, by container.</summary>
    public IReadOnlyDictionary<ContainerKey, string> Ignored { get; init; } = new Dictionary<ContainerKey, string>();

    /// <summary>The namespaces that the platform runs: those that the queries of <c>rightsizing</c> leave out too.</summary>
    public static IReadOnlySet<string> Platform => PlatformNames;

    /// <summary>Whether a workload was named to be left alone.</summary>
    public bool Excludes(ContainerKey container) => Workloads.Any(pattern =>
        pattern.Split('/') is [var space, var name] && (space == "*" || space == container.Namespace) && (name == "*" || name == container.Workload));
}
