namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>How a recorded workspace is read.</summary>
public sealed record RecordedWorkspaceOptions
{
    /// <summary>True to refuse a load in which a cell, record or file was bad; notices are not fatal. Without it they are counted.</summary>
    public bool Strict { get; init; }

    /// <summary>The number of threads that read; by default one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Told how far a load has come, about once a megabyte, on the reading threads; null when nobody listens.</summary>
    public IProgress<LoadProgress>? Progress { get; init; }

    /// <summary>The size of the pieces that files are read in, in bytes: small enough for a core's cache.</summary>
    internal int BlockBytes { get; init; } = 1 << 19;
}
