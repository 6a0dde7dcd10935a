namespace AksInsights.Core.Workspaces;

/// <summary>Whom a query asks.</summary>
public enum QuerySource
{
    /// <summary>The tables of a Log Analytics workspace.</summary>
    LogAnalytics,

    /// <summary>Azure Resource Graph: the table <c>Resources</c>, how Azure's resources are set up now. It has no window, no <c>let</c>, and fewer operators.</summary>
    ResourceGraph,
}
