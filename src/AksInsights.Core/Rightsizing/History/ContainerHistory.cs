namespace AksInsights.Core.Rightsizing.History;

/// <summary>The past of a container. Immutable.</summary>
/// <param name="Container">Which.</param>
/// <param name="Facts">How it stands now.</param>
/// <param name="Days">The days on which it ran, oldest first; at least one.</param>
public sealed record ContainerHistory(ContainerKey Container, ContainerFacts Facts, IReadOnlyList<UsageDay> Days)
{
    /// <summary>Requests and limits in force now.</summary>
    public ContainerResources InForce => Days[^1].InForce;

    /// <summary>How many pods run it, on average over its days.</summary>
    public double Pods => Days.Average(d => d.Pods);
}

/// <summary>What is known of a container beside its usage, on the newest day.</summary>
public sealed record ContainerFacts
{
    /// <summary>A container of which nothing more is known.</summary>
    public static ContainerFacts Unknown { get; } = new();

    /// <summary>The node pool that most of its pods are on; null when that is not known.</summary>
    public string? NodePool { get; init; }

    /// <summary>The VM size that most of its pods are on; null when that is not known.</summary>
    public string? VmSize { get; init; }

    /// <summary>On how many VM sizes its pods are.</summary>
    public int VmSizes { get; init; }

    /// <summary>The HorizontalPodAutoscaler that scales the workload; null when none does.</summary>
    public string? Scaler { get; init; }

    /// <summary>Whether the Vertical Pod Autoscaler resized pods of the workload.</summary>
    public bool ResizedByVpa { get; init; }

    /// <summary>The flag that sets the size of its Java heap; null when none was seen.</summary>
    public string? HeapFlag { get; init; }

    /// <summary>The value of the pods' label <c>aksinsights.io/rightsizing</c>; null when they have none.</summary>
    public string? OptOut { get; init; }
}

/// <summary>The nodes of one size in a pool.</summary>
/// <param name="Cluster">The cluster's resource id, lower case.</param>
/// <param name="NodePool">The pool.</param>
/// <param name="VmSize">The VM size.</param>
/// <param name="Nodes">How many there are.</param>
/// <param name="CpuAllocatable">What all of them together can give to pods, in nanocores.</param>
/// <param name="MemoryAllocatable">The same in bytes.</param>
public sealed record NodePoolSize(string Cluster, string NodePool, string VmSize, int Nodes, double CpuAllocatable, double MemoryAllocatable);
