using System.Security.Claims;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AksInsights.Service.Api;

/// <summary>Lets in who has a key; where none are set, who asks from this machine by its own name.</summary>
internal sealed class KeyGuard(IReadOnlyDictionary<string, string> hashes)
{
    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Passes a request on, or answers it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)) return next(context);
        if (hashes.Count == 0)
        {
            // A page of some other site, read by a browser on this machine, must not reach the API under a name of its own.
            return LoopbackHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
                ? next(context)
                : Refuse(context, StatusCodes.Status403Forbidden, $"`{context.Request.GetEncodedUrl()}`: without keys the service answers to localhost only.");
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && ApiKey.OwnerOf(header[7..].Trim(), hashes) is { } owner)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, owner)], "key"));
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refuse(context, StatusCodes.Status401Unauthorized, "A key is needed: Authorization: Bearer KEY.");
    }

    private static Task Refuse(HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status, title: "Not let in.").ExecuteAsync(context);
}
