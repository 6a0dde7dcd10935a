using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Findings over HTTP: lists, one with its history, and what people say about it.</summary>
internal static class FindingEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/findings", ListAsync);
        routes.MapGet("/findings/{id}", ShowAsync);
        routes.MapGet("/summary", SummaryAsync);
        routes.MapPost("/findings/{id}/acknowledge", (string id, Saying said, SqlFindingStore store, TimeProvider time, HttpContext context) =>
            SayAsync(id, said, (who, now) => new Workflow.Acknowledged(who, now, said.Reason, said.Until), needsReason: false, store, time, context));
        routes.MapPost("/findings/{id}/suppress", (string id, Saying said, SqlFindingStore store, TimeProvider time, HttpContext context) =>
            SayAsync(id, said, (who, now) => new Workflow.Suppressed(who, now, said.Reason!, said.Until ?? now.AddDays(7)), needsReason: true, store, time, context));
        routes.MapPost("/findings/{id}/false-positive", (string id, Saying said, SqlFindingStore store, TimeProvider time, HttpContext context) =>
            SayAsync(id, said, (who, now) => new Workflow.FalsePositive(who, now, said.Reason!), needsReason: true, store, time, context));
        routes.MapPost("/findings/{id}/reset", (string id, Saying said, SqlFindingStore store, TimeProvider time, HttpContext context) =>
            SayAsync(id, said, (_, _) => Workflow.New, needsReason: false, store, time, context));
    }

    private static async Task<IResult> ListAsync(SqlFindingStore store, HttpContext context)
    {
        if (FindingQueries.Read(context.Request.Query, out var mistake) is not { } filter) return ApiResults.BadRequest(mistake!);
        var found = await store.ListAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.List(context, found, FindingJson.Write, found.Count == filter.Limit ? FindingQueries.Cursor(found[^1]) : null);
    }

    private static async Task<IResult> ShowAsync(string id, SqlFindingStore store, HttpContext context)
    {
        if (await FindAsync(id, store, context).ConfigureAwait(false) is not { } finding) return NoFinding(id);
        var events = await store.EventsAsync(finding.Id, context.RequestAborted).ConfigureAwait(false);
        var messages = await store.Outbox.AboutAsync(finding.Id, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Object(context, json =>
        {
            FindingJson.Write(json, finding);
            if (finding.Content.Message is { } message) json.WriteString("message", message);
            FindingJson.WriteEvents(json, events);
            json.WriteStartArray("messages");
            foreach (var told in messages)
            {
                json.WriteStartObject();
                MessageJson.Write(json, told);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async Task<IResult> SummaryAsync(SqlFindingStore store, HttpContext context)
    {
        if (FindingQueries.Read(context.Request.Query, out var mistake) is not { } filter) return ApiResults.BadRequest(mistake!);
        var counts = await store.CountAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Object(context, json =>
        {
            json.WriteNumber("total", counts.Values.Sum());
            foreach (var severity in Enum.GetValues<Severity>()) json.WriteNumber(SeverityText.Format(severity), counts.GetValueOrDefault(severity));
        });
    }

    private static async Task<IResult> SayAsync(
        string id, Saying said, Func<string, DateTimeOffset, Workflow> workflow, bool needsReason, SqlFindingStore store, TimeProvider time, HttpContext context)
    {
        // Whoever has a key of their own speaks under its name.
        var who = context.User.Identity?.Name ?? said.By;
        if (string.IsNullOrWhiteSpace(who)) return ApiResults.BadRequest("`by` is missing: say who says so.");
        if (needsReason && string.IsNullOrWhiteSpace(said.Reason)) return ApiResults.BadRequest("`reason` is missing: say why, for those who come after.");
        var now = time.GetUtcNow();
        if (said.Until <= now) return ApiResults.BadRequest($"`until` is {said.Until:u}, which is over already.");
        if (await FindAsync(id, store, context).ConfigureAwait(false) is not { } finding) return NoFinding(id);
        var step = await store.ChangeAsync(finding.Id, f => WorkflowStep.Apply(f, workflow(who, now), now, who), context.RequestAborted).ConfigureAwait(false);
        return step?.Finding is { } changed ? ApiResults.Object(context, json => FindingJson.Write(json, changed)) : NoFinding(id);
    }

    private static Task<Finding?> FindAsync(string id, SqlFindingStore store, HttpContext context) =>
        FindingId.IsValid(id) ? store.FindAsync(new FindingId(id), context.RequestAborted) : Task.FromResult<Finding?>(null);

    private static IResult NoFinding(string id) => ApiResults.NotFound($"There is no finding `{id}`.");
}

/// <summary>What somebody says about a finding.</summary>
/// <param name="By">Who; not needed with a key.</param>
/// <param name="Reason">Why, or what is being done.</param>
/// <param name="Until">When it ends by itself.</param>
internal sealed record Saying(string? By, string? Reason, DateTimeOffset? Until);
