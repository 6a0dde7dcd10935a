namespace AksInsights.Core.Rightsizing;

/// <summary>The container of a workload that is sized as one, in however many pods it runs.</summary>
/// <param name="Cluster">The cluster's resource id, lower case.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="WorkloadKind">The kind of the workload as Kubernetes spells it: <c>Deployment</c>, <c>StatefulSet</c>, <c>CronJob</c>...</param>
/// <param name="Workload">The name of the workload in the cluster.</param>
/// <param name="Container">The name of the container in the pod's specification.</param>
public sealed record ContainerKey(string Cluster, string Namespace, string WorkloadKind, string Workload, string Container)
{
    /// <summary>The container for people, within its cluster: <c>shop/checkout/app</c>.</summary>
    public override string ToString() => $"{Namespace}/{Workload}/{Container}";
}
