using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>Refuses changes that a browser sends for a page of another site: that page must not act in the name of whoever looks at it.</summary>
/// <remarks>Browsers say where a request comes from (Sec-Fetch-Site, or Origin in older ones); programs say nothing, and are not deceived by pages.</remarks>
internal static class SiteGuard
{
    /// <summary>Passes a request on, or answers it.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) => Permission.Of(context.Request.Method) == Permission.Read || IsOwn(context.Request)
        ? next(context)
        : Results.Problem("The request was sent by a page of another site; only the service's own pages, and programs, may change something.", statusCode: StatusCodes.Status403Forbidden, title: "Not let in.")
            .ExecuteAsync(context);

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin) return true;
        // A proxy may speak https in front of the service, so the scheme says nothing; host and port do.
        return Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
