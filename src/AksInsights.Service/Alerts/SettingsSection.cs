using System.Globalization;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Kql.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Alerts;

/// <summary>A section of the configuration, read key by key; mistakes are collected as full sentences that name key, value and what is allowed.</summary>
internal sealed class SettingsSection
{
    private readonly IConfigurationSection _section;
    private readonly List<string> _mistakes;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="mistakes">Where mistakes are collected.</param>
    public SettingsSection(IConfigurationSection section, List<string> mistakes)
    {
        _section = section;
        _mistakes = mistakes;
    }

    /// <summary>A text; null when it is not given.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        return _section[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary>A text that must be there; empty, and a mistake, when it is not.</summary>
    public string RequiredText(string key)
    {
        if (Text(key) is { } text) return text;
        Mistake(key, "is missing.");
        return "";
    }

    /// <summary>A list of texts: an array, or one value with blanks between; empty when it is not given.</summary>
    public IReadOnlyList<string> List(string key)
    {
        _known.Add(key);
        var section = _section.GetSection(key);
        if (section.Value is { Length: > 0 } text) return text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. section.GetChildren().Select(child => child.Value ?? "").Where(value => value.Length > 0)];
    }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Map(string key)
    {
        _known.Add(key);
        return _section.GetSection(key).GetChildren().ToDictionary(child => child.Key, child => child.Value ?? "", StringComparer.Ordinal);
    }

    /// <summary>The sections of an array, or of a table by name.</summary>
    public IReadOnlyList<(string Name, SettingsSection Section)> Sections(string key)
    {
        _known.Add(key);
        return [.. _section.GetSection(key).GetChildren().Select(child => (child.Key, new SettingsSection(child, _mistakes)))];
    }

    /// <summary>A section within this one; null when it is not given.</summary>
    public SettingsSection? Section(string key)
    {
        _known.Add(key);
        var section = _section.GetSection(key);
        return section.Exists() ? new SettingsSection(section, _mistakes) : null;
    }

    /// <summary>All values of the section by key, lists as one value with blanks between, for what reads them by itself.</summary>
    public IReadOnlyDictionary<string, string> Values() => _section.GetChildren().ToDictionary(
        child => child.Key, child => child.Value ?? string.Join(' ', child.GetChildren().Select(item => item.Value)), StringComparer.OrdinalIgnoreCase);

    /// <summary>A length of time such as <c>30s</c>; null when it is not given or wrong.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Durations.TryParse(text, out var duration) && duration >= TimeSpan.Zero) return duration;
        Mistake(key, $"is `{text}`, where a length of time such as `30s`, `5m` or `4h` is expected.");
        return null;
    }

    /// <summary>A severity; null when it is not given or wrong.</summary>
    public Severity? Severity(string key)
    {
        if (Text(key) is not { } text) return null;
        if (SeverityText.TryParse(text, out var severity)) return severity;
        Mistake(key, $"is `{text}`. Allowed: `info`, `warning`, `error`, `critical`.");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Mistake(key, $"is `{text}`, where a number from {least} to {most} is expected.");
        return otherwise;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (bool.TryParse(text, out var flag)) return flag;
        Mistake(key, $"is `{text}`. Allowed: `true`, `false`.");
        return otherwise;
    }

    /// <summary>A time of the day such as <c>08:00</c>.</summary>
    public TimeOnly TimeOfDay(string key, TimeOnly otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Mistake(key, $"is `{text}`, where a time such as `08:00` is expected.");
        return otherwise;
    }

    /// <summary>A time zone by its IANA name; UTC when it is not given.</summary>
    public TimeZoneInfo Zone(string key)
    {
        if (Text(key) is not { } text) return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        Mistake(key, $"is `{text}`, which is no time zone here. Write it as `Europe/Berlin`.");
        return TimeZoneInfo.Utc;
    }

    /// <summary>Days of the week, by their English names or the first three letters.</summary>
    public IReadOnlyList<DayOfWeek> Days(string key)
    {
        var days = new List<DayOfWeek>();
        foreach (var text in List(key))
        {
            var named = Enum.GetValues<DayOfWeek>().Where(day => text.Length >= 3 && day.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
            if (named.Count == 1) days.Add(named[0]);
            else Mistake(key, $"has `{text}`, which is no day of the week. Write `Mon`, `Tue`...");
        }

        return days;
    }

    /// <summary>An address of http or https; null when it is not given or wrong.</summary>
    public Uri? Address(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
        Mistake(key, $"is `{text}`, where an address of http or https is expected.");
        return null;
    }

    /// <summary>Reports a mistake about a key.</summary>
    public void Mistake(string key, string what) => _mistakes.Add($"`{_section.Path}:{key}` {what}");

    /// <summary>Reports keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var child in _section.GetChildren().Where(child => !_known.Contains(child.Key)))
            Mistake(child.Key, $"is not known here. {NearestNames.Sentence(child.Key, _known) ?? $"There are {string.Join(", ", _known.Order(StringComparer.Ordinal).Select(k => $"`{k}`"))}."}");
    }
}
