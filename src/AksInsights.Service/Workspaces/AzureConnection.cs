using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Workspaces;

/// <summary>The way to Azure under one identity: all workspaces that are asked through it keep the service's limits together.</summary>
internal sealed class AzureConnection
{
    private readonly AzureSettings _settings;
    private readonly LogsQueryClient _logs;
    private readonly ResourceGraphClient _graph;
    private readonly TimeProvider _time;

    /// <summary>Prepares it; nothing is asked yet.</summary>
    /// <param name="settings">What the configuration says.</param>
    /// <param name="time">The clock.</param>
    public AzureConnection(AzureSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        var credential = AzureCredentials.Create(settings.Credential, settings.Cloud, settings.Tenant, settings.Client);
        var (logs, manager) = (settings.Endpoint ?? settings.Cloud.LogsEndpoint, settings.ResourceManager ?? Loopback(settings.Endpoint) ?? settings.Cloud.ResourceManager);
        _logs = new LogsQueryClient(logs, credential, Options(settings.Cloud.LogsScope, new RequestLimiter(time)), time);
        // Source of the numbers: learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests.
        var limiter = new RequestLimiter(time, concurrent: 2, starts: 15, window: TimeSpan.FromSeconds(5));
        _graph = new ResourceGraphClient(manager, credential, Options(settings.Cloud.ResourceManagerScope, limiter), time);
    }

    /// <summary>A workspace, ready to be asked.</summary>
    /// <param name="target">What is asked; see <see cref="AzureSettings.IsTarget"/>.</param>
    /// <param name="name">The name under which findings are remembered; null takes the target itself.</param>
    public AzureWorkspace Workspace(string target, string? name = null) => new(
        new AzureWorkspaceSettings
        {
            Id = new WorkspaceId(name ?? target.ToLowerInvariant()),
            Target = target,
            AdditionalWorkspaces = _settings.AdditionalWorkspaces,
            Subscriptions = _settings.Subscriptions,
            ServerTimeout = _settings.ServerTimeout,
        },
        _logs,
        _graph,
        _time);

    // A served recording answers for both.
    private static Uri? Loopback(Uri? endpoint) => endpoint is { IsLoopback: true } ? endpoint : null;

    private static LogsQueryClientOptions Options(string scope, RequestLimiter limiter) =>
        new() { Scope = scope, Limiter = limiter, AllowInsecureLoopback = true, Transport = AzureTransport.Shared };
}
