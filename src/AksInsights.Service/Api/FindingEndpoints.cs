using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Findings over HTTP: lists, counts, and one with its history.</summary>
internal static class FindingEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var findings = routes.MapGroup("").WithTags("Findings");
        findings.MapGet("/findings", ListAsync)
            .Tells("listFindings", "Findings, worst first", "Open and clearing ones unless `condition` says otherwise. Then by query, cluster and id.")
            .Takes([.. FindingQueries.Filters, ApiParameters.Limit, ApiParameters.After]).AnswersPages<FindingAnswer>();
        findings.MapGet("/findings/{id}", ShowAsync).Tells("getFinding", "A finding with its events and messages").Takes().Answers<FindingDetail>().MayLack();
        findings.MapGet("/summary", SummaryAsync).Tells("countFindings", "How many findings match, by severity").Takes(FindingQueries.Filters).Answers<SummaryAnswer>();
    }

    /// <summary>A finding by what stands in the address; null when there is none.</summary>
    public static Task<Finding?> FindAsync(string id, SqlFindingStore store, HttpContext context) =>
        FindingId.IsValid(id) ? store.FindAsync(new FindingId(id), context.RequestAborted) : Task.FromResult<Finding?>(null);

    /// <summary>The word that there is no such finding.</summary>
    public static IResult NoFinding(string id) => ApiResults.NotFound($"There is no finding `{id}`.");

    private static async Task<IResult> ListAsync(SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var filter = FindingQueries.Read(query) with { Limit = query.Get(ApiParameters.Limit) ?? ApiParameters.UsualItems, After = FindingQueries.After(query) };
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var found = await store.ListAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Page(context, found.Select(finding => new FindingAnswer(finding)), found.Count == filter.Limit ? FindingQueries.Cursor(found[^1]) : null);
    }

    private static async Task<IResult> ShowAsync(string id, SqlFindingStore store, HttpContext context)
    {
        if (RequestQuery.Of(context).Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        if (await FindAsync(id, store, context).ConfigureAwait(false) is not { } finding) return NoFinding(id);
        var events = await store.EventsAsync(finding.Id, context.RequestAborted).ConfigureAwait(false);
        var messages = await store.Outbox.AboutAsync(finding.Id, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Object(context, new FindingDetail(finding, events.Select(happened => new FindingEventAnswer(happened)), messages.Select(message => new MessageAnswer(message))));
    }

    private static async Task<IResult> SummaryAsync(SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var filter = FindingQueries.Read(query);
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        return ApiResults.Object(context, new SummaryAnswer(await store.CountAsync(filter, context.RequestAborted).ConfigureAwait(false)));
    }
}
