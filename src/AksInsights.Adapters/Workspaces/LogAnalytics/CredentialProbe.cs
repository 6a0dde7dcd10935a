using System.Diagnostics.Tracing;
using Azure.Core;
using Azure.Core.Diagnostics;
using Azure.Identity;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Asks a credential for a token, and finds out which of several gave it.</summary>
public static class CredentialProbe
{
    private const string Selected = "DefaultAzureCredentialCredentialSelected";

    /// <summary>Asks once.</summary>
    /// <param name="name">One of <see cref="AzureCredentials.Names"/>.</param>
    /// <param name="cloud">For which cloud.</param>
    /// <param name="tenant">The tenant; null leaves it to the environment.</param>
    /// <param name="client">The client id; null leaves it to the environment.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<CredentialAnswer> AskAsync(string name, AzureCloud cloud, string? tenant, string? client, CancellationToken cancellation)
    {
        if (name == AzureCredentials.None) return new CredentialAnswer.Token("`none`, for a recording served on this machine,", null, DateTimeOffset.MaxValue);
        string? selected = null;
        // The library tells which one it took only to those who listen to its events.
        using var listener = new AzureEventSourceListener(
            (happened, _) =>
            {
                if (happened.EventName == Selected) selected = happened.Payload?[0]?.ToString();
            },
            EventLevel.Informational);
        try
        {
            var token = await AzureCredentials.Create(name, cloud, tenant, client).GetTokenAsync(new TokenRequestContext([cloud.LogsScope]), cancellation).ConfigureAwait(false);
            return new CredentialAnswer.Token(selected is null ? $"`{name}`" : $"`{name}` ({selected[(selected.LastIndexOf('.') + 1)..]})", TokenIdentity.Of(token.Token), token.ExpiresOn);
        }
        catch (AuthenticationFailedException failure)
        {
            return new CredentialAnswer.None(LogsError.Seen($"`{name}` gives no token", failure).Message);
        }
    }
}

/// <summary>What a credential answered.</summary>
public abstract record CredentialAnswer
{
    private CredentialAnswer()
    {
    }

    /// <summary>A token.</summary>
    /// <param name="Credential">Which credential gave it.</param>
    /// <param name="Who">Whom it stands for; null when it does not say.</param>
    /// <param name="ExpiresOn">How long it is valid.</param>
    public sealed record Token(string Credential, string? Who, DateTimeOffset ExpiresOn) : CredentialAnswer;

    /// <summary>No token.</summary>
    /// <param name="Reason">Why, as a full sentence.</param>
    public sealed record None(string Reason) : CredentialAnswer;
}
