using AksInsights.Core.Workspaces;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Which rows of Azure are a workspace, and how patiently they are asked for.</summary>
public sealed record AzureWorkspaceSettings
{
    /// <summary>The name under which findings are remembered: the resource id in lower case where that is known.</summary>
    public required WorkspaceId Id { get; init; }

    /// <summary>The workspace's GUID, or the id of a resource, which begins with <c>/subscriptions/</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Further workspaces whose rows count as this one's.</summary>
    public IReadOnlyList<string> AdditionalWorkspaces { get; init; } = [];

    /// <summary>The subscriptions that Resource Graph is asked about; empty for all that the identity may read.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>How long the service may work on one query.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often a question is asked again after a passing trouble, before that is the answer.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Into how many parts, as a power of two, a question is split that is too large.</summary>
    public int Splits { get; init; } = 4;

    /// <summary>Whether <see cref="Target"/> is a resource id.</summary>
    public bool IsResource => Target.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);
}
