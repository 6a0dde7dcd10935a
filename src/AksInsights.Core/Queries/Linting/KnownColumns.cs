using System.Text.RegularExpressions;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Symbols;

namespace AksInsights.Core.Queries.Linting;

/// <summary>What is known about the columns of Container Insights' tables beyond their types.</summary>
/// <remarks>Source: microsoft/Docker-Provider, the agent's record builders under <c>source/plugins/ruby</c> (agent 3.1.24), and the table pages of Azure Monitor.</remarks>
internal static class KnownColumns
{
    /// <summary>The table that the agent writes events into, one row each time that an event's count grows.</summary>
    public const string Events = "KubeEvents";

    /// <summary>When an event happened last.</summary>
    public const string LastSeen = "KubeEvents.LastSeen";

    private const string ContainerName = "KubePodInventory.ContainerName";

    /// <summary>What every row has: the columns that the agent never leaves empty.</summary>
    private static readonly Dictionary<string, string[]> Filled = new(StringComparer.Ordinal)
    {
        ["KubePodInventory"] = ["ClusterId", "ClusterName", "Namespace", "Name", "PodUid", "PodStatus", "PodCreationTimeStamp", "PodRestartCount"],
        ["KubeNodeInventory"] = ["ClusterId", "ClusterName", "Computer", "KubeletVersion", "CreationTimeStamp"],
        ["KubeEvents"] = ["ClusterId", "ClusterName", "ObjectKind", "Name", "Reason"],
        ["KubeServices"] = ["ClusterId", "ClusterName", "Namespace", "ServiceName", "ServiceType"],
        ["KubePVInventory"] = ["ClusterId", "ClusterName", "PVName", "PVStatus"],
        ["KubeMonAgentEvents"] = ["ClusterId", "ClusterName", "Computer", "Category", "Level", "Message"],
        ["Perf"] = ["Computer", "ObjectName", "CounterName", "InstanceName", "CounterValue"],
        ["InsightsMetrics"] = ["Namespace", "Name", "Val", "Tags", "Computer"],
        ["ContainerInventory"] = ["Computer", "ContainerID", "ContainerHostname", "Name"],
        ["ContainerNodeInventory"] = ["Computer"],
        ["ContainerLogV2"] = ["Computer", "PodNamespace", "PodName", "ContainerName"],
        ["AKSAudit"] = ["Verb", "RequestUri", "Stage"],
        ["AKSAuditAdmin"] = ["Verb", "RequestUri", "Stage"],
        ["AKSControlPlane"] = ["Category"],
        ["Resources"] = ["id", "name", "type", "resourceGroup", "subscriptionId", "location"],
    };

    /// <summary>The tags of InsightsMetrics that every row of their metrics has.</summary>
    private static readonly HashSet<string> FilledTags = new(StringComparer.Ordinal)
    {
        "hostName", "path", "device", "interface", "name", "deployment", "k8sNamespace", "hpa", "targetKind", "targetName",
        "podName", "podUid", "pvcName", "pvcNamespace", "volumeName", "container.azm.ms/clusterId", "container.azm.ms/clusterName",
    };

    private static readonly HashSet<string> CumulativeMetrics = new(StringComparer.Ordinal)
    {
        "reads", "read_bytes", "read_time", "writes", "write_bytes", "write_time", "io_time", "bytes_recv", "bytes_sent", "err_in", "err_out",
    };

    // The agent fills some columns together: what proves the first proves the second, in the same row.
    private static readonly Dictionary<string, string> Companions = new(StringComparer.Ordinal)
    {
        ["KubePodInventory.ContainerID"] = ContainerName,
        ["KubePodInventory.ContainerStatus"] = ContainerName,
        ["KubePodInventory.ContainerStatusReason"] = ContainerName,
        ["KubePodInventory.ContainerLastStatus"] = ContainerName,
        ["KubePodInventory.ContainerRestartCount"] = ContainerName,
        ["KubePodInventory.ControllerKind"] = "KubePodInventory.ControllerName",
        ["KubePVInventory.PVCName"] = "KubePVInventory.PVCNamespace",
    };

    private static readonly HashSet<string> KindsWithoutNamespace = new(StringComparer.Ordinal) { "Node", "Namespace", "PersistentVolume", "StorageClass", "ClusterRole" };

    private static readonly string[] ClusterIds = ["/subscriptions/s1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1"];

    private static readonly string[] Names = ["a", "web", "web-7d9f8b6c5d", "web-7d9f8b6c5d-x2x4q", "report-29920380", "db-0"];

    /// <summary>Whom to ask for a table.</summary>
    public static QuerySource SourceOf(string table) => ResourceGraphTables.SourceOf(table);

    /// <summary>The facts of a table's own columns.</summary>
    public static TableFacts Of(TableSymbol table)
    {
        var filled = Filled.GetValueOrDefault(table.Name, []);
        return new TableFacts([.. table.Columns.Select(c => new KeyValuePair<string, ColumnFacts>(c.Name, Of(table.Name, c.Name, filled)))]);
    }

    /// <summary>Whether a metric of InsightsMetrics is a counter that only grows.</summary>
    public static bool IsCumulativeMetric(string name) => CumulativeMetrics.Contains(name) || name.EndsWith("_total", StringComparison.Ordinal);

    /// <summary>Whether a member of a value made from these columns is in every row.</summary>
    public static bool IsFilledMember(ColumnFacts target, string member) => target.Origins is { Count: 1 } origins && origins.Contains("InsightsMetrics.Tags") && FilledTags.Contains(member);

    /// <summary>Whether a member holds the cluster's id as it was written.</summary>
    public static bool IsClusterIdMember(string member) => member is "container.azm.ms/clusterId";

    /// <summary>The column, as <c>Table.Column</c>, that is filled in the same row when this one is; null when there is none.</summary>
    public static string? CompanionOf(ColumnFacts facts) => facts.Origins is { Count: 1 } origins ? Companions.GetValueOrDefault(origins.First()) : null;

    /// <summary>Whether a value is made from one column only, and filled wherever that is.</summary>
    public static bool Follows(ColumnFacts facts, string origin) => facts is { FollowsOrigin: true, Origins.Count: 1 } && facts.Origins.Contains(origin);

    /// <summary>What an event about an object of a kind has beside the kind: its namespace, unless such objects have none.</summary>
    public static string? ProvenByKind(ColumnFacts facts, string kind) =>
        facts.Origins is { Count: 1 } origins && origins.Contains("KubeEvents.ObjectKind") && !KindsWithoutNamespace.Contains(kind) ? "KubeEvents.Namespace" : null;

    /// <summary>The column that is proven to be filled by finding a value of one side among those of the other; null when there is none.</summary>
    /// <remarks>The instance name of a container ends in its name, so an inventory row that has the same name has a container.</remarks>
    public static string? ProvenByMatch(ColumnFacts one, ColumnFacts other) => IsInstanceName(one) && other.Origins.Contains(ContainerName) ? ContainerName : null;

    /// <summary>Whether a value comes from a performance counter's instance name.</summary>
    public static bool IsInstanceName(ColumnFacts facts) => facts.Origins.Contains("Perf.InstanceName");

    /// <summary>Whether a regular expression finds something that is not empty in every form that the values of these columns take when they are filled.</summary>
    public static bool AlwaysFinds(Regex expression, int group, ColumnFacts source) =>
        source.Origins.Count > 0 && source.Origins.SelectMany(FormsOf).All(form => expression.Match(form).Groups[group].Length > 0);

    private static ColumnFacts Of(string table, string column, string[] filled) => new()
    {
        Origins = [$"{table}.{column}"],
        FollowsOrigin = true,
        IsFilled = column is "TimeGenerated" or "_ResourceId" or "_BilledSize" or "Type" || filled.Contains(column),
        IsRawClusterId = column is "ClusterId" or "_ResourceId" || (table, column) is ("Perf", "InstanceName") or ("Resources", "id"),
        IsCumulative = (table, column) is ("KubePodInventory", "ContainerRestartCount" or "PodRestartCount") or (Events, "Count"),
    };

    private static IEnumerable<string> FormsOf(string origin) => origin[(origin.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
    {
        "ClusterId" or "_ResourceId" or "id" => ClusterIds,
        "InstanceName" => ClusterIds.SelectMany(id => new[] { id + "/node1", id + "/5f2b6c1e-0d3c-4a4a-9a44-1f2f3e4d5c6b/main" }),
        "ContainerName" when origin.StartsWith("KubePodInventory", StringComparison.Ordinal) => ["5f2b6c1e-0d3c-4a4a-9a44-1f2f3e4d5c6b/main", "u1/a"],
        "KubeletVersion" => ["v1.31.5", "v1.9.0"],
        _ => Names,
    };
}
