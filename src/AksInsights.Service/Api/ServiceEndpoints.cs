using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Api.Answers;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>What the service watches and does, over HTTP: workspaces and their data, and queries.</summary>
internal static class ServiceEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces", Workspaces).WithTags("Workspaces").Tells("listWorkspaces", "The workspaces that are watched").Takes().AnswersPages<WorkspaceAnswer>();
        routes.MapGet("/data-health", DataHealth).WithTags("Workspaces")
            .Tells("listTables", "How fresh the tables are, by workspace and cluster", "What evaluations found of late in this process; asking measures nothing anew. What follows from it are findings of the area `data-health`.")
            .Takes(ApiParameters.Workspace, ApiParameters.Cluster).AnswersPages<TableAnswer>();
        routes.MapGet("/queries", QueriesAsync).WithTags("Queries").Tells("listQueries", "The queries, with how their evaluations go").Takes(ApiParameters.Area).AnswersPages<QueryAnswer>();
        routes.MapGet("/queries/{area}/{name}", QueryAsync).WithTags("Queries").Tells("getQuery", "A query with its texts").Takes().Answers<QueryDetail>().MayLack();
    }

    private static IResult Workspaces(ServedLibrary library, HttpContext context)
    {
        if (RequestQuery.Of(context).Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        return ApiResults.List(context, library.Workspaces.Select(watched => new WorkspaceAnswer(watched.Id.Value, watched.Plans.Count, watched.Workspace.AsOf)));
    }

    private static IResult DataHealth(ServedLibrary library, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var (workspace, cluster) = (query.Get(ApiParameters.Workspace), query.Get(ApiParameters.Cluster));
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var watched = library.Workspaces.Where(one => workspace is null || one.Id == workspace);
        var tables = watched.SelectMany(one => TableStanding.Of(one.Freshness.Known(), [.. one.Plans.Values]).Select(table => new TableAnswer(one.Id, table)));
        return ApiResults.List(context, tables.Where(table => cluster is null || table.Cluster is null || table.Cluster == cluster));
    }

    private static async Task<IResult> QueriesAsync(ServedLibrary library, SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var area = query.Get(ApiParameters.Area);
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var wanted = library.Queries.Where(one => area is null || one.Id.Area == area).ToList();
        var latest = await LatestAsync(library, wanted, store, context).ConfigureAwait(false);
        return ApiResults.List(context, wanted.Select(one => new QueryAnswer(one, latest[one.Id])));
    }

    private static async Task<IResult> QueryAsync(string area, string name, ServedLibrary library, SqlFindingStore store, HttpContext context)
    {
        if (RequestQuery.Of(context).Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        if (library.Queries.FirstOrDefault(query => query.Id.Value == $"{area}/{name}") is not { } query) return ApiResults.NotFound($"There is no query `{area}/{name}`.");
        return ApiResults.Object(context, new QueryDetail(query, (await LatestAsync(library, [query], store, context).ConfigureAwait(false))[query.Id]));
    }

    private static async Task<ILookup<QueryId, EvaluationRecord>> LatestAsync(ServedLibrary library, List<QueryDefinition> queries, SqlFindingStore store, HttpContext context)
    {
        var latest = await store.History.LatestRunsAsync([.. queries.Select(query => query.Id)], context.RequestAborted).ConfigureAwait(false);
        return latest.Where(record => library.Find(record.Id.Workspace.Value) is not null).ToLookup(record => record.Id.Query);
    }
}
