using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AksInsights.Tests.Alerts;

/// <summary>The other side of a channel: an HTTP server on a free loopback port that keeps what it gets and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private const int MostTries = 20;

    private readonly HttpListener _listener;
    private readonly Task _loop;

    public Receiver()
    {
        (_listener, Url) = Start();
        _loop = ListenAsync();
    }

    public Uri Url { get; }

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>What to answer; a status of 0 cuts it off in the middle.</summary>
    public Func<Received, (int Status, string Body, string? RetryAfter)> Answer { get; set; } = _ => (200, "ok", null);

    /// <summary>How long to think before an answer.</summary>
    public Func<TimeSpan> Pause { get; set; } = () => TimeSpan.Zero;

    public async ValueTask DisposeAsync()
    {
        if (!_listener.IsListening) return;
        // Closing ends what listens; stopping first would make it bind once more to a port that others may have by then.
        _listener.Close();
        await _loop;
    }

    // A port that was free may be taken before it is listened on.
    private static (HttpListener Listener, Uri Url) Start()
    {
        for (var tries = 1; ; tries++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var listener = new HttpListener();
            var url = new Uri($"http://127.0.0.1:{port}/");
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (tries < MostTries)
            {
                // Another one, then.
            }
        }
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Who asked has gone, as a program does that is killed or gives up waiting; the next one is answered all the same.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var headers = context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase);
        var received = new Received(context.Request.Url!.PathAndQuery, await reader.ReadToEndAsync(), headers);
        Requests.Enqueue(received);
        await Task.Delay(Pause());
        var (status, body, retryAfter) = Answer(received);
        if (status == 0)
        {
            // An answer that ends before it is whole.
            context.Response.ContentLength64 = 100;
            await context.Response.OutputStream.WriteAsync("half"u8.ToArray());
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers["Retry-After"] = retryAfter;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
}

/// <summary>A request that came in.</summary>
internal sealed record Received(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
