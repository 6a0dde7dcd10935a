using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AksInsights.Adapters.Channels;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>Talks REST to a forge: waits when it is told to, asks again where that can do no harm, and turns refusals into words without secrets.</summary>
internal sealed class ForgeHttp : IDisposable
{
    private const int Tries = 4;
    private const int MostOfAnswer = 64 << 20;

    // Longer than this nobody waits for a command; the next run goes on.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(90);

    private readonly HttpClient _client;
    private readonly ForgeSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<HttpRequestMessage> _prepare;
    private DateTimeOffset _nextWrite;

    /// <summary>Makes a client.</summary>
    /// <param name="settings">Where the forge is, and how fast it may be written to.</param>
    /// <param name="prepare">Adds what proves who asks.</param>
    /// <param name="time">The clock to wait by.</param>
    public ForgeHttp(ForgeSettings settings, Action<HttpRequestMessage> prepare, TimeProvider time)
    {
        (_settings, _prepare, _time) = (settings, prepare, time);
        // Redirects are not followed: they would lead the token elsewhere, and mean a page to sign in at.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = settings.Patience,
            MaxResponseContentBufferSize = MostOfAnswer,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AksInsights", null));
    }

    /// <summary>Reads.</summary>
    /// <param name="path">The path below the forge's address, or a whole address on it.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<HostAnswer<ForgeReply>> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>Reads bytes.</summary>
    public async Task<HostAnswer<ReadOnlyMemory<byte>>> GetBytesAsync(string path, CancellationToken cancellation)
    {
        var answer = await GetAsync(path, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        return answer.Value!.IsSuccess ? answer.Value.Bytes : new HostProblem.Refused($"{_settings.Address.Host} did not give a file: {answer.Value.Message}", null);
    }

    /// <summary>Writes. Answers 400, 409, 412 and 422 are the caller's to read; an answer that did not come is <see cref="HostProblem.Unsure"/>.</summary>
    public Task<HostAnswer<ForgeReply>> WriteAsync(HttpMethod method, string path, Action<Utf8JsonWriter> body, CancellationToken cancellation) =>
        SendAsync(method, path, JsonBody.Write(json =>
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }), cancellation);

    /// <summary>Reads all pages of a list.</summary>
    public async Task<HostAnswer<IReadOnlyList<JsonElement>>> GetAllAsync(string path, CancellationToken cancellation)
    {
        const int MostPages = 100;
        var items = new List<JsonElement>();
        for (var next = path; next is not null && items.Count < MostPages * 100;)
        {
            var answer = await GetAsync(next, cancellation).ConfigureAwait(false);
            if (answer.Problem is { } problem) return problem;
            if (answer.Value!.Root.ValueKind != JsonValueKind.Array || !answer.Value.IsSuccess) return new HostProblem.Refused($"{_settings.Address.Host} answered with something that is no list.", null);
            items.AddRange(answer.Value.Root.EnumerateArray());
            next = answer.Value.Next;
        }

        return HostAnswer<IReadOnlyList<JsonElement>>.FromT(items);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HostAnswer<ForgeReply>> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellation)
    {
        var isRead = method == HttpMethod.Get;
        for (var attempt = 1; ; attempt++)
        {
            if (!isRead) await PaceAsync(cancellation).ConfigureAwait(false);
            var answer = await TryAsync(method, path, body, cancellation).ConfigureAwait(false);
            TimeSpan? wait = answer.Problem switch
            {
                // What was turned away was not done, so that it can be asked again.
                HostProblem.Busy busy when busy.After <= MostWait => busy.After,
                HostProblem.Unsure when isRead => _settings.BackOff * (1 << (attempt - 1)),
                _ => null,
            };
            // A write that may have been done is the caller's to look for, after a pause.
            if (answer.Problem is HostProblem.Unsure && !isRead) await Task.Delay(_settings.BackOff, _time, cancellation).ConfigureAwait(false);
            if (wait is not { } time || attempt == Tries) return answer;
            await Task.Delay(time, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes one after the other with a pause between, as forges ask for.</summary>
    private async Task PaceAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (_nextWrite > now) await Task.Delay(_nextWrite - now, _time, cancellation).ConfigureAwait(false);
        _nextWrite = _time.GetUtcNow() + _settings.Pause;
    }

    private async Task<HostAnswer<ForgeReply>> TryAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellation)
    {
        var uri = new Uri(_settings.Address, path);
        if (uri.Host != _settings.Address.Host || uri.Port != _settings.Address.Port) return new HostProblem.Refused($"{_settings.Address.Host} sent us to another host, {uri.Host}.", null);
        using var request = new HttpRequestMessage(method, uri);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        _prepare(request);
        try
        {
            using var response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
            var content = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return Judge(response, content);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new HostProblem.Unsure($"{uri.Host} could not be reached: {Trouble.Of(error)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HostProblem.Unsure($"{uri.Host} did not answer within {_client.Timeout.TotalSeconds:0} s.");
        }
    }

    private HostAnswer<ForgeReply> Judge(HttpResponseMessage response, byte[] content)
    {
        var host = _settings.Address.Host;
        var (status, isJson) = (response.StatusCode, response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true);
        if (status is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            return new HostProblem.Refused($"{host} says that the repository has moved.", "Give its present address with --remote.");
        // A page to sign in at comes as a success or a redirect.
        if (status == HttpStatusCode.NonAuthoritativeInformation || (int)status is >= 300 and < 400 || status == HttpStatusCode.Unauthorized)
            return new HostProblem.Refused($"{host} does not accept the token ({(int)status}).", $"Put a valid one into {_settings.TokenName}; docs/changes.md says which rights it needs.");
        if (RateLimit(response) is { } wait) return new HostProblem.Busy($"{host} wants to be left alone for {wait.TotalSeconds:0} s.", wait);
        if ((int)status >= 500 || status == HttpStatusCode.RequestTimeout) return new HostProblem.Unsure($"{host} answered {(int)status} {status}.");
        if (!ForgeReply.TryRead(response, content, isJson, _settings.Token, out var reply)) return new HostProblem.Unsure($"{host} answered with something that is no JSON.");
        return status switch
        {
            HttpStatusCode.Forbidden => new HostProblem.Refused($"{host} does not allow it: {reply.Message}", $"Give the token in {_settings.TokenName} the rights that docs/changes.md lists, or look at the rules of the branch."),
            HttpStatusCode.NotFound => new HostProblem.Missing($"{host} has nothing at {response.RequestMessage!.RequestUri!.AbsolutePath}."),
            _ => reply,
        };
    }

    /// <summary>How long to wait; null when the answer is not about that.</summary>
    private TimeSpan? RateLimit(HttpResponseMessage response)
    {
        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
        var now = _time.GetUtcNow();
        var after = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        var isSpent = Header("x-ratelimit-remaining") == "0";
        if (response.StatusCode != HttpStatusCode.TooManyRequests && !(response.StatusCode == HttpStatusCode.Forbidden && (after is not null || isSpent))
            && !(response.StatusCode == HttpStatusCode.ServiceUnavailable && after is not null)) return null;
        if (after is { } told) return told;
        return long.TryParse(Header("x-ratelimit-reset"), CultureInfo.InvariantCulture, out var reset) && isSpent
            ? TimeSpan.FromSeconds(Math.Max(1, reset - now.ToUnixTimeSeconds()))
            : TimeSpan.FromMinutes(1);
    }
}
