using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AksInsights.Adapters.Channels;
using AksInsights.Core.Changes.Proposals;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AksInsights.Adapters.Grafana;

/// <summary>Sends one request to a Grafana and says in a closed set of cases what came of it. Nothing is tried again here.</summary>
internal sealed class GrafanaHttp : IDisposable
{
    private const int MostOfAnswer = 32 << 20;

    private readonly HttpClient _client;
    private readonly GrafanaSettings _settings;

    /// <summary>Makes a client.</summary>
    public GrafanaHttp(GrafanaSettings settings)
    {
        _settings = settings;
        // Redirects are not followed: they would lead the token elsewhere, and mean a page to sign in at.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = settings.Address, Timeout = settings.Patience, MaxResponseContentBufferSize = MostOfAnswer };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AksInsights", null));
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token.Reveal());
    }

    /// <summary>Reads.</summary>
    public Task<HostAnswer<GrafanaReply>> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>Writes. The statuses 400, 409 and 412 are the caller's to read.</summary>
    public Task<HostAnswer<GrafanaReply>> PostAsync(string path, JObject body, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, body, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HostAnswer<GrafanaReply>> SendAsync(HttpMethod method, string path, JObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        try
        {
            using var response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
            return Judge(response, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new HostProblem.Unsure($"{_settings.Address.Host} could not be reached: {Trouble.Of(error)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HostProblem.Unsure($"{_settings.Address.Host} did not answer within {_settings.Patience.TotalSeconds:0} s.");
        }
    }

    private HostAnswer<GrafanaReply> Judge(HttpResponseMessage response, string content)
    {
        var (host, status) = (_settings.Address.Host, (int)response.StatusCode);
        if (status is >= 300 and < 400) return new HostProblem.Refused($"{host} sends elsewhere ({status}).", "Give the address that the browser shows once Grafana is open.");
        if (status == 401) return new HostProblem.Refused($"{host} does not accept the token (401).", $"Put a valid one into {_settings.TokenName}.");
        if (status == 429) return new HostProblem.Busy($"{host} wants to be left alone.", response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5));
        if (status >= 500 || status == 408) return new HostProblem.Unsure($"{host} answered {status} {response.StatusCode}.");
        if (Read(content) is not { } json)
            return new HostProblem.Refused($"{host} answered {status} with something that is no JSON of Grafana.", "See that the address is the one that people open Grafana at.");
        var message = PlainText(_settings.Token.HideIn(json.Value<string>("message") ?? $"{status} {response.StatusCode}"));
        return status switch
        {
            403 => new HostProblem.Refused($"{host} does not allow it: {message}", $"Give the service account of the token in {_settings.TokenName} the role Editor, or the right to write dashboards and folders."),
            404 => new HostProblem.Missing($"{host} has nothing at {response.RequestMessage!.RequestUri!.AbsolutePath}: {message}"),
            _ => new GrafanaReply(response.StatusCode, json, message),
        };
    }

    // Texts that look like dates stay texts: what is compared must be what was sent.
    private static JObject? Read(string content)
    {
        using var reader = new JsonTextReader(new StringReader(content)) { DateParseHandling = DateParseHandling.None };
        try
        {
            return JToken.ReadFrom(reader) as JObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string PlainText(string text)
    {
        var line = string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign));
        return line.Length <= 300 ? line : line[..300] + "...";
    }
}

/// <summary>An answer of Grafana.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Root">The object in it.</param>
/// <param name="Message">What Grafana says about it, in a line of at most 300 characters.</param>
internal sealed record GrafanaReply(HttpStatusCode Status, JObject Root, string Message)
{
    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
