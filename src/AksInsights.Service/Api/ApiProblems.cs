using AksInsights.Core.Findings;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>Makes a problem of what goes wrong outside of the paths: methods that a path does not have, bodies that are too large, a store that cannot work.</summary>
internal static class ApiProblems
{
    /// <summary>Passes a request on, and answers it where nobody did.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (StoreException trouble) when (!context.Response.HasStarted)
        {
            await Results.Problem(trouble.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The store cannot work.").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        catch (BadHttpRequestException mistake) when (!context.Response.HasStarted)
        {
            await Results.Problem(mistake.Message, statusCode: mistake.StatusCode, title: "The request makes no sense.").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone.
            return;
        }

        if (context.Response is not { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response) return;
        var detail = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"`{context.Request.Path}` is no path of this API.",
            StatusCodes.Status405MethodNotAllowed => $"`{context.Request.Path}` does not take `{context.Request.Method}`. It takes {response.Headers.Allow}.",
            _ => $"`{context.Request.Method} {context.Request.Path}` cannot be answered.",
        };
        await Results.Problem(detail, statusCode: response.StatusCode).ExecuteAsync(context).ConfigureAwait(false);
    }
}
