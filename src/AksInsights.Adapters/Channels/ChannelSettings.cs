using AksInsights.Core.Secrets;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Adapters.Channels;

/// <summary>What the configuration says about one channel, read key by key; mistakes are collected as full sentences that name key, value and what is allowed.</summary>
/// <remarks>A secret may stand in a file instead, as Kubernetes mounts it: <c>UrlFile</c> for <c>Url</c>. No secret is ever part of a mistake.</remarks>
public sealed class ChannelSettings
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase) { "Kind" };
    private readonly List<string> _mistakes = [];
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Takes the values of a channel, keys in any case.</summary>
    /// <param name="name">The name of the channel.</param>
    /// <param name="values">Its settings; lists as one value with blanks between.</param>
    public ChannelSettings(string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        Name = name;
        _values = new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The name of the channel.</summary>
    public string Name { get; }

    /// <summary>What is wrong; complete once the channel has read its keys.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The keys that were read as secrets.</summary>
    internal IReadOnlyCollection<string> SecretKeys => _secrets;

    /// <summary>A secret that must be there; empty when it is not.</summary>
    public Secret RequiredSecret(string key)
    {
        _secrets.Add(key);
        return new Secret(Required(key));
    }

    /// <summary>A secret that may be there.</summary>
    public Secret? OptionalSecret(string key)
    {
        _secrets.Add(key);
        return Optional(key) is { } text ? new Secret(text) : null;
    }

    /// <summary>An address of http or https that must be there, and lets in whoever knows it.</summary>
    public Uri RequiredSecretUri(string key)
    {
        _secrets.Add(key);
        return RequiredUri(key);
    }

    /// <summary>Addresses of http or https, with blanks between, perhaps with a name and a password; at least one.</summary>
    public IReadOnlyList<Uri> RequiredSecretUris(string key)
    {
        _secrets.Add(key);
        return RequiredUris(key);
    }

    /// <summary>A value that must be there; empty when it is not.</summary>
    public string Required(string key)
    {
        if (Optional(key) is { } value) return value;
        Mistake(key, $"is missing. Give it, or `{Path(key)}File` with the path of a file that holds it.");
        return "";
    }

    /// <summary>A value that may be there, from its key or the file it names.</summary>
    public string? Optional(string key)
    {
        _known.Add(key);
        _known.Add(key + "File");
        if (_values.TryGetValue(key, out var value) && value.Length > 0) return value;
        if (!_values.TryGetValue(key + "File", out var file) || file.Length == 0) return null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Mistake(key + "File", $"names `{file}`, which cannot be read: {error.Message}");
            return null;
        }
    }

    /// <summary>An address of http or https that must be there.</summary>
    public Uri RequiredUri(string key) => ReadUri(key, Required(key));

    /// <summary>Addresses of http or https, with blanks between; at least one.</summary>
    public IReadOnlyList<Uri> RequiredUris(string key) =>
        [.. Required(key).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => ReadUri(key, text))];

    /// <summary>A whole number that may be there.</summary>
    public int Number(string key, int otherwise, int least, int most)
    {
        if (Optional(key) is not { } text) return otherwise;
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Mistake(key, $"is `{text}`, where a whole number from {least} to {most} is expected.");
        return otherwise;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string key, string otherwise, params string[] choices)
    {
        if (Optional(key) is not { } text) return otherwise;
        if (choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        Mistake(key, $"is `{text}`. Allowed: {string.Join(", ", choices.Select(c => $"`{c}`"))}.");
        return otherwise;
    }

    /// <summary>Reports a mistake about a key.</summary>
    public void Mistake(string key, string what) => _mistakes.Add($"`{Path(key)}` {what}");

    /// <summary>Reports keys that the channel does not know.</summary>
    internal void FinishReading()
    {
        foreach (var key in _values.Keys.Where(key => !_known.Contains(key)).Order(StringComparer.Ordinal))
        {
            var known = _known.Where(k => !k.EndsWith("File", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            var nearest = NearestNames.Sentence(key, known);
            Mistake(key, $"is not known here. {nearest ?? $"There are {string.Join(", ", known.Select(k => $"`{k}`"))}."}");
        }
    }

    private string Path(string key) => $"Alerts:Channels:{Name}:{key}";

    private Uri ReadUri(string key, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
        // The value is not shown: webhook addresses are secrets, and a mistyped one is nearly one.
        if (text.Length > 0) Mistake(key, "is no absolute address of http or https.");
        return new Uri("http://localhost/");
    }
}
