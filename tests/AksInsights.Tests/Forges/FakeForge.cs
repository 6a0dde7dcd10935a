using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AksInsights.Tests.Forges;

/// <summary>A forge on a free loopback port that stores into a real repository. What it is asked that the real one would not take is kept as a violation.</summary>
internal abstract class FakeForge : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Lock _gate = new();
    private readonly Task _loop;

    protected FakeForge(BareRepository repository)
    {
        Repository = repository;
        (_listener, Url) = Listen();
        _loop = ListenAsync();
    }

    public const string Token = "secret-token-of-the-test";

    public Uri Url { get; }

    public BareRepository Repository { get; }

    public List<FakePull> Pulls { get; } = [];

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>What no real forge would take, for the test to look at.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Which branches nobody may push to.</summary>
    public Func<string, bool> IsProtected { get; set; } = _ => false;

    /// <summary>The most that a page of a list holds.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Looks at a request before it is carried out, and may answer in its place.</summary>
    public Func<FakeRequest, FakeAnswer?> Before { get; set; } = _ => null;

    /// <summary>Whether the answer gets lost on its way although the request was carried out.</summary>
    public Func<FakeRequest, bool> Lose { get; set; } = _ => false;

    public async ValueTask DisposeAsync()
    {
        // After a Stop, Close would take the port once more, which may be somebody else's by then.
        _listener.Close();
        await _loop;
    }

    /// <summary>Carries a request out.</summary>
    protected abstract FakeAnswer Answer(FakeRequest request);

    /// <summary>What the forge says to a wrong or missing token; null when it is right.</summary>
    protected abstract FakeAnswer? Authenticate(NameValueCollection headers);

    /// <summary>Checks a body: it has what must be there, and nothing that the interface does not know.</summary>
    protected void Check(FakeRequest request, JsonElement body, string[] required, string[] optional)
    {
        var names = body.ValueKind == JsonValueKind.Object ? body.EnumerateObject().Select(m => m.Name).ToList() : [];
        foreach (var name in required.Where(n => !names.Contains(n))) Violations.Enqueue($"{request}: `{name}` is missing");
        foreach (var name in names.Where(n => !required.Contains(n) && !optional.Contains(n))) Violations.Enqueue($"{request}: nobody knows `{name}`");
    }

    protected FakeAnswer Unknown(FakeRequest request)
    {
        Violations.Enqueue($"{request}: there is no such thing");
        return FakeAnswer.Json(404, new { message = "Not Found" });
    }

    /// <summary>Listens on a port that was free a moment ago; where somebody took it meanwhile, on another.</summary>
    private static (HttpListener Listener, Uri Url) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another port, then. One that never listened holds nothing, and closing it would try to bind once more.
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

            // Each in its own task: a hook may run a whole second client against this host.
            _ = Task.Run(() => ServeAsync(context));
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, new UTF8Encoding(false, true));
            var request = FakeRequest.Of(context.Request.HttpMethod, context.Request.RawUrl!, await reader.ReadToEndAsync(), context.Request.UserAgent ?? "");
            Requests.Enqueue(request);
            var answer = Before(request);
            if (answer is null)
            {
                lock (_gate) answer = Authenticate(context.Request.Headers) ?? Answer(request);
                if (Lose(request)) answer = FakeAnswer.Lost;
            }

            await SendAsync(context.Response, answer);
        }
        catch (Exception error) when (error is not HttpListenerException and not ObjectDisposedException)
        {
            Violations.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}: {error}");
            context.Response.Abort();
        }
    }

    private static async Task SendAsync(HttpListenerResponse response, FakeAnswer answer)
    {
        if (answer.Status == 0)
        {
            response.ContentLength64 = 1000;
            await response.OutputStream.WriteAsync("{"u8.ToArray());
            response.Abort();
            return;
        }

        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        await response.OutputStream.WriteAsync(answer.Body);
        response.Close();
    }
}

/// <summary>A pull request of a fake.</summary>
internal sealed class FakePull
{
    public required int Number { get; init; }

    public required string Branch { get; init; }

    public required string Target { get; init; }

    public required string Title { get; set; }

    public required string Body { get; set; }

    /// <summary>When every pull request is opened.</summary>
    public static DateTimeOffset Opened { get; } = new(2026, 1, 5, 9, 30, 0, TimeSpan.Zero);

    /// <summary>When those that are not open any more were merged or closed.</summary>
    public static DateTimeOffset Ended { get; } = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>open, closed or merged.</summary>
    public string State { get; set; } = "open";
}

/// <summary>A request, taken apart.</summary>
internal sealed record FakeRequest(string Method, string Path, NameValueCollection Query, string Body, string UserAgent)
{
    /// <summary>Whether it comes from a client of the forge's own, which says versions in another way.</summary>
    public bool IsFromOfficialClient => !UserAgent.StartsWith("AksInsights", StringComparison.Ordinal);

    public JsonElement Json => Body.Length == 0 ? default : JsonDocument.Parse(Body).RootElement;

    public static FakeRequest Of(string method, string rawUrl, string body, string userAgent)
    {
        var mark = rawUrl.IndexOf('?', StringComparison.Ordinal);
        var query = new NameValueCollection();
        foreach (var pair in mark < 0 ? [] : rawUrl[(mark + 1)..].Split('&').Select(p => p.Split('=', 2))) query[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        return new FakeRequest(method, mark < 0 ? rawUrl : rawUrl[..mark], query, body, userAgent);
    }

    /// <summary>Whether it is a write to something.</summary>
    public bool Writes(string part) => Method != "GET" && Path.Contains(part, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>An answer; one with the status 0 is cut off.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body, string ContentType)
{
    public static FakeAnswer Lost { get; } = new(0, [], "application/json");

    public Dictionary<string, string> Headers { get; } = [];

    public static FakeAnswer Json(int status, object body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body), "application/json; charset=utf-8");

    public static FakeAnswer Page(int status, string html) => new(status, Encoding.UTF8.GetBytes(html), "text/html");

    public FakeAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
