using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>Answers every request: finds what it is about, whether it may ask, and who answers it.</summary>
internal sealed class ServedRequests
{
    private readonly ServeSettings _settings;
    private readonly QueryRunner _runner;
    private readonly QueryRequests _requests;
    private readonly BatchEndpoint _batch;
    private readonly ResourceGraphEndpoint _resourceGraph;
    private readonly FaultPlan _faults = new();
    private readonly Action<Exception> _report;

    /// <summary>Puts it together.</summary>
    /// <param name="runner">Runs queries.</param>
    /// <param name="settings">What is served and how.</param>
    /// <param name="report">Told of failures that should not be.</param>
    public ServedRequests(QueryRunner runner, ServeSettings settings, Action<Exception> report)
    {
        _settings = settings;
        _runner = runner;
        _requests = new QueryRequests(settings);
        _batch = new BatchEndpoint(_requests, runner, settings);
        _resourceGraph = new ResourceGraphEndpoint(runner, settings);
        _report = report;
    }

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        try
        {
            EchoRequestId(http);
            if (Objection(http) is { } objection) await ServedResponse.SendAsync(http, objection).ConfigureAwait(false);
            else await RouteAsync(http, RequestTarget.Of(http.Request.Path.Value ?? "")).ConfigureAwait(false);
        }
        catch (RequestException failure)
        {
            await ServedResponse.SendAsync(http, failure.Answer).ConfigureAwait(false);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more, so whatever came of it is nobody's concern.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            _report(failure);
            await ServedResponse.SendAsync(http, new ServedAnswer.Refused(500, new ServiceError("InternalServerError", "The server failed; it says why on its standard error."))).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _report(failure);
            http.Abort();
        }
    }

    private async Task RouteAsync(HttpContext http, RequestTarget target)
    {
        switch (target)
        {
            case RequestTarget.Workspace or RequestTarget.Resource:
                await AnswerQueryAsync(http, target).ConfigureAwait(false);
                break;
            case RequestTarget.Batch:
                await SpoiledAsync(http, "", _ => _batch.AnswerAsync(http)).ConfigureAwait(false);
                break;
            case RequestTarget.ResourceGraph:
                await SpoiledAsync(http, "Resources", _ => _resourceGraph.AnswerAsync(http)).ConfigureAwait(false);
                break;
            case RequestTarget.Faults when _settings.TestFaults:
                await _faults.AnswerAsync(http).ConfigureAwait(false);
                break;
            default:
                throw RequestException.NoSuchPath();
        }
    }

    private async Task AnswerQueryAsync(HttpContext http, RequestTarget target)
    {
        if (await _requests.ReadAsync(http.Request, target, http.RequestAborted).ConfigureAwait(false) is not { } query)
        {
            http.Response.ContentLength = 0;
            return;
        }

        await SpoiledAsync(http, query.Text, async isHalf =>
        {
            var answer = await _runner.RunAsync(query, http.RequestAborted).ConfigureAwait(false);
            await ServedResponse.SendAsync(http, isHalf ? FaultyResponse.Halve(answer) : answer, query.Preferences).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Answers, with the fault that is planned for the query, if there is one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">The query's text.</param>
    /// <param name="answer">Answers it; told whether to leave out half of the rows.</param>
    private async Task SpoiledAsync(HttpContext http, string query, Func<bool, Task> answer)
    {
        if (_faults.Take(query) is not { } fault) await answer(false).ConfigureAwait(false);
        else if (await FaultyResponse.BeforeAsync(http, fault, _settings.Time).ConfigureAwait(false)) return;
        else if (FaultyResponse.IsOfBody(fault)) await FaultyResponse.SpoilAsync(http, fault, () => answer(false), _settings.Time).ConfigureAwait(false);
        else await answer(fault.Kind == Fault.Partial).ConfigureAwait(false);
    }

    private ServedAnswer.Refused? Objection(HttpContext http)
    {
        // A page in a browser could otherwise read the recording by a name of its own that leads to this machine.
        if (http.Connection.LocalIpAddress is { } here && IPAddress.IsLoopback(here) && !IsLoopbackName(http.Request.Host.Host))
            return new ServedAnswer.Refused(421, new ServiceError("MisdirectedRequest", $"The host `{http.Request.Host.Host}` is not served here; ask `localhost`."));
        if (_settings.Token is not { } token) return null;
        var given = http.Request.Headers.Authorization.ToString();
        if (given.Length == 0) return new ServedAnswer.Refused(401, new ServiceError("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes($"Bearer {token.Reveal()}"))
            ? null
            : new ServedAnswer.Refused(401, new ServiceError("InvalidTokenError", "The provided authentication is not valid for this resource"));
    }

    private static bool IsLoopbackName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static void EchoRequestId(HttpContext http)
    {
        if (http.Request.Headers["x-ms-client-request-id"] is { Count: 1 } id) http.Response.Headers["x-ms-client-request-id"] = id;
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
