using Azure.Core;
using Azure.Identity;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Who asks: the choices of Azure.Identity by their names in configuration.</summary>
public static class AzureCredentials
{
    /// <summary>What is found first of environment, workload identity, managed identity and developer tools.</summary>
    public const string Default = "default";

    /// <summary>The federated token of a pod.</summary>
    public const string WorkloadIdentity = "workload-identity";

    /// <summary>The identity of the machine.</summary>
    public const string ManagedIdentity = "managed-identity";

    /// <summary>Who is logged in to the Azure CLI.</summary>
    public const string Cli = "cli";

    /// <summary>The variables AZURE_TENANT_ID, AZURE_CLIENT_ID and so on.</summary>
    public const string EnvironmentVariables = "environment";

    /// <summary>Nobody: a token without meaning, for a served recording on this machine.</summary>
    public const string None = "none";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, WorkloadIdentity, ManagedIdentity, Cli, EnvironmentVariables, None];

    /// <summary>Makes a credential. Nothing is asked until the first token is needed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cloud">Who gives tokens.</param>
    /// <param name="tenant">The tenant; null leaves it to the environment.</param>
    /// <param name="client">The client id of a user-assigned or workload identity; null leaves it to the environment.</param>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static TokenCredential Create(string name, AzureCloud cloud, string? tenant, string? client) => name switch
    {
        Default => new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            AuthorityHost = cloud.Authority,
            TenantId = tenant,
            ManagedIdentityClientId = client,
            WorkloadIdentityClientId = client,
        }),
        WorkloadIdentity => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions { AuthorityHost = cloud.Authority, TenantId = tenant, ClientId = client }),
        ManagedIdentity => new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client)),
        Cli => new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = cloud.Authority, TenantId = tenant }),
        EnvironmentVariables => new EnvironmentCredential(new EnvironmentCredentialOptions { AuthorityHost = cloud.Authority }),
        None => new NoCredential(),
        _ => throw new ArgumentException($"There is no credential `{name}`.", nameof(name)),
    };

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("none", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
