namespace AksInsights.Service.Commands;

/// <summary>Clusters as people call them.</summary>
internal static class ClusterName
{
    /// <summary>The cluster's name with its resource group, as names repeat from group to group; the text itself when it is no resource id.</summary>
    public static string Of(string cluster)
    {
        if (cluster.Length == 0) return "No cluster";
        var parts = cluster.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var group = Array.IndexOf(parts, "resourcegroups");
        return group >= 0 && group + 1 < parts.Length ? $"{parts[^1]} (resource group {parts[group + 1]})" : cluster;
    }
}
