using System.Net;
using Azure.Core.Pipeline;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>The connections to Azure.</summary>
public static class AzureTransport
{
    private static readonly Lazy<HttpPipelineTransport> One = new(() => Create(new SocketsHttpHandler()));

    /// <summary>One pool of connections for the process.</summary>
    public static HttpPipelineTransport Shared => One.Value;

    /// <summary>Makes a transport that unpacks what comes gzipped, as large answers should, and renews its connections so that changes of names are noticed.</summary>
    /// <param name="handler">What it is made of; owned by the transport.</param>
    public static HttpPipelineTransport Create(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }
}
