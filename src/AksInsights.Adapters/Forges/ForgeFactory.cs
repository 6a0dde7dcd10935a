using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Forges;

/// <summary>Makes the client for a repository on a forge.</summary>
public static class ForgeFactory
{
    /// <summary>The environment variables that may hold a forge's token, the first that is set counts.</summary>
    public static IReadOnlyList<string> TokenNames(ForgeKind kind) => kind switch
    {
        ForgeKind.GitHub => ["AKSINSIGHTS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
        ForgeKind.AzureDevOps => ["AKSINSIGHTS_TOKEN", "AZURE_DEVOPS_EXT_PAT", "SYSTEM_ACCESSTOKEN"],
        _ => ["AKSINSIGHTS_TOKEN", "GITLAB_TOKEN"],
    };

    /// <summary>Makes the client.</summary>
    /// <param name="address">Which repository.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The client, which is disposed of by the caller; or what is missing.</returns>
    public static HostAnswer<ForgeHandle> Create(ForgeAddress address, Func<string, string?> variable, TimeProvider time)
    {
        var names = TokenNames(address.Kind);
        if (names.FirstOrDefault(n => !string.IsNullOrWhiteSpace(variable(n))) is not { } name)
            return new HostProblem.Refused($"There is no token for {address.Api.Host}.", $"Put one into the environment variable {string.Join(" or ", names)}; docs/changes.md says which rights it needs.");
        var settings = new ForgeSettings(address.Api, new Secret(variable(name)!.Trim()), name);
        return address.Kind switch
        {
            ForgeKind.GitHub => Handle(new GitHubForge(settings, address.Path[^2], address.Path[^1], time)),
            ForgeKind.AzureDevOps => Handle(new AzureDevOpsForge(settings, address.Path[0], address.Path[1], time)),
            _ => Handle(new GitLabForge(settings, string.Join('/', address.Path), time)),
        };
    }

    private static ForgeHandle Handle<T>(T forge)
        where T : IForge, IDisposable => new(forge, forge);
}

/// <summary>A forge, and what to dispose of afterwards.</summary>
/// <param name="Forge">The forge.</param>
/// <param name="Lifetime">What to dispose of.</param>
public sealed record ForgeHandle(IForge Forge, IDisposable Lifetime) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Lifetime.Dispose();
}
