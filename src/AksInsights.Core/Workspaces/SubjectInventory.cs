using AksInsights.Core.Findings;

namespace AksInsights.Core.Workspaces;

/// <summary>Which workloads and nodes the clusters of a workspace have at one moment, as far as the inventories tell. Immutable.</summary>
public sealed class SubjectInventory
{
    /// <summary>What is gone for less than this may be on its way back: a rollout that ends the old pods first, a node that restarts.</summary>
    public static readonly TimeSpan ShortestAbsence = TimeSpan.FromMinutes(15);

    // Pods stand for their owner. A CronJob has none between its runs, so nothing follows from their absence.
    private static readonly HashSet<string> KindsWithPods = new(StringComparer.Ordinal) { "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Pod" };

    private readonly Dictionary<Subject, DateTimeOffset> _lastSeen;
    private readonly Dictionary<(string Cluster, bool Nodes), DateTimeOffset> _present;

    /// <summary>Makes an inventory.</summary>
    /// <param name="lastSeen">When each subject was in a snapshot last.</param>
    /// <param name="patience">How long, for each cluster that can be judged, a subject must be missing from its snapshots to be gone.</param>
    internal SubjectInventory(IReadOnlyCollection<KeyValuePair<Subject, DateTimeOffset>> lastSeen, IReadOnlyDictionary<string, TimeSpan> patience)
    {
        _lastSeen = new(lastSeen);
        _present = lastSeen.GroupBy(s => (s.Key.Cluster, Nodes: s.Key.Node is not null))
            .Where(group => patience.ContainsKey(group.Key.Cluster))
            .ToDictionary(group => group.Key, group => group.Max(s => s.Value) - patience[group.Key.Cluster]);
    }

    /// <summary>Whether what a finding is about was once there but no longer is, be it deleted or, for a workload, without any pod. False when that is not known.</summary>
    public bool IsGone(FindingKey key)
    {
        if (key.Cluster is not { } cluster) return false;
        var node = key["node"]?.ToLowerInvariant();
        var isWorkload = key["workload"] is not null && key["namespace"] is not null && key["workloadKind"] is { } kind && KindsWithPods.Contains(kind);
        if (node is null && !isWorkload) return false;
        if (!_present.TryGetValue((cluster, node is not null), out var presentSince)) return false;
        var subject = node is not null ? Subject.OfNode(cluster, node) : Subject.OfWorkload(cluster, key["namespace"]!, key["workloadKind"]!, key["workload"]!);
        return !_lastSeen.TryGetValue(subject, out var last) || last < presentSince;
    }

    /// <summary>A workload or a node.</summary>
    internal readonly record struct Subject(string Cluster, string? Namespace, string? Kind, string? Workload, string? Node)
    {
        /// <summary>A workload by namespace, kind and name.</summary>
        public static Subject OfWorkload(string cluster, string @namespace, string kind, string name) => new(cluster, @namespace, kind, name, null);

        /// <summary>A node by name, lower case.</summary>
        public static Subject OfNode(string cluster, string name) => new(cluster, null, null, null, name);
    }
}
