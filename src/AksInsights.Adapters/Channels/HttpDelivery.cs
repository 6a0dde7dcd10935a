using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AksInsights.Core.Alerts;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Posts to the other side of a channel and reads what its answer means. One for each channel.</summary>
internal sealed class HttpDelivery : IDisposable
{
    private const int MostOfAnswer = 2_000;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Secret> _secrets;

    /// <summary>Makes a client that follows no redirects, as an answer from elsewhere would not say that the message arrived.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">What is taken out of answers before anybody sees them, as some repeat what they were sent.</param>
    public HttpDelivery(TimeProvider time, params IReadOnlyList<Secret> secrets)
    {
        _time = time;
        _secrets = secrets;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AksInsights", null));
    }

    /// <summary>Posts JSON. A success is judged further by <paramref name="judge"/>, as some answer 200 and say in the body that it failed.</summary>
    /// <param name="uri">Where to. Not told in any reason: it may hold a secret.</param>
    /// <param name="json">The body.</param>
    /// <param name="prepare">Adds headers; null adds none.</param>
    /// <param name="judge">What a success with this body means; null takes it for delivered.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DeliveryOutcome> PostAsync(
        Uri uri, ReadOnlyMemory<byte> json, Action<HttpRequestMessage>? prepare, Func<string, DeliveryOutcome>? judge, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        prepare?.Invoke(request);
        return await SendAsync(request, judge, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gets something, only to see whether the other side answers.</summary>
    public async Task<DeliveryOutcome> GetAsync(Uri uri, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        return await SendAsync(request, null, cancellation).ConfigureAwait(false);
    }

    private async Task<DeliveryOutcome> SendAsync(HttpRequestMessage request, Func<string, DeliveryOutcome>? judge, CancellationToken cancellation)
    {
        var uri = request.RequestUri!;
        if (uri.UserInfo.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var body = Hide(await ReadAsync(response, cancellation).ConfigureAwait(false));
            if (response.IsSuccessStatusCode) return judge?.Invoke(body) ?? new DeliveryOutcome.Delivered();
            return Failure(response, body);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"{uri.Host} could not be reached: {Hide(Trouble.Of(error))}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"{uri.Host} did not answer within {_client.Timeout.TotalSeconds:0} s.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private DeliveryOutcome Failure(HttpResponseMessage response, string body)
    {
        var said = body.Length == 0 ? "" : $": {SizeFit.Clip(PlainText.Line(body), 300)}";
        var reason = $"The answer was {(int)response.StatusCode} {response.StatusCode}{said}.";
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => new DeliveryOutcome.TryLater(RetryAfter(response), reason),
            >= HttpStatusCode.InternalServerError => new DeliveryOutcome.TryLater(RetryAfter(response), reason),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new DeliveryOutcome.Refused($"{reason} Check the channel's secret."),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new DeliveryOutcome.Refused($"{reason} Check the channel's address; the other side no longer knows it."),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new DeliveryOutcome.Refused($"{reason} Redirects are not followed; give the final address."),
            _ => new DeliveryOutcome.Refused(reason),
        };
    }

    private string Hide(string said) => _secrets.Aggregate(said, (text, secret) => secret.HideIn(text));

    /// <summary>How long the other side wants to be left alone; zero when it does not say.</summary>
    private TimeSpan RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => TimeSpan.Zero,
    };

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream);
            var buffer = new char[MostOfAnswer];
            return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false));
        }
    }
}
