namespace AksInsights.Service.Serving;

/// <summary>What a request is about, read from its path.</summary>
internal abstract record RequestTarget
{
    private const string WorkspaceType = "microsoft.operationalinsights/workspaces";

    private RequestTarget()
    {
    }

    /// <summary>Finds out. Slashes in a row count as one: Microsoft's own client sends two before a resource.</summary>
    public static RequestTarget Of(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["faults"]) return new Faults();
        if (string.Join('/', parts).Equals("providers/Microsoft.ResourceGraph/resources", StringComparison.OrdinalIgnoreCase)) return new ResourceGraph();
        if (parts is not ["v1", .. var rest]) return new Nothing();
        return rest switch
        {
            ["$batch"] => new Batch(),
            ["workspaces", var id, "query"] => new Workspace(id),
            [var first, .. var resource, "query"] when first.Equals("subscriptions", StringComparison.OrdinalIgnoreCase) => OfResource([first, .. resource]),
            _ => new Nothing(),
        };
    }

    /// <summary>The query of a resource; a workspace's resource id stands for the workspace.</summary>
    public static RequestTarget OfResource(IReadOnlyList<string> parts)
    {
        var id = $"/{string.Join('/', parts)}";
        return parts.Count == 8 && $"{parts[5]}/{parts[6]}".Equals(WorkspaceType, StringComparison.OrdinalIgnoreCase) ? new Workspace(id) : new Resource(id);
    }

    /// <summary>The rows of a workspace.</summary>
    /// <param name="Id">Its id: a GUID, a name or a resource id.</param>
    public sealed record Workspace(string Id) : RequestTarget;

    /// <summary>The rows of a resource, or of all resources in a group or subscription.</summary>
    /// <param name="Id">Its resource id.</param>
    public sealed record Resource(string Id) : RequestTarget;

    /// <summary>Several queries at once.</summary>
    public sealed record Batch : RequestTarget;

    /// <summary>How resources are set up.</summary>
    public sealed record ResourceGraph : RequestTarget;

    /// <summary>The faults that tests ask for.</summary>
    public sealed record Faults : RequestTarget;

    /// <summary>Nothing that is served.</summary>
    public sealed record Nothing : RequestTarget;
}
