using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Objects with a pod template, plain or put together by Kustomize: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Pod, Argo Rollout, KEDA ScaledJob.</summary>
internal sealed class WorkloadManifest : IManifestFormat
{
    /// <inheritdoc/>
    public string Name => "manifest";

    /// <inheritdoc/>
    public bool Recognises(DeployedObject deployed) => PodTemplates.PathOf(deployed.Kind) is not null;

    /// <inheritdoc/>
    public IEnumerable<ContainerDeclaration> Locate(DeployedObject deployed, SoughtContainer sought)
    {
        if (deployed.Name != sought.Key.Workload || !PodTemplates.AreKin(deployed.Kind!, sought.Key.WorkloadKind)) return [];
        var template = FollowReference(deployed, sought.Inventory);
        return template is null ? [] : [new LayeredContainer(template, sought.Key.Container).Declare(this)];
    }

    /// <summary>The object with the pod template: a Rollout may take it from a Deployment.</summary>
    private static DeployedObject? FollowReference(DeployedObject deployed, ManifestInventory inventory)
    {
        if (SourcePath.Follow(deployed.Layers[0].Root, "spec", "workloadRef") is not SourceMap reference) return deployed;
        return inventory.Objects.FirstOrDefault(o => o.Environment == deployed.Environment && o.Kind == reference.Text("kind") && o.Name == reference.Text("name"));
    }
}
