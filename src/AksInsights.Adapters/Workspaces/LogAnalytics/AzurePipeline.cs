using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Builds what requests to Azure go through.</summary>
internal static class AzurePipeline
{
    /// <summary>Builds a pipeline with a token in every request.</summary>
    /// <exception cref="ArgumentException">The endpoint is not encrypted.</exception>
    public static HttpPipeline Build(Uri endpoint, TokenCredential credential, LogsQueryClientOptions options)
    {
        var isInsecure = endpoint.Scheme != Uri.UriSchemeHttps;
        if (isInsecure && !(options.AllowInsecureLoopback && endpoint.IsLoopback))
            throw new ArgumentException($"The endpoint `{endpoint}` is not https, and a token must not travel unencrypted.", nameof(endpoint));
        HttpPipelinePolicy token = isInsecure ? new LoopbackTokenPolicy(credential, options.Scope) : new BearerTokenAuthenticationPolicy(credential, options.Scope);
        return HttpPipelineBuilder.Build(options, [], [token], new ResponseClassifier());
    }

    /// <summary>How long the service wants to be left alone; null when it does not say.</summary>
    public static TimeSpan? RetryAfter(Azure.Response response, TimeProvider time)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var text)) return null;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && at > time.GetUtcNow() ? at - time.GetUtcNow() : null;
    }
}
