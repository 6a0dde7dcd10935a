using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Hosting;
using AksInsights.Service.Web.Digests;
using AksInsights.Service.Web.Findings;
using AksInsights.Service.Web.Overview;
using AksInsights.Service.Web.Queries;
using AksInsights.Service.Web.Recommendations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AksInsights.Service.Web;

/// <summary>The web page: what is wrong, why, and what to do, for people. Works without scripts.</summary>
internal static class WebEndpoints
{
    /// <summary>Adds what the pages need.</summary>
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All)).AddSingleton<WebSession>().AddSingleton<WebPages>();

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        // Pages are for people: the document about the API says nothing of them.
        var routes = app.MapGroup("").ExcludeFromDescription();
        WebAssets.Map(routes);
        routes.MapGet("/", OverviewAsync);
        routes.MapGet("/findings", FindingsAsync);
        routes.MapGet("/findings/{id}", FindingAsync);
        routes.MapPost("/findings/{id}/{what}", FindingForms.SayAsync);
        // As a delegate: what is nothing but a context in and a task out would be taken for one that writes its answer itself.
        routes.MapPost(SignInForms.ThemePath, (Delegate)ThemeAsync);
        RecommendationRoutes.Map(routes);
        QueryRoutes.Map(routes);
        DigestRoutes.Map(routes);
        SignInForms.Map(routes);
    }

    private static async Task<IResult> OverviewAsync(WebPages pages, SqlFindingStore store, ServedLibrary library, HttpContext context)
    {
        var model = await OverviewModel.ReadAsync(pages.Now, store, library, context.RequestAborted).ConfigureAwait(false);
        return await pages.ShowAsync<OverviewPage, OverviewModel>(context, "Overview", "overview", model).ConfigureAwait(false);
    }

    private static async Task<IResult> FindingsAsync(WebPages pages, SqlFindingStore store, ServedLibrary library, HttpContext context)
    {
        var query = FindingsQuery.Read(context.Request.Query);
        var model = await FindingsModel.ReadAsync(query, store, library, context.RequestAborted).ConfigureAwait(false);
        return await pages.ShowAsync<FindingsPage, FindingsModel>(context, "Findings", "findings", model).ConfigureAwait(false);
    }

    private static async Task<IResult> FindingAsync(string id, WebPages pages, SqlFindingStore store, ServedLibrary library, HttpContext context)
    {
        if (!FindingId.IsValid(id) || await FindingModel.ReadAsync(new FindingId(id), pages.Now, store, library, context.RequestAborted).ConfigureAwait(false) is not { } model)
            return await pages.NotFoundAsync(context, $"There is no finding {id}. Findings are cleaned up some time after they ended.").ConfigureAwait(false);
        return await pages.ShowAsync<FindingPage, FindingModel>(context, model.Finding.Content.Title, "findings", model).ConfigureAwait(false);
    }

    private static async Task<IResult> ThemeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        WebCookies.SetTheme(context, form["theme"].ToString());
        return Results.Redirect(LocalAddress.Of(form["return"]));
    }
}
