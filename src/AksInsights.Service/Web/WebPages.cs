using System.Text;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AksInsights.Service.Web;

/// <summary>Answers with pages: renders Razor components to HTML, once, on the server. Safe for concurrent use.</summary>
/// <remarks>
/// The renderer of Razor components is used as it is, without the services that come with interactive ones: they would keep keys of their own on disk, and nothing
/// here needs a circuit, a script or a token. Forms are guarded by <see cref="Api.SiteGuard"/>.
/// </remarks>
internal sealed class WebPages(IServiceProvider services, ILoggerFactory logs, ServedLibrary library, ServiceSettings settings, TimeProvider time)
{
    // Nothing inline, nothing from elsewhere, no frame around it; forms come back here.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The moment against which ages are told; see <see cref="PageFrame.Now"/>.</summary>
    public DateTimeOffset Now => IsRecording ? library.Workspaces.Max(watched => watched.Workspace.AsOf!.Value) : time.GetUtcNow();

    /// <summary>Whether somebody can sign in with a key.</summary>
    public bool HasKeys => settings.KeyHashes.Count > 0;

    private bool IsRecording => library.Workspaces.Count > 0 && library.Workspaces.All(watched => watched.Workspace.AsOf is not null);

    /// <summary>A page.</summary>
    /// <typeparam name="TPage">The component.</typeparam>
    /// <typeparam name="T">What it shows.</typeparam>
    public async Task<IResult> ShowAsync<TPage, T>(HttpContext context, string title, string section, T model, int status = StatusCodes.Status200OK)
        where TPage : PageOf<T>
    {
        var frame = Frame(context, title, section);
        var renderer = new HtmlRenderer(services, logs);
        await using (renderer.ConfigureAwait(false))
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
            {
                var content = new Dictionary<string, object?> { [nameof(PageOf<T>.Model)] = model, [nameof(PageOf<T>.Frame)] = frame };
                var parameters = new Dictionary<string, object?> { [nameof(Shell.Frame)] = frame, [nameof(Shell.Page)] = typeof(TPage), [nameof(Shell.Content)] = content };
                var root = await renderer.RenderComponentAsync<Shell>(ParameterView.FromDictionary(parameters)).ConfigureAwait(false);
                var text = new StringBuilder();
                using var writer = new StringWriter(text);
                root.WriteHtmlTo(writer);
                return text.ToString();
            }).ConfigureAwait(false);
            SetHeaders(context.Response.Headers);
            return Results.Text(html, "text/html; charset=utf-8", Encoding.UTF8, status);
        }
    }

    /// <summary>What is said where nothing is.</summary>
    public Task<IResult> NotFoundAsync(HttpContext context, string what) =>
        ShowAsync<MessagePage, MessageModel>(context, "Not found", "", new MessageModel("There is no such page", what, "/", "To the overview"), StatusCodes.Status404NotFound);

    /// <summary>What is said of a request that makes no sense.</summary>
    public Task<IResult> MistakeAsync(HttpContext context, string what, string back) =>
        ShowAsync<MessagePage, MessageModel>(context, "That did not work", "", new MessageModel("That did not work", what, back, "Back"), StatusCodes.Status400BadRequest);

    private PageFrame Frame(HttpContext context, string title, string section) => new()
    {
        Title = title,
        Section = section,
        Address = context.Request.Path + context.Request.QueryString,
        User = context.User.Identity?.Name,
        HasKeys = !settings.IsOpen,
        Name = WebCookies.Name(context.Request),
        Theme = WebCookies.Theme(context.Request),
        Now = Now,
        Clock = time.GetUtcNow(),
        IsRecording = IsRecording,
        Notice = WebCookies.TakeNotice(context),
    };

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // Not `no-referrer`: with it browsers would not say where a form comes from either.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Cookie";
    }
}
