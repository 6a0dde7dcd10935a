using AksInsights.Core.Alerts;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Adapters.Channels;

/// <summary>Makes channels from their settings. A new kind is a class and a line here.</summary>
public sealed class ChannelFactory
{
    private readonly SortedDictionary<string, Func<ChannelSettings, IAlertChannel>> _kinds;

    /// <summary>Makes a factory.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="output">What stands for standard output.</param>
    public ChannelFactory(TimeProvider time, TextWriter output) => _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alertmanager"] = settings => AlertmanagerChannel.Create(settings, time),
        ["email"] = settings => EmailChannel.Create(settings, time),
        ["file"] = settings => FileChannel.Create(settings, output),
        ["pagerduty"] = settings => PagerDutyChannel.Create(settings, time),
        ["slack"] = settings => SlackChannel.Create(settings, time),
        ["teams"] = settings => TeamsChannel.Create(settings, time),
        ["webhook"] = settings => WebhookChannel.Create(settings, time),
    };

    /// <summary>The kinds of channels there are, in order.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds.Keys;

    /// <summary>Makes a channel; null when its kind is not known. What else is wrong is in the settings' mistakes, and then the channel must not be used.</summary>
    /// <param name="settings">Its settings.</param>
    public IAlertChannel? Create(ChannelSettings settings)
    {
        var kind = settings.Required("Kind");
        if (!_kinds.TryGetValue(kind, out var create))
        {
            var nearest = NearestNames.Sentence(kind, _kinds.Keys);
            if (kind.Length > 0) settings.Mistake("Kind", $"is `{kind}`. There are {string.Join(", ", _kinds.Keys.Select(k => $"`{k}`"))}.{(nearest is null ? "" : " " + nearest)}");
            return null;
        }

        var channel = create(settings);
        settings.FinishReading();
        return channel;
    }
}
