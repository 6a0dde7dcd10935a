using System.Security.Claims;

namespace AksInsights.Service.Api;

/// <summary>What a caller may do, by the names of the app roles and scopes of Entra ID.</summary>
internal static class Permission
{
    /// <summary>Read findings and all else that the API tells.</summary>
    public const string Read = "Findings.Read";

    /// <summary>Say something about findings; whoever may do so may also read.</summary>
    public const string Change = "Findings.Change";

    private const string ClaimType = "permission";

    /// <summary>What a request needs.</summary>
    public static string Of(string method) => method is "GET" or "HEAD" ? Read : Change;

    /// <summary>A caller with a name, and what it may do.</summary>
    public static ClaimsPrincipal Caller(string name, string kind, params IEnumerable<string> permissions) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. permissions.Select(permission => new Claim(ClaimType, permission))], kind));

    /// <summary>Whether a caller may do it.</summary>
    public static bool IsGiven(ClaimsPrincipal caller, string permission) => caller.HasClaim(ClaimType, permission) || caller.HasClaim(ClaimType, Change);
}
