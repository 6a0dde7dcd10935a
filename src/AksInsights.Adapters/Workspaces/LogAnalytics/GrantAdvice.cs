using AksInsights.Core.Workspaces;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>What to do when Azure does not let us: which role to grant to whom, or which setting is wrong.</summary>
internal static class GrantAdvice
{
    /// <summary>The next step after a refusal.</summary>
    public static string For(LogsError error, QuerySource source, AzureWorkspaceSettings settings)
    {
        if (error.Codes.Contains("InvalidAuthenticationTokenAudience"))
            return "The token is for another cloud than the endpoint: `Azure:Cloud` chooses both, and `Azure:Endpoint` must go with it.";
        if (error.Codes.Any(c => c.StartsWith("InvalidAuthenticationToken", StringComparison.Ordinal) || c is "InvalidTokenError" or "AuthenticationFailed" or "ExpiredAuthenticationToken"))
            return "The token was not accepted: it has expired, or is of another tenant than the workspace. `Azure:Tenant` and `Azure:Credential` choose whose it is.";
        if (error.Codes.Count == 0)
            return $"`Azure:Credential` chooses where the identity comes from: {string.Join(", ", AzureCredentials.Names.Select(n => $"`{n}`"))}.";
        if (source == QuerySource.ResourceGraph)
            return $"Grant it `Reader` on the clusters' subscription: {Command("Reader", settings.Subscriptions.Count > 0 ? $"/subscriptions/{settings.Subscriptions[0]}" : "/subscriptions/SUBSCRIPTION")}";
        return $"Grant it `Log Analytics Reader` on the workspace: {Command("Log Analytics Reader", settings.IsResource ? settings.Target : "RESOURCE_ID_OF_THE_WORKSPACE")}";
    }

    /// <summary>The next step when there is no such workspace.</summary>
    public static string NotFound(AzureWorkspaceSettings settings) => settings.IsResource
        ? $"Check the resource id `{settings.Target}`, its tenant and its cloud (`Azure:Cloud`)."
        : $"`{settings.Target}` must be the workspace id (a GUID, `customerId`), not its name; `az monitor log-analytics workspace list --query \"[].[name, customerId]\" -o table` lists them. Check also the cloud (`Azure:Cloud`).";

    private static string Command(string role, string scope) => $"az role assignment create --assignee OBJECT_ID --role \"{role}\" --scope {scope}";
}
