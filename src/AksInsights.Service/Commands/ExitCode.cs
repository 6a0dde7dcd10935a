namespace AksInsights.Service.Commands;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>Tests or checks failed, or a condition that the caller asked about holds.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Misuse = 2;

    /// <summary>It could not be done: a folder, store or query cannot be used.</summary>
    public const int Impossible = 3;
}
