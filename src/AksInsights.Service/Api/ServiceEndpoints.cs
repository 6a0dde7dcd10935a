using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Commands;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>What the service watches and does, over HTTP: workspaces, queries, their evaluations, and messages.</summary>
internal static class ServiceEndpoints
{
    private const int MostItems = 1000;

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces", (ServedLibrary library, HttpContext context) => ApiResults.List(context, library.Workspaces, (json, watched) =>
        {
            json.WriteString("id", watched.Id.Value);
            json.WriteNumber("queries", watched.Plans.Count);
            if (watched.Workspace.AsOf is { } asOf) json.WriteString("asOf", FindingJson.Time(asOf));
        }));
        routes.MapGet("/queries", (ServedLibrary library, HttpContext context) => ApiResults.List(context, library.Queries, WriteQuery));
        routes.MapGet("/queries/{area}/{name}", (string area, string name, ServedLibrary library, HttpContext context) =>
            Find(library, area, name) is { } query
                ? ApiResults.Object(context, json =>
                {
                    WriteQuery(json, query);
                    json.WriteString("description", query.Metadata.Description);
                    json.WriteString("remediation", query.Metadata.Remediation);
                    json.WriteString("kql", query.Text.Kql);
                })
                : ApiResults.NotFound($"There is no query `{area}/{name}`."));
        routes.MapGet("/queries/{area}/{name}/evaluations", EvaluationsAsync);
        routes.MapGet("/messages", MessagesAsync);
    }

    private static async Task<IResult> EvaluationsAsync(string area, string name, string? workspace, ServedLibrary library, SqlFindingStore store, HttpContext context)
    {
        if (Find(library, area, name) is not { } query) return ApiResults.NotFound($"There is no query `{area}/{name}`.");
        var where = workspace ?? (library.Workspaces is [var only] ? only.Id.Value : null);
        if (string.IsNullOrWhiteSpace(where)) return ApiResults.BadRequest("`workspace` is missing: there are several.");
        var records = await store.EvaluationsAsync(new WorkspaceId(where), query.Id, 100, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.List(context, records, (json, record) =>
        {
            json.WriteString("start", FindingJson.Time(record.Start));
            json.WriteString("end", FindingJson.Time(record.Id.End));
            json.WriteString("outcome", FindingJson.Kebab(record.Outcome.ToString()));
            if (record.Reason is { } reason) json.WriteString("reason", reason);
            json.WriteNumber("rows", record.Rows);
            json.WriteNumber("events", record.Events);
            json.WriteString("ranAt", FindingJson.Time(record.RanAt));
            json.WriteNumber("seconds", record.Took.TotalSeconds);
        });
    }

    private static async Task<IResult> MessagesAsync(string? state, string? channel, SqlFindingStore store, HttpContext context)
    {
        MessageState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<MessageState>(state, ignoreCase: true, out var known) || char.IsAsciiDigit(state[0]))
                return ApiResults.BadRequest($"`state` is `{state}`. Allowed: `waiting`, `delivered`, `refused`.");
            wanted = known;
        }

        var messages = await store.Outbox.ListAsync(new MessageFilter(channel, State: wanted, Limit: MostItems), context.RequestAborted).ConfigureAwait(false);
        return ApiResults.List(context, messages, MessageJson.Write);
    }

    private static QueryDefinition? Find(ServedLibrary library, string area, string name) => library.Queries.FirstOrDefault(query => query.Id.Value == $"{area}/{name}");

    private static void WriteQuery(System.Text.Json.Utf8JsonWriter json, QueryDefinition query)
    {
        json.WriteString("id", query.Id.Value);
        json.WriteString("name", query.Metadata.Name);
        json.WriteString("severity", SeverityText.Format(query.Metadata.Severity));
        json.WriteString("every", Durations.Format(query.Metadata.Schedule.Every));
        json.WriteString("lookback", Durations.Format(query.Metadata.Schedule.Lookback));
    }
}
