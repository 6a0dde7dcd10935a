using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Any system that takes a signed webhook, as Standard Webhooks 1.0.0 has it.</summary>
/// <remarks>
/// The id stays the same however often a message is sent; the time and the signature are those of the attempt. Two secrets give two signatures, for
/// changing them without a gap. The body is kept below 20 KB.
/// </remarks>
public sealed class WebhookChannel : IAlertChannel
{
    private const int MostBytes = 20_000;
    private const string Prefix = "whsec_";

    private readonly Uri _url;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly TimeProvider _time;
    private readonly HttpDelivery _http;

    private WebhookChannel(string name, Uri url, Secret secret, IReadOnlyList<byte[]> keys, TimeProvider time)
    {
        Name = name;
        _url = url;
        _keys = keys;
        _time = time;
        _http = new HttpDelivery(time, [Secret.OfAddress(url), .. Texts(secret).Where(text => text.StartsWith(Prefix, StringComparison.Ordinal)).Select(text => new Secret(text[Prefix.Length..]))]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "webhook";

    /// <inheritdoc/>
    public BackOff BackOff => BackOff.Webhook;

    /// <summary>Reads the settings: <c>Url</c>, and <c>Secret</c>, one or two of <c>whsec_</c> and 24 to 64 bytes in base64, with a blank between.</summary>
    public static WebhookChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var secret = settings.RequiredSecret("Secret");
        var keys = new List<byte[]>();
        foreach (var text in Texts(secret))
        {
            if (TryReadKey(text, out var key)) keys.Add(key);
            else settings.Mistake("Secret", "is not `whsec_` followed by 24 to 64 bytes in base64. Make one: `echo whsec_$(openssl rand -base64 32)`.");
        }

        return new WebhookChannel(settings.Name, settings.RequiredSecretUri("Url"), secret, keys, time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message) => Encoding.UTF8.GetString(Render(message).Span);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        var body = Render(message);
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _http.PostAsync(
            _url,
            body,
            request =>
            {
                request.Headers.Add("webhook-id", message.Key);
                request.Headers.Add("webhook-timestamp", at);
                request.Headers.Add("webhook-signature", string.Join(' ', _keys.Select(key => Sign(key, message.Key, at, body.Span))));
            },
            null,
            cancellation);
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => ReachProbe.ConnectAsync(_url, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The body of the request.</summary>
    internal static ReadOnlyMemory<byte> Render(AlertMessage message)
    {
        // What people read is made to fit first; the findings themselves come as far as there is room, and their number always.
        for (var items = message.Items.Count; ; items /= 2)
        {
            var body = JsonBody.Write(json => Write(json, message, SizeFit.Cut(message.Document, 20), items));
            if (body.Length <= MostBytes) return body;
            if (items == 0) return SizeFit.Fit(message.Document, document => JsonBody.Write(json => Write(json, message, document, 0)), b => b.Length <= MostBytes);
        }
    }

    private static void Write(Utf8JsonWriter json, AlertMessage message, AlertDocument document, int items)
    {
        json.WriteStartObject();
        json.WriteString("type", message.Items.Count > 0 ? "aksinsights.alert" : "aksinsights.digest");
        json.WriteString("timestamp", message.At.UtcDateTime);
        json.WriteStartObject("data");
        json.WriteString("key", message.Key);
        json.WriteString("thread", message.ThreadKey);
        json.WriteString("title", document.Title);
        json.WriteString("severity", SeverityText.Format(document.Worst));
        json.WriteBoolean("resolved", document.AllOver);
        json.WriteString("markdown", MarkdownText.Write(document));
        json.WriteNumber("findingCount", message.Items.Count);
        json.WriteStartArray("findings");
        foreach (var item in message.Items.Take(items)) WriteItem(json, item);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, AlertItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Finding.Id.Value);
        json.WriteString("event", item.State);
        json.WriteNumber("episode", item.Episode);
        json.WriteString("at", item.At.UtcDateTime);
        json.WriteString("query", item.Finding.Query.Value);
        json.WriteString("severity", SeverityText.Format(item.Severity));
        json.WriteString("title", PlainText.Line(item.Finding.Content.Title));
        if (item.Owner is { } owner) json.WriteString("owner", owner);
        json.WriteStartObject("key");
        foreach (var part in item.Finding.Key.Where(part => part.Value is not null)) json.WriteString(part.Column, part.Value);
        json.WriteEndObject();
        json.WriteStartObject("measures");
        foreach (var measure in item.Finding.Content.Measures.Where(m => m.Value is { } v && double.IsFinite(v))) json.WriteNumber(measure.Name, measure.Value!.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Sign(byte[] key, string id, string at, ReadOnlySpan<byte> body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body]));

    private static string[] Texts(Secret secret) => secret.Reveal().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool TryReadKey(string text, out byte[] key)
    {
        key = new byte[64];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) || length is < 24 or > 64) return false;
        key = key[..length];
        return true;
    }
}
