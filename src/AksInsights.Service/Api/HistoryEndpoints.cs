using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>What happened, over HTTP: events of all findings, evaluations of all queries.</summary>
internal static class HistoryEndpoints
{
    private static readonly ApiParameter<IReadOnlyCollection<FindingEventKind>> Kinds = ApiParameters.Some<FindingEventKind>("kind", "Events of these kinds.");
    private static readonly ApiParameter<IReadOnlyCollection<EvaluationOutcome>> Outcomes = ApiParameters.Some<EvaluationOutcome>("outcome", "With one of these outcomes.");
    private static readonly ApiParameter[] RunFilters = [Outcomes, ApiParameters.From, ApiParameters.To, ApiParameters.Workspace, ApiParameters.Limit, ApiParameters.After];

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", EventsAsync).WithTags("History")
            .Tells("listEvents", "What happened to findings, newest first", "Times are those of evaluation windows, or of when somebody said something.")
            .Takes(Kinds, ApiParameters.Severity, ApiParameters.From, ApiParameters.To, ApiParameters.Area, ApiParameters.Query, ApiParameters.Cluster, ApiParameters.Namespace, ApiParameters.Workspace, ApiParameters.Limit, ApiParameters.After)
            .AnswersPages<EventAnswer>();
        routes.MapGet("/runs", (SqlFindingStore store, HttpContext context) => RunsAsync(null, store, context)).WithTags("History")
            .Tells("listRuns", "Evaluations of all queries, the one that began last first", "`from` and `to` go by when they began.")
            .Takes([ApiParameters.Query, .. RunFilters]).AnswersPages<RunAnswer>();
        routes.MapGet("/queries/{area}/{name}/evaluations", (string area, string name, SqlFindingStore store, HttpContext context) =>
                QueryId.TryParse($"{area}/{name}", out var id) ? RunsAsync(id, store, context) : Task.FromResult(ApiResults.NotFound($"There is no query `{area}/{name}`.")))
            .WithTags("Queries").Tells("listRunsOfQuery", "Evaluations of a query, the one that began last first").Takes(RunFilters).AnswersPages<RunAnswer>().MayLack();
    }

    private static async Task<IResult> EventsAsync(SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var filter = new EventFilter
        {
            Findings = FindingQueries.Scope(query),
            Kinds = query.Get(Kinds),
            MinSeverity = query.Get(ApiParameters.Severity),
            From = query.Get(ApiParameters.From),
            To = query.Get(ApiParameters.To),
            Limit = query.Get(ApiParameters.Limit) ?? ApiParameters.UsualItems,
            After = EventPlace(query),
        };
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var found = await store.History.EventsAsync(filter, context.RequestAborted).ConfigureAwait(false);
        var next = found.Count == filter.Limit ? string.Create(CultureInfo.InvariantCulture, $"{found[^1].Event.At.UtcTicks}~{found[^1].Sequence}") : null;
        return ApiResults.Page(context, found.Select(happened => new EventAnswer(happened)), next);
    }

    private static async Task<IResult> RunsAsync(QueryId? only, SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var filter = new RunFilter
        {
            Workspace = query.Get(ApiParameters.Workspace),
            Query = only ?? query.Get(ApiParameters.Query),
            Outcomes = query.Get(Outcomes),
            From = query.Get(ApiParameters.From),
            To = query.Get(ApiParameters.To),
            Limit = query.Get(ApiParameters.Limit) ?? ApiParameters.UsualItems,
            After = RunPlace(query),
        };
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var found = await store.History.RunsAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Page(context, found.Select(record => new RunAnswer(record)), found.Count == filter.Limit ? Cursor(found[^1]) : null);
    }

    private static string Cursor(EvaluationRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.RanAt.UtcTicks}~{record.Id.End.UtcTicks}~{record.Id.Query}~{record.Id.Workspace}");

    private static EventCursor? EventPlace(RequestQuery query)
    {
        if (query.Get(ApiParameters.After) is not { } text) return null;
        if (text.Split('~') is [var at, var sequence] && Moment(at) is { } moment && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new EventCursor(moment, number);
        query.WrongPlace();
        return null;
    }

    private static RunCursor? RunPlace(RequestQuery query)
    {
        if (query.Get(ApiParameters.After) is not { } text) return null;
        if (text.Split('~', 4) is [var ran, var end, var id, { Length: > 0 } workspace] && Moment(ran) is { } ranAt && Moment(end) is { } endAt && QueryId.TryParse(id, out var known) && !workspace.Any(char.IsControl) && !string.IsNullOrWhiteSpace(workspace))
            return new RunCursor(ranAt, new EvaluationId(new WorkspaceId(workspace), known, endAt));
        query.WrongPlace();
        return null;
    }

    private static DateTimeOffset? Moment(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(number, TimeSpan.Zero) : null;
}
