namespace AksInsights.Core.Workspaces;

/// <summary>Where a query runs: Log Analytics, or a recording of its tables.</summary>
public interface IWorkspace
{
    /// <summary>The lasting name of the workspace.</summary>
    WorkspaceId Id { get; }

    /// <summary>The time a recording stands still at: that of its newest row, unless told otherwise. Null for a workspace whose time goes on.</summary>
    DateTimeOffset? AsOf { get; }

    /// <summary>Runs a query and says how it went. What can go wrong outside is an outcome, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation);
}

/// <summary>A query text with what is needed to run it.</summary>
/// <param name="Text">The KQL, every parameter bound. It says itself which times it looks at; nothing is filtered around it.</param>
public sealed record WorkspaceQuery(string Text)
{
    /// <summary>Whom to ask; a recording has the tables of both.</summary>
    public QuerySource Source { get; init; }

    /// <summary>What <c>now()</c> means; null leaves it to <see cref="IWorkspace.AsOf"/>. A live workspace has its own clock and ignores this.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How long the query may run; null means as long as the workspace allows.</summary>
    public TimeSpan? Timeout { get; init; }
}
