using AksInsights.Adapters.Storage;
using AksInsights.Service.Alerts;

namespace AksInsights.Service.Hosting;

/// <summary>How long the service keeps what is over; see <see cref="RetentionPolicy"/>.</summary>
/// <param name="Policy">Findings with events, evaluations, messages.</param>
/// <param name="Usage">What containers used.</param>
internal sealed record RetentionSettings(RetentionPolicy Policy, TimeSpan Usage)
{
    /// <summary>What holds unless somebody says otherwise.</summary>
    public static RetentionSettings Default { get; } = new(RetentionPolicy.Default, TimeSpan.FromDays(90));

    /// <summary>Reads the section <c>Service:Retention</c>; mistakes are collected.</summary>
    public static RetentionSettings Read(SettingsSection section)
    {
        var policy = new RetentionPolicy(
            Time(section, "Findings", Default.Policy.Findings), Time(section, "Evaluations", Default.Policy.Evaluations), Time(section, "Messages", Default.Policy.Messages));
        var settings = new RetentionSettings(policy, Time(section, "Usage", Default.Usage));
        section.Finish();
        return settings;
    }

    private static TimeSpan Time(SettingsSection section, string key, TimeSpan otherwise)
    {
        if (section.Duration(key) is not { } time) return otherwise;
        if (time < RetentionPolicy.Shortest) section.Mistake(key, $"is `{section.Text(key)}`; nothing is deleted before it is {RetentionPolicy.Shortest.TotalDays:0} days old.");
        return time;
    }
}
