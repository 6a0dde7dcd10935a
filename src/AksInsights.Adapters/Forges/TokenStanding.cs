using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>Whom a token stands for, and what it lacks.</summary>
/// <param name="Who">Whom, as the other side names them.</param>
/// <param name="Missing">Which right it lacks, in a full sentence; null when nothing that can be seen is missing.</param>
/// <param name="Help">What to grant; null when nothing is missing.</param>
public sealed record TokenStanding(string Who, string? Missing = null, string? Help = null);

/// <summary>Somewhere that can be asked whom our token stands for. Asking changes nothing.</summary>
public interface ITokenHost
{
    /// <summary>Asks.</summary>
    Task<HostAnswer<TokenStanding>> StandingAsync(CancellationToken cancellation);
}

/// <summary>How each forge is asked.</summary>
internal static class TokenStandings
{
    // GitLab's number for somebody who may push branches.
    private const int Developer = 30;

    /// <summary>GitHub: the person, and what the repository says they may do.</summary>
    public static async Task<HostAnswer<TokenStanding>> OfGitHubAsync(ForgeHttp http, string repository, string name, CancellationToken cancellation)
    {
        var found = await http.GetAsync(repository, cancellation).ConfigureAwait(false);
        if (found.Problem is { } problem) return Seen(problem, name);
        var user = await http.GetAsync("user", cancellation).ConfigureAwait(false);
        // An app is no person, and is refused here.
        if (user.Problem is not (null or HostProblem.Refused)) return user.Problem;
        var who = user.Value is { } person ? person.Root.Text("login") : "an app";
        return found.Value!.Root.Member("permissions").Member("push").ValueKind == System.Text.Json.JsonValueKind.False
            ? new TokenStanding(who, $"It may read {name} but not write.", "Give it the right to write: Contents and Pull requests for a fine-grained token or an app, the scope `repo` for a classic one, and its owner the role Write.")
            : new TokenStanding(who);
    }

    /// <summary>GitLab: the person, their role in the project, and the token's scopes.</summary>
    public static async Task<HostAnswer<TokenStanding>> OfGitLabAsync(ForgeHttp http, string project, string name, CancellationToken cancellation)
    {
        var found = await http.GetAsync(project, cancellation).ConfigureAwait(false);
        if (found.Problem is { } problem) return Seen(problem, name);
        var user = await http.GetAsync("api/v4/user", cancellation).ConfigureAwait(false);
        if (user.Problem is { } unknown) return unknown;
        var self = await http.GetAsync("api/v4/personal_access_tokens/self", cancellation).ConfigureAwait(false);
        var who = user.Value!.Root.Text("username");
        if (self.Value is { } token && token.Root.Items("scopes").ToList() is { Count: > 0 } scopes && !scopes.Exists(scope => scope.GetString() == "api"))
            return new TokenStanding(who, $"It has the scopes {string.Join(", ", scopes)}, which do not let it open merge requests.", "Make one with the scope `api`.");
        var permissions = found.Value!.Root.Member("permissions");
        var role = Math.Max(permissions.Member("project_access").Number("access_level"), permissions.Member("group_access").Number("access_level"));
        return role is > 0 and < Developer
            ? new TokenStanding(who, $"{who} may read {name} but not push branches.", "Give them the role Developer in the project.")
            : new TokenStanding(who);
    }

    /// <summary>Azure DevOps: the person; what they may do in the repository it does not tell.</summary>
    public static async Task<HostAnswer<TokenStanding>> OfAzureDevOpsAsync(ForgeHttp http, string repository, string name, CancellationToken cancellation)
    {
        var found = await http.GetAsync(repository, cancellation).ConfigureAwait(false);
        if (found.Problem is { } problem) return Seen(problem, name);
        var user = await http.GetAsync("_apis/connectionData", cancellation).ConfigureAwait(false);
        return user.Problem is { } unknown ? unknown : new TokenStanding(user.Value!.Root.Member("authenticatedUser").Text("providerDisplayName"));
    }

    private static HostProblem Seen(HostProblem problem, string name) => problem is HostProblem.Missing
        ? new HostProblem.Refused($"There is no {name} that the token may see.", "Check --remote, and give the token the right to read it; docs/changes.md lists the rights.")
        : problem;
}
