using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Telemetry;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Azure Resource Graph: how resources are set up now. Thread-safe. Pages are put together; asking again is the caller's.</summary>
/// <remarks>Source: learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources, version 2024-04-01.</remarks>
public sealed class ResourceGraphClient
{
    private const string Path = "providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    private const string AnyCluster = "Resources | where type =~ 'microsoft.containerservice/managedclusters' | project id | take 1";

    private static readonly TimeSpan PageTimeout = TimeSpan.FromMinutes(1);

    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;
    private readonly LogsQueryClientOptions _options;
    private readonly TimeProvider _time;
    private readonly int _pageRows;
    private volatile bool _hasSeenCluster;

    /// <summary>Makes a client.</summary>
    /// <param name="endpoint">Resource Manager.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="options">How to reach it; its limiter is one of its own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pageRows">The rows of a page; the service gives 1,000 at most.</param>
    /// <exception cref="ArgumentException">The endpoint is not encrypted.</exception>
    public ResourceGraphClient(Uri endpoint, TokenCredential credential, LogsQueryClientOptions options, TimeProvider time, int pageRows = 1000)
    {
        _endpoint = endpoint;
        _options = options;
        _time = time;
        _pageRows = pageRows;
        _pipeline = AzurePipeline.Build(endpoint, credential, options);
    }

    /// <summary>Asks, and follows the pages to the last.</summary>
    /// <param name="query">The KQL.</param>
    /// <param name="subscriptions">The subscriptions asked about; empty for all that the identity may read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <remarks>
    /// An identity without rights sees nothing, and Resource Graph calls that a success. So when a query finds nothing, and this client has never seen a cluster, it looks
    /// for one; without any it is not allowed to look.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<LogsQueryOutcome> QueryAsync(string query, IReadOnlyList<string> subscriptions, CancellationToken cancellation)
    {
        using var span = Tracing.Start(Tracing.Ask, ("service", "resource-graph"));
        var outcome = await GuardedAsync(() => PagesAsync(query, subscriptions, cancellation), cancellation).ConfigureAwait(false);
        span?.Tag("outcome", outcome.GetType().Name);
        if (outcome is not LogsQueryOutcome.Complete { Tables: [{ RowCount: 0 }, ..] } || _hasSeenCluster) return outcome;
        var any = await GuardedAsync(() => PagesAsync(AnyCluster, subscriptions, cancellation), cancellation).ConfigureAwait(false);
        if (any is not LogsQueryOutcome.Complete seen) return any;
        _hasSeenCluster = seen.Tables[0].RowCount > 0;
        return _hasSeenCluster
            ? outcome
            : new LogsQueryOutcome.Unauthorised(new LogsError(["NoClusterVisible"], "Resource Graph shows no AKS cluster to this identity, so it may not look."));
    }

    private static async Task<LogsQueryOutcome> GuardedAsync(Func<Task<LogsQueryOutcome>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new LogsQueryOutcome.TimedOut(new LogsError($"No answer came within {PageTimeout.TotalSeconds:0} s."));
        }
        catch (AuthenticationFailedException failure)
        {
            return new LogsQueryOutcome.Unauthorised(LogsError.Seen("No token could be had", failure));
        }
        catch (Exception failure) when (failure is JsonException or AnswerFormatException)
        {
            return new LogsQueryOutcome.Transient(new LogsError($"The answer is cut off or not of Resource Graph's shape: {failure.Message}"), null);
        }
        catch (Exception failure) when (failure is RequestFailedException or IOException or HttpRequestException)
        {
            return new LogsQueryOutcome.Transient(LogsError.Seen("The service could not be reached", failure), null);
        }
    }

    private async Task<LogsQueryOutcome> PagesAsync(string query, IReadOnlyList<string> subscriptions, CancellationToken cancellation)
    {
        var pages = new ResourcePages();
        string? token = null;
        do
        {
            using var place = await _options.Limiter.EnterAsync(cancellation).ConfigureAwait(false);
            using var message = CreateMessage(query, subscriptions, token);
            await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
            var response = message.Response;
            Respect(response);
            if (response.Status is 204 || response.Content.ToMemory().IsEmpty) return new LogsQueryOutcome.Empty(SaysNoContent: false);
            if (response.Status != 200) return Refused(response);
            using var document = JsonDocument.Parse(response.Content.ToMemory());
            token = pages.Add(document.RootElement);
        }
        while (token is not null);
        return pages.Outcome();
    }

    private HttpMessage CreateMessage(string query, IReadOnlyList<string> subscriptions, string? token)
    {
        var message = _pipeline.CreateMessage();
        message.NetworkTimeout = PageTimeout;
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(_endpoint, Path));
        message.Request.Headers.SetValue("Content-Type", "application/json");
        var options = new Dictionary<string, object> { ["$top"] = _pageRows, ["resultFormat"] = "table" };
        if (token is not null) options["$skipToken"] = token;
        var body = new Dictionary<string, object> { ["query"] = query, ["options"] = options };
        if (subscriptions.Count > 0) body["subscriptions"] = subscriptions;
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
        return message;
    }

    private LogsQueryOutcome Refused(Response response)
    {
        var error = LogsErrorReader.ReadBody(response.Content.ToMemory(), response.Status, response.ReasonPhrase);
        var retryAfter = AzurePipeline.RetryAfter(response, _time);
        if (response.Status == 429) _options.Limiter.Pause(retryAfter ?? TimeSpan.Zero);
        return response.Status switch
        {
            401 or 403 => new LogsQueryOutcome.Unauthorised(error),
            404 => new LogsQueryOutcome.NotFound(error),
            413 => new LogsQueryOutcome.TooLarge(error),
            429 => new LogsQueryOutcome.Throttled(error, retryAfter),
            504 => new LogsQueryOutcome.TimedOut(error),
            408 or >= 500 => new LogsQueryOutcome.Transient(error, retryAfter),
            _ => new LogsQueryOutcome.BadQuery(error),
        };
    }

    /// <summary>Waits with the next request when none is left in the service's quota.</summary>
    private void Respect(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-user-quota-remaining", out var left) && left == "0"
            && response.Headers.TryGetValue("x-ms-user-quota-resets-after", out var reset)
            && TimeSpan.TryParse(reset, CultureInfo.InvariantCulture, out var wait)) _options.Limiter.Pause(wait);
    }
}
