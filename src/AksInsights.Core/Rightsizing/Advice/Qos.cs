namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>The quality-of-service class of pods, as Kubernetes gives it.</summary>
public static class Qos
{
    /// <summary>The class of a pod.</summary>
    /// <param name="containers">The resources of all its containers.</param>
    public static QosClass Of(IReadOnlyCollection<ContainerResources> containers)
    {
        if (containers.All(c => c == ContainerResources.None)) return QosClass.BestEffort;
        return containers.All(IsGuaranteed) ? QosClass.Guaranteed : QosClass.Burstable;
    }

    // A request that is not set is the limit.
    private static bool IsGuaranteed(ContainerResources c) =>
        c.CpuLimit is { } cpu && c.MemoryLimit is { } memory && (c.CpuRequest ?? cpu) == cpu && (c.MemoryRequest ?? memory) == memory;
}
