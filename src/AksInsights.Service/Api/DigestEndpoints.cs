using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Service.Alerts;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Digests over HTTP: those that were made, and the one that would be made now.</summary>
internal static class DigestEndpoints
{
    private const string Markdown = "markdown";

    private static readonly ApiParameter<DateTimeOffset?> Since = ApiParameters.Time("since", "From when; a day before its end when nothing is said.");
    private static readonly ApiParameter<DateTimeOffset?> Until = ApiParameters.Time("until", "Until when; now when nothing is said.");
    private static readonly ApiParameter<string> Cluster = ApiParameters.Text("cluster", "Only this cluster, by name or resource id; stars are allowed.");
    private static readonly ApiParameter<string> Owner = ApiParameters.Text("owner", "Only the namespaces of this owner of the configuration.");
    private static readonly ApiParameter<string> Format = ApiParameters.Word("format", "As JSON, which holds the Markdown too, or as Markdown alone.", "json", Markdown);

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var digests = routes.MapGroup("/digests").WithTags("Digests");
        digests.MapGet("", (SqlFindingStore store, HttpContext context) => MessageEndpoints.PageAsync(OutgoingKind.Digest, record => new DigestAnswer(record), store, context))
            .Tells("listDigests", "The digests that were made, newest first")
            .Takes(MessageEndpoints.State, MessageEndpoints.Channel, ApiParameters.Limit, ApiParameters.After).AnswersPages<DigestAnswer>();
        digests.MapGet("/now", NowAsync).Tells("getDigestNow", "The digest as it would be now").Takes(Since, Until, Cluster, Owner, Format)
            .Answers<DigestNow>().AnswersMarkdown();
        digests.MapGet("/{key}", ShowAsync).Tells("getDigest", "A digest that was made").Takes(Format)
            .Answers<DigestDetail>().AnswersMarkdown().MayLack();
    }

    private static async Task<IResult> ShowAsync(string key, SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var format = query.Get(Format);
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        if (await store.Outbox.FindAsync(key, context.RequestAborted).ConfigureAwait(false) is not { Message.Kind: OutgoingKind.Digest } record) return ApiResults.NotFound($"There is no digest `{key}`.");
        var digest = new DigestDetail(record);
        return format == Markdown ? Text(context, digest.Markdown) : ApiResults.Object(context, digest);
    }

    private static async Task<IResult> NowAsync(AlertTools alerts, SqlFindingStore store, TimeProvider time, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var until = query.Get(Until) ?? time.GetUtcNow();
        var since = query.Get(Since) ?? until - TimeSpan.FromDays(1);
        var scope = new DigestScope(query.Get(Cluster), query.Get(Owner));
        var format = query.Get(Format);
        if (since >= until) query.Wrong("`since` is not before `until`.");
        if (scope.Owner is { } owner && !alerts.Settings.Policy.Owners.Any(known => known.Name == owner)) query.Wrong($"`owner` is `{owner}`, which is no owner of the configuration.");
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var digest = await alerts.Digests(store).BuildAsync(scope, since, until, context.RequestAborted).ConfigureAwait(false);
        var now = new DigestNow(digest, alerts.DigestWriter.Write(digest));
        return format == Markdown ? Text(context, now.Markdown) : ApiResults.Object(context, now);
    }

    private static IResult Text(HttpContext context, string markdown) => ApiResults.Text(context, markdown, "text/markdown; charset=utf-8");
}
