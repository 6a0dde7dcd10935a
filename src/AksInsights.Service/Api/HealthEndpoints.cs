using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Whether the process lives, and whether it can do its work. Open to everybody: neither says anything about clusters.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("alive\n")).WithTags("Health").Tells("isAlive", "Whether the process lives").Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/healthz/ready", ReadyAsync).WithTags("Health").Tells("isReady", "Whether it can do its work")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
    }

    private static async Task<IResult> ReadyAsync(SqlFindingStore store, ServiceInstruments instruments, TimeProvider time, HttpContext context)
    {
        try
        {
            var backlog = await store.Outbox.BacklogAsync(time.GetUtcNow(), context.RequestAborted).ConfigureAwait(false);
            // Reading may work where writing does not: on a full disk.
            if (instruments.StoreTrouble is { } unwritten) return CannotWork(unwritten);
            return Results.Text($"ready\nmessages waiting: {backlog.Waiting}\n");
        }
        catch (StoreException trouble)
        {
            return CannotWork(trouble.Message);
        }
    }

    private static IResult CannotWork(string trouble) => Results.Text($"the store cannot work: {trouble}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
