using System.Globalization;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Service.Api.Answers;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Recommendations over HTTP.</summary>
internal static class RecommendationEndpoints
{
    private static readonly ApiParameter<string> Policy =
        ApiParameters.Word("policy", "By this policy.", [.. PolicyTable.All.Select(policy => policy.Name)]);

    private static readonly ApiParameter<string> Workload = ApiParameters.Text("workload", "Only this workload.");

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/recommendations", ListAsync).WithTags("Recommendations")
            .Tells("listRecommendations", "Which requests and limits containers should have, the greatest saving first", "From the usage in the store, which is rolled up four times a day.")
            .Takes(Policy, ApiParameters.Cluster, ApiParameters.Namespace, Workload, ApiParameters.Limit, ApiParameters.After).Answers<RecommendationPage>();
        routes.MapGet("/recommendations/{id}", ShowAsync).WithTags("Recommendations")
            .Tells("getRecommendation", "A recommendation with the usage that it was made from").Takes(Policy).Answers<RecommendationDetail>().MayLack();
    }

    private static async Task<IResult> ListAsync(AdviceCache advice, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var (policy, limit) = (PolicyOf(query), query.Get(ApiParameters.Limit) ?? ApiParameters.UsualItems);
        var (cluster, space, workload) = (query.Get(ApiParameters.Cluster), query.Get(ApiParameters.Namespace), query.Get(Workload));
        var after = 0;
        if (query.Get(ApiParameters.After) is { } place && !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out after)) query.WrongPlace();
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var view = await advice.ReadAsync(policy, context.RequestAborted).ConfigureAwait(false);
        var wanted = (view?.Report.Changes ?? []).Select(change => change.Recommendation).Where(said =>
            (cluster is null || said.Container.Cluster == cluster) && (space is null || said.Container.Namespace == space) && (workload is null || said.Container.Workload == workload)).ToList();
        var page = wanted.Skip(after).Take(limit).Select(said => new RecommendationAnswer(said)).ToList();
        var next = wanted.Count > (long)after + limit ? (after + limit).ToString(CultureInfo.InvariantCulture) : null;
        return ApiResults.Object(context, new RecommendationPage(view, page, next));
    }

    private static async Task<IResult> ShowAsync(string id, AdviceCache advice, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var policy = PolicyOf(query);
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var view = await advice.ReadAsync(policy, context.RequestAborted).ConfigureAwait(false);
        return view?.Report.Changes.FirstOrDefault(change => RecommendationAnswer.IdOf(change.Recommendation) == id) is { } found
            ? ApiResults.Object(context, new RecommendationDetail(found))
            : ApiResults.NotFound($"The policy `{policy.Name}` has no recommendation `{id}`; it may have been followed, or its container may be gone.");
    }

    private static IRightsizingPolicy PolicyOf(RequestQuery query) => query.Get(Policy) is { } name ? PolicyTable.Find(name)! : PolicyTable.All[0];
}
