using System.Security.Claims;
using AksInsights.Service.Hosting;
using AksInsights.Service.Web;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>
/// Lets in who has a key or a token of Entra ID that allows what is asked, or signed in with a key; where neither is set up, who asks from this machine by its own name.
/// </summary>
internal sealed class KeyGuard(ServiceSettings settings, WebSession session, WebPages pages)
{
    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Passes a request on, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) || await IsLetInAsync(context).ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    }

    /// <summary>Whether a browser asks for a page, rather than a program for data.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> IsLetInAsync(HttpContext context)
    {
        if (settings.IsOpen)
        {
            // A page of some other site, read by a browser on this machine, must not reach the API under a name of its own.
            if (LoopbackHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)) return true;
            return await RefuseAsync(context, StatusCodes.Status403Forbidden, "Without keys the service answers to localhost only.").ConfigureAwait(false);
        }

        if (session.OwnerOf(context.Request) is { } signedIn)
        {
            context.User = Permission.Caller(signedIn, "session", Permission.Change);
            return true;
        }

        if (SignInForms.IsOpen(context.Request)) return true;
        if (await CallerAsync(context).ConfigureAwait(false) is not { } caller) return false;
        context.User = caller;
        var needed = Permission.Of(context.Request.Method);
        if (Permission.IsGiven(caller, needed)) return true;
        return await RefuseAsync(context, StatusCodes.Status403Forbidden, $"{caller.Identity!.Name} may not do that: the token has neither the role nor the scope `{needed}`.").ConfigureAwait(false);
    }

    private async Task<ClaimsPrincipal?> CallerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && ApiKey.OwnerOf(header[7..].Trim(), settings.KeyHashes) is { } owner)
            return Permission.Caller(owner, "key", Permission.Change);
        if (header.Length == 0 && IsForPeople(context.Request))
        {
            await SignInForms.AskAsync(pages, context).ConfigureAwait(false);
            return null;
        }

        var (status, reason) = (StatusCodes.Status401Unauthorized, "A key is needed: Authorization: Bearer KEY.");
        if (settings.Entra is not null)
        {
            var answer = await EntraTokens.ReadAsync(context).ConfigureAwait(false);
            if (answer is EntraAnswer.Known known) return known.Caller;
            (status, reason) = answer is EntraAnswer.Unreachable away ? (StatusCodes.Status503ServiceUnavailable, away.Reason) : (status, ((EntraAnswer.Refused)answer).Reason);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await RefuseAsync(context, status, reason).ConfigureAwait(false);
        return null;
    }

    private static async Task<bool> RefuseAsync(HttpContext context, int status, string detail)
    {
        await Results.Problem(detail, statusCode: status, title: "Not let in.").ExecuteAsync(context).ConfigureAwait(false);
        return false;
    }
}
