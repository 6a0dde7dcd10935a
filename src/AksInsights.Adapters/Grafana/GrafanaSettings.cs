using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Grafana;

/// <summary>How to talk to a Grafana.</summary>
/// <param name="Address">Its address as people open it, with a slash at the end.</param>
/// <param name="Token">The token of a service account. Never written anywhere.</param>
/// <param name="TokenName">Where the token came from, for messages.</param>
public sealed record GrafanaSettings(Uri Address, Secret Token, string TokenName)
{
    /// <summary>The environment variables that may hold the token; the first that is set counts.</summary>
    public static IReadOnlyList<string> TokenNames { get; } = ["AKSINSIGHTS_GRAFANA_TOKEN", "GRAFANA_TOKEN"];

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before something that failed is tried again, the first time; twice as long each time after.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads what was typed and the environment.</summary>
    /// <param name="address">The address.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static HostAnswer<GrafanaSettings> Read(string address, Func<string, string?> variable)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
            return new HostProblem.Refused("That is no address of a Grafana.", "Write it as people open it, such as https://grafana.example or https://example.com/grafana, without a name, password or query.");
        if (uri.Scheme == "http" && !uri.IsLoopback)
            return new HostProblem.Refused($"{uri.Host} would get the token unencrypted.", "Use https; plain http is for this machine only.");
        if (TokenNames.FirstOrDefault(name => !string.IsNullOrWhiteSpace(variable(name))) is not { } name)
            return new HostProblem.Refused($"There is no token for {uri.Host}.", $"Put one of a service account with the role Editor into the environment variable {string.Join(" or ", TokenNames)}.");
        var token = variable(name)!.Trim();
        if (token.Any(sign => !char.IsAscii(sign) || char.IsControl(sign) || sign == ' '))
            return new HostProblem.Refused($"What is in {name} is no token of Grafana: it has blanks or signs that no token has.", null);
        return new GrafanaSettings(uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/"), new Secret(token), name);
    }

    /// <summary>Everything but the token.</summary>
    public override string ToString() => $"{Address} with the token in {TokenName}";
}
