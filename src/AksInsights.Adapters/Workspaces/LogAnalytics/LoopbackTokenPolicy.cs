using Azure.Core;
using Azure.Core.Pipeline;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Adds the token to requests over http to this machine, which Azure.Core's own policy refuses.</summary>
/// <param name="credential">Who asks.</param>
/// <param name="scope">What for.</param>
internal sealed class LoopbackTokenPolicy(TokenCredential credential, string scope) : HttpPipelinePolicy
{
    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Add(message, credential.GetToken(new TokenRequestContext([scope]), message.CancellationToken));
        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Add(message, await credential.GetTokenAsync(new TokenRequestContext([scope]), message.CancellationToken).ConfigureAwait(false));
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
    }

    private static void Add(HttpMessage message, AccessToken token)
    {
        if (!message.Request.Uri.ToUri().IsLoopback) throw new InvalidOperationException("A token was about to travel unencrypted to another machine.");
        message.Request.Headers.SetValue("Authorization", $"Bearer {token.Token}");
    }
}
