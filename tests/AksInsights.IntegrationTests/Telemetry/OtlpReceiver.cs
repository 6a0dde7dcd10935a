using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AksInsights.IntegrationTests.Telemetry;

/// <summary>Takes traces and metrics by OTLP over HTTP, in protocol buffers, as a collector does. The numbers of fields are those of opentelemetry-proto 1.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The spans that came.</summary>
    public ConcurrentQueue<OtlpSpan> Spans { get; } = new();

    /// <summary>The metrics that came, name and unit, and what sent them.</summary>
    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>How often it was asked.</summary>
    public int Requests => _requests;

    /// <summary>Whether it takes requests and never answers.</summary>
    public bool Hangs { get; set; }

    private int _requests;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = new WireFormat(body.ToArray());
        // A request has parts by resource; those have parts by scope; those have spans or metrics.
        foreach (var resource in message.Messages(1))
        {
            var attributes = Attributes(resource.Messages(1).SelectMany(part => part.Messages(1)));
            foreach (var scope in resource.Messages(2))
            {
                foreach (var item in scope.Messages(2))
                {
                    if (context.Request.Path == "/v1/traces") Spans.Enqueue(new OtlpSpan(item.Text(5), item.Hex(1), item.Hex(2), item.Hex(4), scope.Messages(1).Single().Text(1), Attributes(item.Messages(9)), attributes));
                    else Metrics[$"{item.Text(1)} {item.Text(3)}".TrimEnd()] = attributes;
                }
            }
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    private static Dictionary<string, string> Attributes(IEnumerable<WireFormat> pairs) => pairs.ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Single() is var value && value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(3)}");
}

/// <summary>A span, with ids in hexadecimal; a parent that is not there is empty.</summary>
internal sealed record OtlpSpan(string Name, string Trace, string Id, string Parent, string Source, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Resource);
