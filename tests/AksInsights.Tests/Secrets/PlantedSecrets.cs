using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Adapters.Forges;
using AksInsights.Adapters.Grafana;

namespace AksInsights.Tests.Secrets;

/// <summary>A secret for every place where one can be configured, each of its own, and where they were seen that should not have been.</summary>
internal sealed class PlantedSecrets
{
    /// <summary>The members of the program that hold secrets, and the place that reaches each. A new one needs a place here, and to be planted.</summary>
    public static IReadOnlyDictionary<string, string[]> ByMember { get; } = new Dictionary<string, string[]>
    {
        ["EmailChannel+Settings.Password"] = ["email:Password"],
        ["ForgeReply.Token"] = ["variable AKSINSIGHTS_TOKEN"],
        ["ForgeSettings.Token"] = ["variable AKSINSIGHTS_TOKEN"],
        ["GrafanaSettings.Token"] = ["variable AKSINSIGHTS_GRAFANA_TOKEN"],
        ["HttpDelivery._secrets"] = ["alertmanager:Urls", "pagerduty:RoutingKey", "slack:Token", "slack:Url", "teams:Url", "webhook:Secret", "webhook:Url"],
        ["PagerDutyChannel._routingKey"] = ["pagerduty:RoutingKey"],
        ["ServeSettings.Token"] = ["workspace serve --token-file"],
        ["ServiceSettings.SessionSecret"] = ["Service:SessionSecret"],
        ["SlackChannel._token"] = ["slack:Token"],
    };

    /// <summary>Where secrets stand that the program only passes on, or of which it keeps something else.</summary>
    private static readonly string[] Others =
    [
        "store password", "key of the API", "remote of a repository", "variable AZURE_CLIENT_SECRET", "variable AZURE_PASSWORD", "variable HTTPS_PROXY", "variable OTEL_EXPORTER_OTLP_HEADERS", "variable PGPASSWORD",
    ];

    private readonly ConcurrentDictionary<string, string> _planted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _leaks = new();

    /// <summary>All places there are.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        .. ByMember.Values.SelectMany(places => places).Concat(Others)
            .Concat(Enum.GetValues<ForgeKind>().SelectMany(ForgeFactory.TokenNames).Concat(GrafanaSettings.TokenNames).Select(name => $"variable {name}")).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The environment variables among them.</summary>
    public static IEnumerable<string> Variables => Places.Where(place => place.StartsWith("variable ", StringComparison.Ordinal)).Select(place => place["variable ".Length..]);

    /// <summary>The places that nothing was planted at.</summary>
    public IEnumerable<string> Unplanted => Places.Where(place => !_planted.ContainsKey(place));

    /// <summary>What was seen where it should not have been.</summary>
    public IReadOnlyCollection<string> Leaks => [.. _leaks.Distinct()];

    /// <summary>Plants the secret of a place. It has signs that look different in addresses, JSON and HTML.</summary>
    public string Plant(string place)
    {
        Assert.Contains(place, Places);
        return _planted.GetOrAdd(place, of => $"PLANT{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)))[..20]}+x$Z'q");
    }

    /// <summary>Plants one that is a signing secret of a webhook.</summary>
    public string PlantKey(string place) => "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Plant(place)));

    /// <summary>Looks for all of them, in every form that a secret takes on its way through addresses, headers and dumps.</summary>
    /// <param name="where">What the text is.</param>
    /// <param name="text">The text.</param>
    public void Search(string where, string text)
    {
        foreach (var (place, secret) in _planted)
        {
            foreach (var (form, found) in Forms(secret).Select(form => (form, text.IndexOf(form, StringComparison.OrdinalIgnoreCase))).Where(seen => seen.Item2 >= 0))
                _leaks.Enqueue($"{where}: the secret of `{place}`, in ...{text[Math.Max(0, found - 80)..Math.Min(text.Length, found + form.Length + 20)].ReplaceLineEndings(" ")}...");
        }
    }

    private static IEnumerable<string> Forms(string secret)
    {
        // What a text is cut off after is a secret still when half of it is there.
        yield return secret[..20];
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Convert.ToHexString(bytes);
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.HtmlEncode(secret);
        yield return Convert.ToBase64String(bytes)[..24];
        yield return Convert.ToBase64String([0, .. bytes])[2..24];
        yield return Convert.ToBase64String([0, 0, .. bytes])[3..24];
    }
}
