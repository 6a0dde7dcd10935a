using AksInsights.Adapters.Channels;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Alerts;

/// <summary>What the configuration says about alerts and digests, with the channels ready for use.</summary>
internal sealed class AlertSettings : IAsyncDisposable
{
    private AlertSettings(IReadOnlyList<IAlertChannel> channels, AlertPolicy policy, IReadOnlyList<Inhibition> inhibitions, IReadOnlyList<DigestPlan> digests, AlertTemplates templates, Uri? site)
    {
        Channels = channels;
        Policy = policy;
        Inhibitions = inhibitions;
        Digests = digests;
        Templates = templates;
        Site = site;
    }

    /// <summary>The channels; owned.</summary>
    public IReadOnlyList<IAlertChannel> Channels { get; }

    /// <summary>Who is told what.</summary>
    public AlertPolicy Policy { get; }

    /// <summary>What explains what.</summary>
    public IReadOnlyList<Inhibition> Inhibitions { get; }

    /// <summary>Which digests are sent when.</summary>
    public IReadOnlyList<DigestPlan> Digests { get; }

    /// <summary>The texts.</summary>
    public AlertTemplates Templates { get; }

    /// <summary>Where people find the web page.</summary>
    public Uri? Site { get; }

    /// <summary>What there is without a configuration: no channel, no route, the shipped texts.</summary>
    public static AlertSettings None() => new([], new AlertPolicy([], []), Inhibition.Defaults, [], AlertTemplates.Shipped, null);

    /// <summary>All news to one channel that the caller provides.</summary>
    public static AlertSettings Everything(string channel) =>
        new([], new AlertPolicy([new AlertRoute { Name = "everything", Channels = [channel] }], []), Inhibition.Defaults, [], AlertTemplates.Shipped, null);

    /// <summary>Reads the section <c>Alerts</c>.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="time">The clock.</param>
    /// <param name="output">What stands for standard output, for channels that write there.</param>
    /// <param name="mistakes">What is wrong, in full sentences.</param>
    /// <returns>Null when something is wrong.</returns>
    public static AlertSettings? Read(IConfiguration configuration, TimeProvider time, TextWriter output, out IReadOnlyList<string> mistakes)
    {
        var found = new List<string>();
        mistakes = found;
        var section = new SettingsSection(configuration.GetSection("Alerts"), found);
        var channels = ReadChannels(section, new ChannelFactory(time, output), found);
        var names = channels.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var owners = section.Sections("Owners").Select(s => ReadOwner(s.Section, names)).ToList();
        var routes = section.Sections("Routes").Select(s => ReadRoute(s.Section, names)).ToList();
        var inhibitions = section.Sections("Inhibitions").Select(s => ReadInhibition(s.Section)).ToList();
        var digests = section.Sections("Digests").Select(s => ReadDigest(s.Section, names)).ToList();
        var site = section.Address("Site");
        var templates = ReadTemplates(section, found);
        section.Finish();
        if (found.Count > 0) return null;
        return new AlertSettings(channels, new AlertPolicy(routes, owners), inhibitions.Count > 0 ? inhibitions : Inhibition.Defaults, digests, templates, site);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var channel in Channels) await channel.DisposeAsync().ConfigureAwait(false);
    }

    private static List<IAlertChannel> ReadChannels(SettingsSection section, ChannelFactory factory, List<string> mistakes)
    {
        var channels = new List<IAlertChannel>();
        foreach (var (name, values) in section.Sections("Channels"))
        {
            var settings = new ChannelSettings(name, values.Values());
            if (factory.Create(settings) is { } channel) channels.Add(channel);
            mistakes.AddRange(settings.Mistakes);
        }

        return channels;
    }

    private static AlertRoute ReadRoute(SettingsSection section, HashSet<string> channels)
    {
        var defaults = new AlertRoute { Name = "", Channels = [] };
        var route = new AlertRoute
        {
            Name = section.RequiredText("Name"),
            Channels = Known(section, "Channels", channels, required: true),
            Match = new RouteMatch
            {
                Queries = section.List("Queries"),
                Areas = section.List("Areas"),
                MinSeverity = section.Severity("MinSeverity") ?? Core.Findings.Severity.Info,
                Clusters = section.List("Clusters"),
                Namespaces = section.List("Namespaces"),
                Labels = section.Map("Labels"),
            },
            GroupBy = section.List("GroupBy") is { Count: > 0 } columns ? columns : defaults.GroupBy,
            Wait = section.Duration("Wait") ?? defaults.Wait,
            Repeat = section.Duration("Repeat"),
            Continue = section.Flag("Continue", otherwise: false),
            MuteTimes = [.. section.Sections("MuteTimes").Select(s => ReadMuteTime(s.Section))],
        };
        if (route.Repeat < TimeSpan.FromMinutes(5)) section.Mistake("Repeat", "is shorter than 5 minutes; nobody reads that. Leave it out to tell once.");
        section.Finish();
        return route;
    }

    private static MuteTime ReadMuteTime(SettingsSection section)
    {
        var mute = new MuteTime(section.Days("Days"), section.TimeOfDay("From", TimeOnly.MinValue), section.TimeOfDay("To", TimeOnly.MinValue), section.Zone("Zone"));
        section.Finish();
        return mute;
    }

    private static NamespaceOwner ReadOwner(SettingsSection section, HashSet<string> channels)
    {
        var owner = new NamespaceOwner
        {
            Name = section.RequiredText("Name"),
            Namespaces = section.List("Namespaces"),
            Clusters = section.List("Clusters"),
            Channels = Known(section, "Channels", channels, required: false),
            MaxSeverity = section.Severity("MaxSeverity"),
        };
        if (owner.Namespaces.Count == 0) section.Mistake("Namespaces", "is missing; name at least one, or `*`.");
        section.Finish();
        return owner;
    }

    private static Inhibition ReadInhibition(SettingsSection section)
    {
        var rule = new Inhibition(section.RequiredText("Source"), section.List("Targets"));
        section.Finish();
        return rule;
    }

    private static DigestPlan ReadDigest(SettingsSection section, HashSet<string> channels)
    {
        var plan = new DigestPlan
        {
            Name = section.RequiredText("Name"),
            Channels = Known(section, "Channels", channels, required: true),
            At = section.TimeOfDay("At", new TimeOnly(8, 0)),
            Days = section.Days("Days"),
            Zone = section.Zone("Zone"),
            Scope = new DigestScope(section.Text("Cluster"), section.Text("Owner")),
            WhenNothingChanged = section.Flag("WhenNothingChanged", otherwise: true),
        };
        section.Finish();
        return plan;
    }

    private static IReadOnlyList<string> Known(SettingsSection section, string key, HashSet<string> channels, bool required)
    {
        var named = section.List(key);
        if (required && named.Count == 0) section.Mistake(key, "is missing; name at least one of `Alerts:Channels`.");
        foreach (var name in named.Where(name => !channels.Contains(name)))
            section.Mistake(key, $"names `{name}`, which is no channel. {Kql.Diagnostics.NearestNames.Sentence(name, channels) ?? $"There are {string.Join(", ", channels.Order(StringComparer.Ordinal).Select(c => $"`{c}`"))}."}");
        return named;
    }

    private static AlertTemplates ReadTemplates(SettingsSection section, List<string> mistakes)
    {
        if (section.Text("Templates") is not { } folder) return AlertTemplates.Shipped;
        try
        {
            var templates = AlertTemplates.ReadFolder(folder, out var wrong);
            mistakes.AddRange(wrong);
            return templates;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            section.Mistake("Templates", $"is `{folder}`, which cannot be read: {error.Message}");
            return AlertTemplates.Shipped;
        }
    }
}
