using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Web;

/// <summary>What a browser remembers for the page: how it looks, a name, and once what has just been done. None of it lets anybody in; that is <see cref="WebSession"/>.</summary>
internal static class WebCookies
{
    private const string ThemeCookie = "aksinsights-theme";
    private const string NameCookie = "aksinsights-name";
    private const string NoticeCookie = "aksinsights-notice";

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary><c>light</c>, <c>dark</c>, or empty for what the system prefers.</summary>
    public static string Theme(HttpRequest request) => request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie]! : "";

    /// <summary>Remembers how the page shall look.</summary>
    public static void SetTheme(HttpContext context, string theme) => Set(context, ThemeCookie, theme is "light" or "dark" ? theme : null, Year);

    /// <summary>The name somebody gave when last saying something; null when nobody did.</summary>
    public static string? Name(HttpRequest request) => request.Cookies[NameCookie];

    /// <summary>Remembers a name.</summary>
    public static void SetName(HttpContext context, string name) => Set(context, NameCookie, name, Year);

    /// <summary>Says on the next page what was done.</summary>
    public static void SetNotice(HttpContext context, WebNotice notice) => Set(context, NoticeCookie, notice.ToString(), TimeSpan.FromMinutes(1));

    /// <summary>What was done just before, in a sentence; it is said once.</summary>
    public static string? TakeNotice(HttpContext context)
    {
        // A cookie may come from anywhere: it names one of our sentences, and holds none.
        if (!Enum.TryParse<WebNotice>(context.Request.Cookies[NoticeCookie], out var notice)) return null;
        Set(context, NoticeCookie, null, TimeSpan.Zero);
        return notice switch
        {
            WebNotice.Acknowledged => "Acknowledged. It stays open until the problem is gone.",
            WebNotice.Suppressed => "Suppressed. Nobody is told of it until then.",
            WebNotice.FalsePositive => "Marked as a false positive. Nobody is told of it any more.",
            WebNotice.TakenBack => "Taken back. People are told of it again.",
            WebNotice.SignedOut => "Signed out.",
            _ => null,
        };
    }

    /// <summary>Sets or, with null, deletes a cookie that scripts cannot read and other sites cannot make a browser send.</summary>
    public static void Set(HttpContext context, string name, string? value, TimeSpan lasts)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            // The service speaks http; a proxy in front of it that speaks https says so.
            Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
            MaxAge = lasts,
        };
        if (value is null) context.Response.Cookies.Delete(name, options);
        else context.Response.Cookies.Append(name, value, options);
    }
}

/// <summary>What was done just before a page.</summary>
internal enum WebNotice
{
    /// <summary>A finding was acknowledged.</summary>
    Acknowledged,

    /// <summary>A finding was suppressed.</summary>
    Suppressed,

    /// <summary>A finding was called a false positive.</summary>
    FalsePositive,

    /// <summary>What was said about a finding was taken back.</summary>
    TakenBack,

    /// <summary>Somebody signed out.</summary>
    SignedOut,
}
