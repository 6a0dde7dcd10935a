using AksInsights.Core.Secrets;
using AksInsights.Service.Alerts;
using AksInsights.Service.Serving;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Hosting;

/// <summary>What the section <c>Service</c> of the configuration says about how the service runs. Immutable.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Where the API and the pages are served when nothing is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Where to listen.</summary>
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>How many evaluations run at a time; Log Analytics lets one identity run five.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The hashes of the keys that let somebody in, by the name of their owner; empty lets everybody in, on loopback only.</summary>
    public IReadOnlyDictionary<string, string> KeyHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose tokens let somebody in; null takes none.</summary>
    public EntraSettings? Entra { get; init; }

    /// <summary>How long what is over is kept.</summary>
    public RetentionSettings Retention { get; init; } = RetentionSettings.Default;

    /// <summary>The folder of the manifests in which recommendations are looked up; null for none. Nothing is written to it.</summary>
    public string? Manifests { get; init; }

    /// <summary>Whether nobody has to say who they are.</summary>
    public bool IsOpen => KeyHashes.Count == 0 && Entra is null;

    /// <summary>What browsers' sessions are signed with, where several replicas answer under one address; null lets each process make its own.</summary>
    public Secret? SessionSecret { get; init; }

    /// <summary>Reads the section; what the command line says goes over it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="urls">Addresses from the command line; empty when none was given.</param>
    /// <param name="mistakes">What is wrong, in full sentences.</param>
    /// <returns>Null when something is wrong.</returns>
    public static ServiceSettings? Read(IConfiguration configuration, IReadOnlyList<string> urls, out IReadOnlyList<string> mistakes)
    {
        var found = new List<string>();
        mistakes = found;
        var section = new SettingsSection(configuration.GetSection("Service"), found);
        var named = section.List("Urls");
        var addresses = new List<ListenAddress>();
        foreach (var text in urls.Count > 0 ? urls : named.Count > 0 ? named : [DefaultUrl])
        {
            if (ListenAddress.Read(text, out var mistake) is not { } address) found.Add(mistake!);
            else if (address.IsHttps) found.Add($"`{text}`: the service speaks http; let an ingress or a proxy in front of it do the encryption.");
            else addresses.Add(address);
        }

        var keys = section.Map("ApiKeys");
        foreach (var (name, hash) in keys.Where(key => !ApiKey.IsHash(key.Value)))
            section.Mistake($"ApiKeys:{name}", $"is no hash of a key ({hash.Length} characters). `aksinsights serve-key` makes a key and the hash to put here; the key itself is never kept.");
        var entra = section.Section("Entra") is { } tokens ? EntraSettings.Read(tokens) : null;
        var secret = section.Text("SessionSecret");
        if (secret is { Length: < 32 }) section.Mistake("SessionSecret", $"has {secret.Length} characters; use 32 random ones or more.");
        var manifests = section.Text("Manifests");
        if (manifests is not null && !Directory.Exists(manifests)) section.Mistake("Manifests", $"is `{manifests}`, which is no folder here; name the working folder of the repository with the manifests.");
        var settings = new ServiceSettings
        {
            Addresses = addresses,
            KeyHashes = keys,
            Entra = entra,
            SessionSecret = secret is null ? null : new Secret(secret),
            Retention = section.Section("Retention") is { } retention ? RetentionSettings.Read(retention) : RetentionSettings.Default,
            Concurrency = section.Number("Concurrency", 4, 1, 64),
            Manifests = manifests,
        };
        section.Finish();
        if (found.Count == 0 && settings.IsOpen && addresses.Exists(address => !address.IsLoopback))
            found.Add("Beyond this machine nobody is let in without a key or a token: set `Service:ApiKeys` (`aksinsights serve-key` makes one) or `Service:Entra`, or listen on 127.0.0.1 only.");
        return found.Count == 0 ? settings : null;
    }
}
