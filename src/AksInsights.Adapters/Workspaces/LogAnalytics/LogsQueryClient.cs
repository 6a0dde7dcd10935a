using System.Diagnostics;
using System.Text.Json;
using AksInsights.Core.Telemetry;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>The query API of Log Analytics. Thread-safe. Every call asks once: asking again, or for less, is the caller's.</summary>
/// <remarks>
/// The names are those of Microsoft's own client, so that moving to it is a matter of references. Source of the contract:
/// learn.microsoft.com/azure/azure-monitor/logs/api/overview.
/// </remarks>
public sealed class LogsQueryClient
{
    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;
    private readonly LogsQueryClientOptions _options;
    private readonly TokenCredential _credential;
    private readonly TimeProvider _time;

    /// <summary>Makes a client.</summary>
    /// <param name="endpoint">The service, without the version.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="options">How to reach it; without a transport of its own the shared one is used.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The endpoint is not encrypted.</exception>
    public LogsQueryClient(Uri endpoint, TokenCredential credential, LogsQueryClientOptions options, TimeProvider time)
    {
        _endpoint = endpoint;
        _credential = credential;
        _options = options;
        _time = time;
        _pipeline = AzurePipeline.Build(endpoint, credential, options);
    }

    /// <summary>Asks a workspace.</summary>
    /// <param name="workspaceId">Its id: a GUID.</param>
    /// <param name="query">The KQL.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<LogsQueryOutcome> QueryWorkspaceAsync(string workspaceId, string query, LogsQueryOptions options, CancellationToken cancellation) =>
        AskAsync($"v1/workspaces/{Uri.EscapeDataString(workspaceId)}/query", query, options, cancellation);

    /// <summary>Asks about a resource: the rows it wrote, in whichever workspace. A workspace's resource id stands for all of its rows.</summary>
    /// <param name="resourceId">Its id, beginning with <c>/subscriptions/</c>.</param>
    /// <param name="query">The KQL.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<LogsQueryOutcome> QueryResourceAsync(string resourceId, string query, LogsQueryOptions options, CancellationToken cancellation) =>
        AskAsync($"v1/{resourceId.Trim('/')}/query", query, options, cancellation);

    private async Task<LogsQueryOutcome> AskAsync(string path, string query, LogsQueryOptions options, CancellationToken cancellation)
    {
        using var place = await _options.Limiter.EnterAsync(cancellation).ConfigureAwait(false);
        using var span = Tracing.Start(Tracing.Ask, ("service", "log-analytics"));
        var outcome = await AskAsync(path, query, options, span, cancellation).ConfigureAwait(false);
        span?.Tag("outcome", outcome.GetType().Name);
        return outcome;
    }

    private async Task<LogsQueryOutcome> AskAsync(string path, string query, LogsQueryOptions options, Activity? span, CancellationToken cancellation)
    {
        try
        {
            using var message = CreateMessage(path, query, options);
            // The number under which the service's own logs have the request.
            span?.Tag("client-request-id", message.Request.ClientRequestId);
            await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
            return await ReadAsync(message.Response, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new LogsQueryOutcome.TimedOut(new LogsError($"No answer came within {(options.ServerTimeout + _options.NetworkAllowance).TotalSeconds:0} s."));
        }
        catch (AuthenticationFailedException failure)
        {
            return new LogsQueryOutcome.Unauthorised(LogsError.Seen("No token could be had", failure));
        }
        catch (AnswerFormatException failure)
        {
            return new LogsQueryOutcome.Transient(new LogsError(failure.Message), null);
        }
        catch (AnswerTooLargeException failure)
        {
            return new LogsQueryOutcome.TooLarge(new LogsError(failure.Message));
        }
        catch (Exception failure) when (failure is RequestFailedException or IOException or HttpRequestException)
        {
            return new LogsQueryOutcome.Transient(LogsError.Seen("The service could not be reached", failure), null);
        }
    }

    private HttpMessage CreateMessage(string path, string query, LogsQueryOptions options)
    {
        var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.NetworkTimeout = options.ServerTimeout + _options.NetworkAllowance;
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(_endpoint, path));
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Headers.SetValue("Accept", "application/json");
        message.Request.Headers.SetValue("Prefer", FormattableString.Invariant($"wait={(int)Math.Ceiling(options.ServerTimeout.TotalSeconds)}"));
        var body = new Dictionary<string, object> { ["query"] = query };
        if (options.AdditionalWorkspaces.Count > 0) body["workspaces"] = options.AdditionalWorkspaces;
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
        return message;
    }

    private async Task<LogsQueryOutcome> ReadAsync(Response response, CancellationToken cancellation)
    {
        if (response.Status == 204) return new LogsQueryOutcome.Empty(SaysNoContent: true);
        if (response.Status != 200) return await RefusedAsync(response, cancellation).ConfigureAwait(false);
        if (response.ContentStream is not { } body || await AnswerReader.ReadAsync(body, cancellation).ConfigureAwait(false) is not { } answer)
            return new LogsQueryOutcome.Empty(SaysNoContent: false);
        if (answer.Error is null) return new LogsQueryOutcome.Complete(NotEmpty(answer));
        return answer.HasTables ? new LogsQueryOutcome.Partial(NotEmpty(answer), answer.Error) : new LogsQueryOutcome.Transient(answer.Error, null);
    }

    private static IReadOnlyList<Kql.Results.ResultTable> NotEmpty(AnswerTables answer) =>
        answer.Tables.Count > 0 ? answer.Tables : throw new AnswerFormatException("The answer's list of tables is empty.");

    private async Task<LogsQueryOutcome> RefusedAsync(Response response, CancellationToken cancellation)
    {
        var error = await ErrorAsync(response, cancellation).ConfigureAwait(false);
        var retryAfter = AzurePipeline.RetryAfter(response, _time);
        if (response.Status == 429) _options.Limiter.Pause(retryAfter ?? TimeSpan.Zero);
        return response.Status switch
        {
            400 when error.Codes.Contains("FailedToResolveResource") => new LogsQueryOutcome.NotFound(error),
            400 => new LogsQueryOutcome.BadQuery(error),
            401 or 403 => new LogsQueryOutcome.Unauthorised(await WhoAsync(error, cancellation).ConfigureAwait(false)),
            404 => new LogsQueryOutcome.NotFound(error),
            413 => new LogsQueryOutcome.TooLarge(error),
            429 => new LogsQueryOutcome.Throttled(error, retryAfter),
            504 => new LogsQueryOutcome.TimedOut(error),
            408 or >= 500 => new LogsQueryOutcome.Transient(error, retryAfter),
            _ => new LogsQueryOutcome.BadQuery(error),
        };
    }

    private static async Task<LogsError> ErrorAsync(Response response, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        if (response.ContentStream is { } content) await content.CopyToAsync(body, cancellation).ConfigureAwait(false);
        return LogsErrorReader.ReadBody(body.GetBuffer().AsMemory(0, (int)body.Length), response.Status, response.ReasonPhrase);
    }

    /// <summary>The error with who asked, as the token has it.</summary>
    private async Task<LogsError> WhoAsync(LogsError error, CancellationToken cancellation)
    {
        var token = await _credential.GetTokenAsync(new TokenRequestContext([_options.Scope]), cancellation).ConfigureAwait(false);
        return TokenIdentity.Of(token.Token) is { } who ? error with { Message = $"{error.Message.TrimEnd('.')}. Asked by {who}." } : error;
    }
}
