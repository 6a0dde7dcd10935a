using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AksInsights.Tests.Alerts;

/// <summary>The other side of a channel: an HTTP server on a free loopback port that keeps what it gets and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public Receiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
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
        _listener.Stop();
        await _loop;
        _listener.Close();
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
                continue;
            }

            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers["Retry-After"] = retryAfter;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}

/// <summary>A request that came in.</summary>
internal sealed record Received(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
