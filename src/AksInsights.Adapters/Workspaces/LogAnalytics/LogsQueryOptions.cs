using Azure.Core;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>How one query is asked.</summary>
public sealed record LogsQueryOptions
{
    // Source: learn.microsoft.com/azure/azure-monitor/logs/api/timeouts: 3 minutes unless asked for, 10 at most.
    /// <summary>The longest that the service lets a query run.</summary>
    public static readonly TimeSpan LongestServerTimeout = TimeSpan.FromMinutes(10);

    /// <summary>How long the service may work on the query; the connection is given a little longer.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Further workspaces whose rows the query sees, by id, name or resource id; at most 99.</summary>
    public IReadOnlyList<string> AdditionalWorkspaces { get; init; } = [];
}

/// <summary>How a client reaches the service.</summary>
public sealed class LogsQueryClientOptions : ClientOptions
{
    /// <summary>Makes the options. Asking again is the caller's: it knows which question may be asked again, and what the service allows.</summary>
    public LogsQueryClientOptions()
    {
        Retry.MaxRetries = 0;
        Diagnostics.IsLoggingContentEnabled = false;
    }

    /// <summary>The scope of tokens.</summary>
    public required string Scope { get; init; }

    /// <summary>Keeps requests within what the service allows; share it between all clients of one identity.</summary>
    public required RequestLimiter Limiter { get; init; }

    /// <summary>What the way there and back may take beyond the time that the service may work.</summary>
    public TimeSpan NetworkAllowance { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Allows http to this machine, for a served recording. Tokens never travel unencrypted to another.</summary>
    public bool AllowInsecureLoopback { get; init; }
}
