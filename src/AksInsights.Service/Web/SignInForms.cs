using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Web;

/// <summary>Signing in with a key and out again.</summary>
internal static class SignInForms
{
    /// <summary>Where the form is sent to.</summary>
    public const string Path = "/sign-in";

    /// <summary>Where the choice of colours is sent to.</summary>
    public const string ThemePath = "/theme";

    /// <summary>Whether everybody gets an answer: what the form itself needs, none of which tells anything of clusters.</summary>
    public static bool IsOpen(HttpRequest request) =>
        request.Path == Path || request.Path == ThemePath || request.Path.StartsWithSegments(WebAssets.Root, StringComparison.Ordinal);

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (WebPages pages, HttpContext context) => ShowAsync(pages, context, "/", false, StatusCodes.Status200OK));
        routes.MapPost(Path, InAsync);
        routes.MapPost("/sign-out", (HttpContext context) =>
        {
            WebSession.End(context);
            WebCookies.SetNotice(context, WebNotice.SignedOut);
            return Results.Redirect(Path);
        });
    }

    /// <summary>The form instead of a page for which one must sign in; it leads on to that page.</summary>
    public static async Task AskAsync(WebPages pages, HttpContext context)
    {
        // A link in a mail or a chat comes from elsewhere, so the browser leaves the session out. Asked once more by our own page, it sends it.
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && HttpMethods.IsGet(context.Request.Method)) context.Response.Headers.Append("Refresh", "0");
        var result = await ShowAsync(pages, context, context.Request.Path + context.Request.QueryString, false, StatusCodes.Status401Unauthorized).ConfigureAwait(false);
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private static async Task<IResult> InAsync(WebPages pages, WebSession session, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var back = LocalAddress.Of(form["return"]);
        return session.TryBegin(context, form["key"].ToString().Trim())
            ? Results.Redirect(back)
            : await ShowAsync(pages, context, back, true, StatusCodes.Status401Unauthorized).ConfigureAwait(false);
    }

    private static Task<IResult> ShowAsync(WebPages pages, HttpContext context, string back, bool refused, int status) =>
        pages.ShowAsync<SignInPage, SignInModel>(context, "Sign in", "", new SignInModel(back, refused, pages.HasKeys), status);
}
