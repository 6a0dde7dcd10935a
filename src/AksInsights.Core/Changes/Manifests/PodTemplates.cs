using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Where the kinds of Kubernetes keep the specification of their pods.</summary>
internal static class PodTemplates
{
    private static readonly string[] InTemplate = ["spec", "template", "spec"];

    private static readonly Dictionary<string, string[]> Paths = new(StringComparer.Ordinal)
    {
        ["Deployment"] = InTemplate,
        ["StatefulSet"] = InTemplate,
        ["DaemonSet"] = InTemplate,
        ["ReplicaSet"] = InTemplate,
        ["ReplicationController"] = InTemplate,
        ["Job"] = InTemplate,
        ["Rollout"] = InTemplate,
        ["CronJob"] = ["spec", "jobTemplate", "spec", "template", "spec"],
        ["ScaledJob"] = ["spec", "jobTargetRef", "template", "spec"],
        ["Pod"] = ["spec"],
    };

    // The cluster shows the controller that made the pods, which may be another than the one in the files.
    private static readonly string[][] Families = [["Deployment", "ReplicaSet", "Rollout", "ReplicationController"], ["Job", "CronJob", "ScaledJob"]];

    /// <summary>The lists of containers whose members have requests and limits.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["containers", "initContainers"];

    /// <summary>The keys from an object to the specification of its pods; null for a kind that has none.</summary>
    public static string[]? PathOf(string? kind) => kind is null ? null : Paths.GetValueOrDefault(kind);

    /// <summary>Whether a workload that the cluster shows as one kind may be written as another.</summary>
    public static bool AreKin(string one, string other) => one == other || Families.Any(f => f.Contains(one) && f.Contains(other));

    /// <summary>The containers of a kind's lists in a document or patch, each with the list it is in.</summary>
    public static IEnumerable<(string List, SourceMap Container)> Containers(SourceMap root, string[] path) =>
        Lists.SelectMany(list => SourcePath.Follow(root, [.. path, list]) is SourceList found ? found.Items.OfType<SourceMap>().Select(c => (list, c)) : []);
}
