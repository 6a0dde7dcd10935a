using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>What people say about findings, over HTTP.</summary>
internal static class SayingEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "acknowledge", "Somebody knows of it", needsReason: false, (said, who, now) => new Workflow.Acknowledged(who, now, said.Reason, said.Until));
        Map(routes, "suppress", "Nobody is told of it for a while: 7 days unless `until` says otherwise", needsReason: true, (said, who, now) => new Workflow.Suppressed(who, now, said.Reason!, said.Until ?? now + Workflow.Suppressed.UsualLength));
        Map(routes, "false-positive", "The query is wrong about it", needsReason: true, (said, who, now) => new Workflow.FalsePositive(who, now, said.Reason!));
        Map(routes, "reset", "What was said holds no more", needsReason: false, (_, _, _) => Workflow.New);
    }

    private static void Map(IEndpointRouteBuilder routes, string verb, string summary, bool needsReason, Func<Saying, string, DateTimeOffset, Workflow> workflow)
    {
        var name = string.Concat(verb.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])) + "Finding";
        routes.MapPost($"/findings/{{id}}/{verb}", (string id, SqlFindingStore store, TimeProvider time, HttpContext context) => SayAsync(id, needsReason, workflow, store, time, context))
            .WithTags("Findings").Tells(name, summary, needsReason ? "The reason is kept with it, for those who come after." : null)
            .Takes().Accepts<Saying>("application/json").Produces<FindingAnswer>().ProducesProblem(StatusCodes.Status415UnsupportedMediaType).MayLack();
    }

    private static async Task<IResult> SayAsync(string id, bool needsReason, Func<Saying, string, DateTimeOffset, Workflow> workflow, SqlFindingStore store, TimeProvider time, HttpContext context)
    {
        if (RequestQuery.Of(context).Mistake is { } wrong) return ApiResults.BadRequest(wrong);
        var (said, mistake) = await ReadAsync(context).ConfigureAwait(false);
        if (said is null) return ApiResults.BadRequest(mistake!);
        // Whoever has a key of their own speaks under its name.
        var who = context.User.Identity?.Name ?? said.By;
        if (string.IsNullOrWhiteSpace(who)) return ApiResults.BadRequest("`by` is missing: say who says so.");
        if (needsReason && string.IsNullOrWhiteSpace(said.Reason)) return ApiResults.BadRequest("`reason` is missing: say why, for those who come after.");
        var now = time.GetUtcNow();
        if (said.Until <= now) return ApiResults.BadRequest($"`until` is {said.Until:u}, which is over already.");
        if (await FindingEndpoints.FindAsync(id, store, context).ConfigureAwait(false) is not { } finding) return FindingEndpoints.NoFinding(id);
        var step = await store.ChangeAsync(finding.Id, f => WorkflowStep.Apply(f, workflow(said, who, now), now, who), context.RequestAborted).ConfigureAwait(false);
        return step?.Finding is { } changed ? ApiResults.Object(context, new FindingAnswer(changed)) : FindingEndpoints.NoFinding(id);
    }

    private static async Task<(Saying? Said, string? Mistake)> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) return (null, "The body is no JSON by its content type: send `Content-Type: application/json`.");
        try
        {
            var said = await context.Request.ReadFromJsonAsync<Saying>(ApiJson.Options, context.RequestAborted).ConfigureAwait(false);
            return (said, "The body is `null` where an object is expected.");
        }
        catch (JsonException error)
        {
            return (null, $"The body cannot be read at `{error.Path ?? "$"}`, line {error.LineNumber + 1}: it is an object with the texts `by` and `reason` and the time `until`.");
        }
    }
}

/// <summary>What somebody says about a finding.</summary>
/// <param name="By">Who; not needed with a key, whose owner it is then.</param>
/// <param name="Reason">Why, or what is being done.</param>
/// <param name="Until">When it ends by itself.</param>
internal sealed record Saying(string? By, string? Reason, DateTimeOffset? Until);
