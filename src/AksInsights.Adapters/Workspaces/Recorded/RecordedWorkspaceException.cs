namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>A recorded workspace was read strictly and holds something bad.</summary>
public sealed class RecordedWorkspaceException : Exception
{
    /// <summary>Makes the exception.</summary>
    public RecordedWorkspaceException(string message, WorkspaceLoadReport report)
        : base(message) => Report = report;

    /// <summary>What was read so far and what was wrong with it.</summary>
    public WorkspaceLoadReport Report { get; }
}
