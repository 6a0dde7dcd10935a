using Azure.Identity;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>One of Azure's clouds: where its services are, and for which audience their tokens are.</summary>
/// <param name="Name">How configuration calls it.</param>
/// <param name="LogsEndpoint">The query API of Log Analytics, without the version.</param>
/// <param name="LogsScope">The scope of its tokens.</param>
/// <param name="ResourceManager">Azure Resource Manager, which also answers for Resource Graph.</param>
/// <param name="Authority">Who gives tokens.</param>
/// <remarks>
/// Source: LogsQueryAudience of Azure.Monitor.Query and learn.microsoft.com/azure/azure-monitor/logs/api/access-api. The public endpoint has moved to
/// azure.com, its audience has not.
/// </remarks>
public sealed record AzureCloud(string Name, Uri LogsEndpoint, string LogsScope, Uri ResourceManager, Uri Authority)
{
    /// <summary>Azure.</summary>
    public static AzureCloud Public { get; } = new(
        "public", new("https://api.loganalytics.azure.com"), "https://api.loganalytics.io/.default", new("https://management.azure.com"), AzureAuthorityHosts.AzurePublicCloud);

    /// <summary>Azure US Government.</summary>
    public static AzureCloud UsGovernment { get; } = new(
        "us-government", new("https://api.loganalytics.us"), "https://api.loganalytics.us/.default", new("https://management.usgovcloudapi.net"), AzureAuthorityHosts.AzureGovernment);

    /// <summary>Azure in China, run by 21Vianet.</summary>
    public static AzureCloud China { get; } = new(
        "china", new("https://api.loganalytics.azure.cn"), "https://api.loganalytics.azure.cn/.default", new("https://management.chinacloudapi.cn"), AzureAuthorityHosts.AzureChina);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AzureCloud> All { get; } = [Public, UsGovernment, China];

    /// <summary>The scope of Resource Manager's tokens.</summary>
    public string ResourceManagerScope => new Uri(ResourceManager, ".default").AbsoluteUri;
}
