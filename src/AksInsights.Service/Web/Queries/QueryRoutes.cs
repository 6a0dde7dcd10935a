using AksInsights.Adapters.Storage;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Web.Queries;

/// <summary>The pages about the query library.</summary>
internal static class QueryRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/queries", ListAsync);
        routes.MapGet("/queries/{area}/{name}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(string? area, string? health, WebPages pages, SqlFindingStore store, ServedLibrary library, HttpContext context)
    {
        var model = await QueriesModel.ReadAsync(string.IsNullOrEmpty(area) ? null : area, health == "trouble", store, library, context.RequestAborted).ConfigureAwait(false);
        return await pages.ShowAsync<QueriesPage, QueriesModel>(context, "Queries", "queries", model).ConfigureAwait(false);
    }

    private static async Task<IResult> ShowAsync(string area, string name, WebPages pages, SqlFindingStore store, ServedLibrary library, HttpContext context) =>
        await QueryModel.ReadAsync($"{area}/{name}", store, library, context.RequestAborted).ConfigureAwait(false) is { } model
            ? await pages.ShowAsync<QueryPage, QueryModel>(context, model.Query.Metadata.Name, "queries", model).ConfigureAwait(false)
            : await pages.NotFoundAsync(context, $"There is no query {area}/{name} in the library.").ConfigureAwait(false);
}
