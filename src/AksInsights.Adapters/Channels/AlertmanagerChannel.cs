using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Alertmanager, API v2: what is open is said again and again, what ended for a quarter of an hour, to every peer by itself.</summary>
/// <remarks>
/// Labels are the identity there, and stay the same for a finding; severity is one of them, so a change ends the alert of the old severity and begins one
/// of the new in the same request. An Alertmanager that hears nothing for ten minutes, or three repeats, takes an alert for ended.
/// </remarks>
public sealed class AlertmanagerChannel : IRepeatingChannel
{
    private readonly IReadOnlyList<Uri> _peers;
    private readonly TimeProvider _time;
    private readonly HttpDelivery _http;
    private readonly Dictionary<string, Severity> _told = new(StringComparer.Ordinal);

    private AlertmanagerChannel(string name, IReadOnlyList<Uri> peers, TimeSpan repeatEvery, TimeProvider time)
    {
        Name = name;
        _peers = [.. peers.Select(peer => new Uri(peer, peer.AbsolutePath.TrimEnd('/') + "/api/v2/alerts"))];
        RepeatEvery = repeatEvery;
        _time = time;
        _http = new HttpDelivery(time, [.. peers.Where(peer => peer.UserInfo.Length > 0).Select(Secret.OfAddress)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "alertmanager";

    /// <inheritdoc/>
    public TimeSpan RepeatEvery { get; }

    private TimeSpan Lifetime => RepeatEvery * 3 > TimeSpan.FromMinutes(10) ? RepeatEvery * 3 : TimeSpan.FromMinutes(10);

    /// <summary>Reads the settings: <c>Urls</c>, every peer of a highly available pair with a blank between, perhaps as <c>https://name:password@host</c>; <c>RepeatSeconds</c>, 60 when not given.</summary>
    public static AlertmanagerChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var repeat = settings.Number("RepeatSeconds", 60, 1, 3600);
        return new AlertmanagerChannel(settings.Name, settings.RequiredSecretUris("Urls"), TimeSpan.FromSeconds(repeat), time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message) => Encoding.UTF8.GetString(Render(Alerts(message.Items)).Span);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation) => message.Items.Count == 0
        ? Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Refused("Alertmanager takes alerts; send digests to another channel."))
        : SendAsync(message.Items, cancellation);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> RepeatAsync(IReadOnlyList<AlertItem> items, CancellationToken cancellation) =>
        items.Count == 0 ? Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered()) : SendAsync(items, cancellation);

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation)
    {
        foreach (var peer in _peers)
            if (await _http.GetAsync(new Uri(peer, "status"), cancellation).ConfigureAwait(false) is not DeliveryOutcome.Delivered and var failed) return failed;
        return new DeliveryOutcome.Delivered($"{string.Join(", ", _peers.Select(peer => peer.Authority))} answered with its status.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<DeliveryOutcome> SendAsync(IReadOnlyList<AlertItem> items, CancellationToken cancellation)
    {
        var alerts = Alerts(items);
        var sent = await Task.WhenAll(_peers.Select(peer => SendAsync(peer, alerts, cancellation))).ConfigureAwait(false);
        // One peer that has it tells the others; but each that has not is tried again, as it may be cut off from its peers.
        if (Array.Find(sent, outcome => outcome is not DeliveryOutcome.Delivered) is { } failed) return failed;
        lock (_told)
        {
            foreach (var item in items)
            {
                if (item.Over) _told.Remove(item.EpisodeKey);
                else _told[item.EpisodeKey] = item.Severity;
            }
        }

        return new DeliveryOutcome.Delivered();
    }

    /// <summary>Sends all at once. A refusal may be about one of them while the others were taken, so then each goes by itself.</summary>
    private async Task<DeliveryOutcome> SendAsync(Uri peer, IReadOnlyList<Alert> alerts, CancellationToken cancellation)
    {
        var outcome = await _http.PostAsync(peer, Render(alerts), null, null, cancellation).ConfigureAwait(false);
        if (outcome is not DeliveryOutcome.Refused || alerts.Count == 1) return outcome;
        foreach (var alert in alerts)
        {
            var alone = await _http.PostAsync(peer, Render([alert]), null, null, cancellation).ConfigureAwait(false);
            if (alone is not DeliveryOutcome.Delivered) outcome = alone;
        }

        return outcome;
    }

    private List<Alert> Alerts(IReadOnlyList<AlertItem> items)
    {
        var now = _time.GetUtcNow();
        var alerts = new List<Alert>();
        foreach (var item in items)
        {
            if (Earlier(item) is { } before && before != item.Severity) alerts.Add(new Alert(item, before, now));
            alerts.Add(new Alert(item, item.Severity, item.Over ? now : now + Lifetime));
        }

        return alerts;
    }

    private Severity? Earlier(AlertItem item)
    {
        lock (_told) return _told.TryGetValue(item.EpisodeKey, out var told) ? told : item.Before;
    }

    private static ReadOnlyMemory<byte> Render(IReadOnlyList<Alert> alerts) => JsonBody.Write(json =>
    {
        json.WriteStartArray();
        foreach (var alert in alerts) alert.Write(json);
        json.WriteEndArray();
    });

    /// <summary>An alert under one severity, until a time.</summary>
    private sealed record Alert(AlertItem Item, Severity Severity, DateTimeOffset EndsAt)
    {
        public void Write(Utf8JsonWriter json)
        {
            var finding = Item.Finding;
            json.WriteStartObject();
            json.WriteStartObject("labels");
            json.WriteString("alertname", finding.Query.Value);
            json.WriteString("severity", SeverityText.Format(Severity));
            json.WriteString("aksinsights_finding", finding.Id.Value);
            foreach (var part in finding.Key.Where(part => part.Value is not null)) json.WriteString(LabelName(part.Column), part.Value);
            if (Item.Owner is { } owner) json.WriteString("owner", owner);
            json.WriteEndObject();
            json.WriteStartObject("annotations");
            json.WriteString("summary", PlainText.Line(finding.Content.Title));
            if (finding.Content.Message is { } message) json.WriteString("description", SizeFit.Clip(PlainText.Line(message), 2_000));
            json.WriteEndObject();
            json.WriteString("startsAt", finding.EpisodeSince.UtcDateTime);
            // It may not end before it began, and a replay tells of times that differ from the clock.
            json.WriteString("endsAt", (EndsAt > finding.EpisodeSince ? EndsAt : finding.EpisodeSince).UtcDateTime);
            json.WriteEndObject();
        }

        /// <summary>A column as a label: <c>workloadKind</c> is <c>workload_kind</c>.</summary>
        private static string LabelName(string column)
        {
            var name = new StringBuilder(column.Length + 2);
            foreach (var c in column)
            {
                if (char.IsAsciiLetterUpper(c)) name.Append('_').Append(char.ToLowerInvariant(c));
                else name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            }

            return name.ToString();
        }
    }
}
