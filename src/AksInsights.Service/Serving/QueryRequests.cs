using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>Reads queries from requests.</summary>
/// <param name="settings">What is served, and the limits.</param>
internal sealed class QueryRequests(ServeSettings settings)
{
    // Source: learn.microsoft.com/azure/azure-monitor/service-limits, log queries across workspaces.
    private const int MostWorkspaces = 100;

    /// <summary>The query of a request for a workspace or a resource; null when its body is not said to be JSON, which the service answers with nothing at all.</summary>
    /// <exception cref="RequestException">It makes no sense.</exception>
    public async Task<ServedQuery?> ReadAsync(HttpRequest request, RequestTarget target, CancellationToken cancellation)
    {
        var preferences = RequestPreferences.Read(request.Headers["Prefer"].ToString(), settings.MaxWait);
        if (HttpMethods.IsGet(request.Method))
        {
            var workspaces = request.Query["workspaces"].SelectMany(w => w!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            return Make(target, request.Query["query"], request.Query["timespan"], workspaces, preferences);
        }

        if (!HttpMethods.IsPost(request.Method)) throw MethodNotAllowed(request);
        return request.HasJsonContentType() ? Read(target, await RequestBody.ReadObjectAsync(request, cancellation).ConfigureAwait(false), preferences) : null;
    }

    /// <summary>The query in a body.</summary>
    /// <exception cref="RequestException">It makes no sense.</exception>
    public ServedQuery Read(RequestTarget target, JsonElement body, RequestPreferences preferences) =>
        Make(target, RequestBody.Text(body, "query"), RequestBody.Text(body, "timespan"), RequestBody.Texts(body, "workspaces") ?? [], preferences);

    /// <summary>The refusal of a method that the path does not have.</summary>
    public static RequestException MethodNotAllowed(HttpRequest request) =>
        new(new ServedAnswer.Refused(405, new ServiceError("MethodNotAllowed", $"There is no {request.Method} here.")));

    private ServedQuery Make(RequestTarget target, string? text, string? timespan, IReadOnlyList<string> workspaces, RequestPreferences preferences)
    {
        if (string.IsNullOrWhiteSpace(text)) throw RequestException.Bad("MissingQuery", "`query` is missing");
        if (target is RequestTarget.Workspace { Id: var id } && !IsServed(id))
            throw new RequestException(new ServedAnswer.Refused(404, new ServiceError("ResourceNotFoundError", $"There is no workspace `{id}` here.")));
        if (workspaces.Count > MostWorkspaces) throw RequestException.Bad("TooManyWorkspaces", $"`workspaces` has {workspaces.Count} items; the most is {MostWorkspaces}");
        // The recording stands for every workspace that is served, so naming more of them adds no rows.
        if (workspaces.FirstOrDefault(w => !IsServed(w)) is not null)
            throw new RequestException(new ServedAnswer.Refused(400, ServiceError.BadArgument(new("FailedToResolveResource", "Resource identity could not be resolved"))));
        return new ServedQuery(text, new RowScope { Times = ReadTimes(timespan), Resource = (target as RequestTarget.Resource)?.Id }, preferences);
    }

    private TimeRange? ReadTimes(string? timespan)
    {
        if (string.IsNullOrEmpty(timespan)) return null;
        if (TimeRange.TryRead(timespan, settings.NowUtc, out var times)) return times;
        throw RequestException.Bad("InvalidTimespan", $"`timespan` is `{timespan}`, where an ISO 8601 duration such as `PT1H` or an interval such as `2026-01-05T00:00:00Z/P1D` is expected");
    }

    private bool IsServed(string id) => settings.WorkspaceIds.Count == 0 || settings.WorkspaceIds.Contains(id, StringComparer.OrdinalIgnoreCase);
}
