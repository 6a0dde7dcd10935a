using System.Globalization;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Web.Recommendations;

/// <summary>The pages with recommendations.</summary>
internal static class RecommendationRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/recommendations", ListAsync);
        routes.MapGet("/recommendations/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(string? policy, AdviceCache advice, WebPages pages, HttpContext context)
    {
        var by = PolicyOf(policy);
        var space = context.Request.Query["namespace"].ToString() is { Length: > 0 } given ? given : null;
        var page = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000 ? number : 1;
        var model = RecommendationsModel.Of(by, await advice.ReadAsync(by, context.RequestAborted).ConfigureAwait(false), space, page);
        return await pages.ShowAsync<RecommendationsPage, RecommendationsModel>(context, "Recommendations", "recommendations", model).ConfigureAwait(false);
    }

    private static async Task<IResult> ShowAsync(string id, string? policy, AdviceCache advice, ServiceSettings settings, WebPages pages, HttpContext context)
    {
        var by = PolicyOf(policy);
        var view = await advice.ReadAsync(by, context.RequestAborted).ConfigureAwait(false);
        if (view?.Report.Changes.FirstOrDefault(change => RecommendationsModel.IdOf(change.Recommendation) == id) is not { } change)
            return await pages.NotFoundAsync(context, "There is no such recommendation any more: it may have been followed, or its container may be gone.").ConfigureAwait(false);
        var preview = settings.Manifests is { } folder ? ManifestPreview.Of(folder, change.Recommendation) : null;
        return await pages.ShowAsync<RecommendationPage, RecommendationModel>(
            context, $"{change.Container.Workload}: {change.Container.Container}", "recommendations", new RecommendationModel(change, view.ReadTo, by, preview)).ConfigureAwait(false);
    }

    private static IRightsizingPolicy PolicyOf(string? name) => PolicyTable.Find(name ?? "") ?? PolicyTable.All[0];
}
