using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Adapters.Storage;

/// <summary>Names that were checked before they were stored. Rows of one evaluation mostly have the same, which is checked once more and then known.</summary>
internal static class StoredIds
{
    [ThreadStatic]
    private static (string? Text, QueryId Id) _query;

    [ThreadStatic]
    private static (string? Text, WorkspaceId Id) _workspace;

    /// <summary>The name of a query.</summary>
    public static QueryId Query(string text)
    {
        if (!string.Equals(_query.Text, text, StringComparison.Ordinal)) _query = (text, new QueryId(text));
        return _query.Id;
    }

    /// <summary>The name of a workspace.</summary>
    public static WorkspaceId Workspace(string text)
    {
        if (!string.Equals(_workspace.Text, text, StringComparison.Ordinal)) _workspace = (text, new WorkspaceId(text));
        return _workspace.Id;
    }
}
