namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>What came of opening a recorded workspace: <see cref="Opened"/> or <see cref="Refused"/>.</summary>
public abstract record RecordedWorkspaceOpening
{
    private RecordedWorkspaceOpening()
    {
    }

    /// <summary>The folder holds at least one table.</summary>
    /// <param name="Tables">Its tables.</param>
    public sealed record Opened(RecordedWorkspaceTables Tables) : RecordedWorkspaceOpening;

    /// <summary>The folder cannot be used.</summary>
    /// <param name="Message">What was found and what was expected.</param>
    /// <param name="Help">What to do next.</param>
    public sealed record Refused(string Message, string Help) : RecordedWorkspaceOpening;
}
