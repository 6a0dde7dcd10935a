using AksInsights.Core.Quantities;

namespace AksInsights.Core.Rightsizing;

/// <summary>The <c>resources</c> of one container; null where none is set.</summary>
/// <param name="CpuRequest">What the scheduler sets aside.</param>
/// <param name="CpuLimit">Above which it is throttled.</param>
/// <param name="MemoryRequest">What the scheduler sets aside.</param>
/// <param name="MemoryLimit">Above which it is killed.</param>
public sealed record ContainerResources(CpuQuantity? CpuRequest, CpuQuantity? CpuLimit, MemoryQuantity? MemoryRequest, MemoryQuantity? MemoryLimit)
{
    /// <summary>A container for which nothing is set.</summary>
    public static ContainerResources None { get; } = new(null, null, null, null);

    /// <summary>The amount of a field as text; null where none is set.</summary>
    public string? this[ResourceField field] => field switch
    {
        ResourceField.CpuRequest => CpuRequest?.ToString(),
        ResourceField.CpuLimit => CpuLimit?.ToString(),
        ResourceField.MemoryRequest => MemoryRequest?.ToString(),
        _ => MemoryLimit?.ToString(),
    };
}

/// <summary>One of the four amounts of a container.</summary>
public enum ResourceField
{
    /// <summary><c>requests.cpu</c>.</summary>
    CpuRequest,

    /// <summary><c>limits.cpu</c>.</summary>
    CpuLimit,

    /// <summary><c>requests.memory</c>.</summary>
    MemoryRequest,

    /// <summary><c>limits.memory</c>.</summary>
    MemoryLimit,
}

/// <summary>A change of one amount.</summary>
/// <param name="Field">Which.</param>
/// <param name="From">The amount in force, as people write it; null when none is set. A manifest may write the same amount otherwise: compare amounts, not texts.</param>
/// <param name="To">The proposed amount; null when the field is to be taken out.</param>
public sealed record ResourceChange(ResourceField Field, string? From, string? To);

/// <summary>In which order Kubernetes evicts pods when a node runs out of memory: best effort first, guaranteed last.</summary>
public enum QosClass
{
    /// <summary>No container of the pod requests or limits anything.</summary>
    BestEffort,

    /// <summary>What is neither of the others.</summary>
    Burstable,

    /// <summary>Every container of the pod has CPU and memory limits that equal its requests.</summary>
    Guaranteed,
}
