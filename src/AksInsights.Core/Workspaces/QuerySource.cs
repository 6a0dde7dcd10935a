namespace AksInsights.Core.Workspaces;

/// <summary>Whom a query asks.</summary>
public enum QuerySource
{
    /// <summary>The tables of a Log Analytics workspace.</summary>
    LogAnalytics,

    /// <summary>Azure Resource Graph: the table <c>Resources</c>, how Azure's resources are set up now. It has no window, no <c>let</c>, and fewer operators.</summary>
    ResourceGraph,
}

/// <summary>The tables of Azure Resource Graph that queries read.</summary>
public static class ResourceGraphTables
{
    /// <summary>How resources are set up: one row a resource, without a time.</summary>
    public const string Resources = "Resources";

    /// <summary>Whom to ask for a table.</summary>
    public static QuerySource SourceOf(string table) => table == Resources ? QuerySource.ResourceGraph : QuerySource.LogAnalytics;
}
