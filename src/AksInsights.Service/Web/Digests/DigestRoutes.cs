using AksInsights.Adapters.Storage;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Web.Digests;

/// <summary>The pages with digests.</summary>
internal static class DigestRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/digests", NowAsync);
        routes.MapGet("/digests/{key}", ShowAsync);
    }

    private static async Task<IResult> NowAsync(WebPages pages, SqlFindingStore store, AlertTools alerts, ServedLibrary library, HttpContext context)
    {
        var model = await DigestsModel.NowAsync(pages.Now, store, alerts, library, context.RequestAborted).ConfigureAwait(false);
        return await pages.ShowAsync<DigestsPage, DigestsModel>(context, "Digest", "digests", model).ConfigureAwait(false);
    }

    private static async Task<IResult> ShowAsync(string key, WebPages pages, SqlFindingStore store, AlertTools alerts, HttpContext context) =>
        await DigestsModel.ReadAsync(key, store, alerts, context.RequestAborted).ConfigureAwait(false) is { } model
            ? await pages.ShowAsync<DigestsPage, DigestsModel>(context, "Digest", "digests", model).ConfigureAwait(false)
            : await pages.NotFoundAsync(context, "There is no such digest. They are cleaned up some time after they were sent.").ConfigureAwait(false);
}
