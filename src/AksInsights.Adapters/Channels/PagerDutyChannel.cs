using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>PagerDuty, Events API v2: one incident for each episode of a finding, triggered and resolved under the same key.</summary>
public sealed class PagerDutyChannel : IAlertChannel
{
    private const int MostOfSummary = 1_024;
    private static readonly Uri DefaultUrl = new("https://events.pagerduty.com/v2/enqueue");

    private readonly Uri _url;
    private readonly Secret _routingKey;
    private readonly HttpDelivery _http;

    private PagerDutyChannel(string name, Uri url, Secret routingKey, TimeProvider time)
    {
        Name = name;
        _url = url;
        _routingKey = routingKey;
        _http = new HttpDelivery(time, routingKey);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "pagerduty";

    /// <summary>Reads the settings: <c>RoutingKey</c> of the service's integration; <c>Url</c> for another region, such as <c>https://events.eu.pagerduty.com/v2/enqueue</c>.</summary>
    public static PagerDutyChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var url = settings.Optional("Url") is null ? DefaultUrl : settings.RequiredUri("Url");
        return new PagerDutyChannel(settings.Name, url, settings.RequiredSecret("RoutingKey"), time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message) =>
        string.Join('\n', message.Items.Select((item, i) => Encoding.UTF8.GetString(Render(item, Line(message, i), "ROUTING-KEY").Span)));

    /// <summary>Sends an event for each item. When one does not arrive, all are sent again later: the key makes that harmless.</summary>
    public async Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        if (message.Items.Count == 0) return new DeliveryOutcome.Refused("PagerDuty is for incidents; send digests to another channel.");
        for (var i = 0; i < message.Items.Count; i++)
        {
            var body = Render(message.Items[i], Line(message, i), _routingKey.Reveal());
            var outcome = await _http.PostAsync(_url, body, null, null, cancellation).ConfigureAwait(false);
            if (outcome is not DeliveryOutcome.Delivered) return outcome;
        }

        return new DeliveryOutcome.Delivered();
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => ReachProbe.ConnectAsync(_url, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ReadOnlyMemory<byte> Render(AlertItem item, AlertLine? line, string routingKey) => JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("routing_key", routingKey);
        json.WriteString("event_action", item.Over ? "resolve" : "trigger");
        json.WriteString("dedup_key", item.EpisodeKey);
        json.WriteStartObject("payload");
        json.WriteString("summary", SizeFit.Clip(PlainText.Line(item.Finding.Content.Title), MostOfSummary));
        json.WriteString("source", item.Finding.Key.Cluster ?? item.Finding.Workspace.Value);
        json.WriteString("severity", SeverityText.Format(item.Severity));
        json.WriteString("timestamp", item.At.UtcDateTime);
        json.WriteString("component", item.Finding.Key["workload"] ?? item.Finding.Key["node"] ?? "");
        json.WriteString("group", item.Finding.Key["namespace"] ?? "");
        json.WriteString("class", item.Finding.Query.Value);
        json.WriteStartObject("custom_details");
        if (line?.Detail is { } detail) json.WriteString("detail", SizeFit.Clip(detail, 2_000));
        if (line?.Action is { } action) json.WriteString("to do", SizeFit.Clip(action, 2_000));
        json.WriteString("finding", item.Finding.Id.Value);
        json.WriteEndObject();
        json.WriteEndObject();
        if (line?.Link is { } link) WriteLink(json, link);
        json.WriteEndObject();
    });

    private static void WriteLink(Utf8JsonWriter json, Uri link)
    {
        json.WriteString("client", "AksInsights");
        json.WriteString("client_url", link.ToString());
    }

    /// <summary>The words for an item: those of the document when it has one line for each, as a message of one finding has.</summary>
    private static AlertLine? Line(AlertMessage message, int item) =>
        message.Items.Count == 1 && message.Document.Sections is [{ Lines: [var line] }] && item == 0 ? line : null;
}
