using System.Text.RegularExpressions;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>Which forge a repository is on, and which it is there, from the address that git has for it.</summary>
/// <param name="Kind">The forge.</param>
/// <param name="Api">The address of its REST interface, with a slash at the end.</param>
/// <param name="Path">The parts of the repository's name: owner and name; project and name; groups and name.</param>
public sealed partial record ForgeAddress(ForgeKind Kind, Uri Api, IReadOnlyList<string> Path)
{
    /// <summary>Reads an address of git: <c>https://github.com/shop/manifests.git</c>, <c>git@gitlab.com:shop/manifests.git</c>, <c>https://dev.azure.com/org/project/_git/repo</c>.</summary>
    /// <param name="remote">The address.</param>
    /// <param name="kind">The forge, where the host's name does not say; null to go by that.</param>
    /// <param name="api">The address of the REST interface, where it is not the usual one of the host; null when it is.</param>
    public static HostAnswer<ForgeAddress> Read(string remote, ForgeKind? kind, Uri? api)
    {
        if (Split(remote) is not var (scheme, authority, path) || path.Count < 2)
            return new HostProblem.Refused($"`{Safe(remote)}` is no address of a repository on a forge.", "Write it as https://host/owner/name, with --remote.");
        var host = authority.Split(':')[0];
        if ((kind ?? KindOf(host, path)) is not { } known)
            return new HostProblem.Refused($"Which forge is at {host}?", "Say it with --forge github, azure-devops or gitlab.");
        var address = known == ForgeKind.AzureDevOps ? OfAzure(scheme, authority, path, api) : new ForgeAddress(known, api ?? ApiOf(known, scheme, authority), path);
        if (address is null) return new HostProblem.Refused($"`{Safe(remote)}` does not name organisation, project and repository.", "Write it as https://dev.azure.com/organisation/project/_git/repository, with --remote.");
        var isSafe = address.Api.Scheme == Uri.UriSchemeHttps || (address.Api.Scheme == Uri.UriSchemeHttp && address.Api.IsLoopback);
        return isSafe ? address : new HostProblem.Refused($"{address.Api.Host} would get the token without encryption.", "Give an address that begins with https.");
    }

    private static (string Scheme, string Authority, IReadOnlyList<string> Path)? Split(string remote)
    {
        if (Uri.TryCreate(remote, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "ssh")
            return (uri.Scheme == "ssh" ? "https" : uri.Scheme, uri.Scheme == "ssh" ? uri.Host : uri.Authority, Parts(Uri.UnescapeDataString(uri.AbsolutePath)));
        return SecureCopy().Match(remote) is { Success: true } match ? ("https", match.Groups[1].Value, Parts(match.Groups[2].Value)) : null;
    }

    private static IReadOnlyList<string> Parts(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 0 && parts[^1].EndsWith(".git", StringComparison.Ordinal)) parts[^1] = parts[^1][..^4];
        return parts;
    }

    private static ForgeKind? KindOf(string host, IReadOnlyList<string> path) =>
        host == "github.com" || host.StartsWith("github.", StringComparison.Ordinal) ? ForgeKind.GitHub
        : host == "gitlab.com" || host.StartsWith("gitlab.", StringComparison.Ordinal) ? ForgeKind.GitLab
        : host.EndsWith("dev.azure.com", StringComparison.Ordinal) || host.EndsWith(".visualstudio.com", StringComparison.Ordinal) || path.Contains("_git") ? ForgeKind.AzureDevOps
        : null;

    private static Uri ApiOf(ForgeKind kind, string scheme, string authority) => kind switch
    {
        ForgeKind.GitHub when authority == "github.com" => new Uri("https://api.github.com/"),
        ForgeKind.GitHub => new Uri($"{scheme}://{authority}/api/v3/"),
        _ => new Uri($"{scheme}://{authority}/"),
    };

    private static ForgeAddress? OfAzure(string scheme, string authority, IReadOnlyList<string> path, Uri? api)
    {
        // By SSH it is v3/organisation/project/repository; by HTTPS organisation/project/_git/repository, the organisation perhaps in the host's name.
        if (path is ["v3", var org, var project, var name]) return new ForgeAddress(ForgeKind.AzureDevOps, api ?? new Uri($"https://dev.azure.com/{org}/"), [project, name]);
        var at = path.ToList().IndexOf("_git");
        if (at < 1 || at + 1 >= path.Count) return null;
        var before = string.Concat(path.Take(at - 1).Select(p => Uri.EscapeDataString(p) + "/"));
        return new ForgeAddress(ForgeKind.AzureDevOps, api ?? new Uri($"{scheme}://{authority}/{before}"), [path[at - 1], path[at + 1]]);
    }

    // People put tokens into addresses.
    private static string Safe(string remote) => Regex.Replace(remote, "//[^/@]*@", "//", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("^(?:[A-Za-z0-9_.-]+@)?([A-Za-z0-9.-]+):([^/].*)$")]
    private static partial Regex SecureCopy();
}

/// <summary>The forges.</summary>
public enum ForgeKind
{
    /// <summary>GitHub and GitHub Enterprise.</summary>
    GitHub,

    /// <summary>Azure Repos.</summary>
    AzureDevOps,

    /// <summary>GitLab.</summary>
    GitLab,
}
