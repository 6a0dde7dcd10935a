using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Kql.Diagnostics;
using AksInsights.Service.Alerts;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Workspaces;

/// <summary>What the configuration says about Azure: which cloud, who asks, and how patiently.</summary>
internal sealed record AzureSettings
{
    /// <summary>How to find the id of a workspace.</summary>
    public const string TargetHelp = "This lists workspace ids: az monitor log-analytics workspace list --query \"[].[name, customerId]\" -o table";

    private const int MostWorkspaces = 99;

    /// <summary>The cloud.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>The query API; null takes the cloud's.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Resource Manager, for Resource Graph; null takes the cloud's.</summary>
    public Uri? ResourceManager { get; init; }

    /// <summary>One of <see cref="AzureCredentials.Names"/>.</summary>
    public string Credential { get; init; } = AzureCredentials.Default;

    /// <summary>The tenant; null leaves it to the environment.</summary>
    public string? Tenant { get; init; }

    /// <summary>The client id; null leaves it to the environment.</summary>
    public string? Client { get; init; }

    /// <summary>Further workspaces whose rows are asked for together.</summary>
    public IReadOnlyList<string> AdditionalWorkspaces { get; init; } = [];

    /// <summary>The subscriptions that Resource Graph is asked about.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>How long the service may work on one query.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether a text can name what is asked: a workspace's GUID or a resource's id.</summary>
    public static bool IsTarget(string text) => Guid.TryParse(text, out _) || text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the section <c>Azure</c>.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="mistakes">What is wrong, in full sentences.</param>
    /// <returns>Null when something is wrong.</returns>
    public static AzureSettings? Read(IConfiguration configuration, out IReadOnlyList<string> mistakes)
    {
        var found = new List<string>();
        mistakes = found;
        var section = new SettingsSection(configuration.GetSection("Azure"), found);
        var standard = new AzureSettings();
        var settings = standard with
        {
            Cloud = OneOf(section, "Cloud", AzureCloud.All.Select(c => c.Name)) is { } cloud ? AzureCloud.All.First(c => c.Name == cloud) : standard.Cloud,
            Endpoint = section.Address("Endpoint"),
            ResourceManager = section.Address("ResourceManager"),
            Credential = OneOf(section, "Credential", AzureCredentials.Names) ?? standard.Credential,
            Tenant = section.Text("Tenant"),
            Client = section.Text("Client"),
            AdditionalWorkspaces = section.List("AdditionalWorkspaces"),
            Subscriptions = section.List("Subscriptions"),
            ServerTimeout = section.Duration("ServerTimeout") ?? standard.ServerTimeout,
        };
        settings.Check(section);
        section.Finish();
        return found.Count > 0 ? null : settings;
    }

    private void Check(SettingsSection section)
    {
        CheckEndpoint(section, "Endpoint", Endpoint, c => c.LogsEndpoint);
        CheckEndpoint(section, "ResourceManager", ResourceManager, c => c.ResourceManager);
        if (Credential == AzureCredentials.None && Endpoint?.IsLoopback != true)
            section.Mistake("Credential", "is `none`, which is for a recording served on this machine only; `Azure:Endpoint` must then be its address.");
        if (Client is not null && !Guid.TryParse(Client, out _)) section.Mistake("Client", $"is `{Client}`, where the client id of an identity, a GUID, is expected.");
        if (ServerTimeout > LogsQueryOptions.LongestServerTimeout || ServerTimeout < TimeSpan.FromSeconds(1))
            section.Mistake("ServerTimeout", $"is `{section.Text("ServerTimeout")}`. Allowed: from `1s` to `10m`, the longest that the service lets a query run.");
        if (AdditionalWorkspaces.Count > MostWorkspaces) section.Mistake("AdditionalWorkspaces", $"has {AdditionalWorkspaces.Count} items; the service takes {MostWorkspaces} besides the first.");
    }

    private void CheckEndpoint(SettingsSection section, string key, Uri? address, Func<AzureCloud, Uri> of)
    {
        if (address is null) return;
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback) section.Mistake(key, $"is `{address}`; tokens travel by https only.");
        if (AzureCloud.All.FirstOrDefault(c => c != Cloud && of(c).Host == address.Host) is { } other)
            section.Mistake(key, $"is `{address}`, which is of the cloud `{other.Name}`, and `Azure:Cloud` is `{Cloud.Name}`: the service would not take the tokens.");
    }

    private static string? OneOf(SettingsSection section, string key, IEnumerable<string> allowed)
    {
        var names = allowed.ToList();
        if (section.Text(key) is not { } text) return null;
        if (names.Contains(text)) return text;
        section.Mistake(key, $"is `{text}`. {NearestNames.Sentence(text, names) ?? ""} Allowed: {string.Join(", ", names.Select(n => $"`{n}`"))}.".Replace(".  ", ". ", StringComparison.Ordinal));
        return null;
    }
}
