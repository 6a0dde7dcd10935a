using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Slack: Block Kit through an incoming webhook, or through a bot, which edits the first message of a thread in place and replies below it.</summary>
/// <remarks>Kept at 45 blocks and 12,000 characters: Slack takes 50 blocks and, undocumented, some 13,200 characters over all of them.</remarks>
public sealed class SlackChannel : IAlertChannel
{
    private const int MostBlocks = 45;
    private const int MostCharacters = 12_000;
    private const int MostOfSection = 3_000;
    private const int MostOfHeader = 150;
    private static readonly Uri DefaultApi = new("https://slack.com/api/");

    private readonly Uri? _webhook;
    private readonly Uri _api;
    private readonly Secret? _token;
    private readonly string _channel;
    private readonly HttpDelivery _http;

    private SlackChannel(string name, Uri? webhook, Uri api, Secret? token, string channel, TimeProvider time)
    {
        Name = name;
        _webhook = webhook;
        _api = api;
        _token = token;
        _channel = channel;
        _http = new HttpDelivery(time, [.. webhook is null ? [] : new[] { Secret.OfAddress(webhook) }, .. token is null ? [] : new[] { token }]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "slack";

    /// <inheritdoc/>
    public TimeSpan Gap => TimeSpan.FromSeconds(1);

    /// <summary>Reads the settings: <c>Url</c> of an incoming webhook, or <c>Token</c> of a bot with <c>Channel</c>, the id of a Slack channel; <c>ApiUrl</c> for a proxy.</summary>
    public static SlackChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var token = settings.OptionalSecret("Token");
        var api = settings.Optional("ApiUrl") is null ? DefaultApi : settings.RequiredUri("ApiUrl");
        var channel = settings.Optional("Channel");
        if (token is null) return new SlackChannel(settings.Name, settings.RequiredSecretUri("Url"), api, null, "", time);
        if (settings.Optional("Url") is not null) settings.Mistake("Url", "and `Token` are two ways to the same; give one of them.");
        return new SlackChannel(settings.Name, null, api, token, channel ?? settings.Required("Channel"), time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message) => Encoding.UTF8.GetString(Render(message).Span);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        if (_webhook is not null) return _http.PostAsync(_webhook, Render(message), null, null, cancellation);
        // An edit is as often repeated as need be: the message ends up the same.
        var edit = message.ThreadReference is not null;
        return _http.PostAsync(new Uri(_api, edit ? "chat.update" : "chat.postMessage"), Render(message), Authorise, body => Judge(body, edit), cancellation);
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => _webhook is not null
        ? ReachProbe.ConnectAsync(_webhook, cancellation)
        : _http.PostAsync(new Uri(_api, "auth.test"), "{}"u8.ToArray(), Authorise, JudgeToken, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The body of the request.</summary>
    internal ReadOnlyMemory<byte> Render(AlertMessage message)
    {
        var blocks = SizeFit.Fit(message.Document, Blocks, Fits);
        return JsonBody.Write(json =>
        {
            json.WriteStartObject();
            if (_webhook is null) json.WriteString("channel", _channel);
            if (_webhook is null && message.ThreadReference is { } first) json.WriteString("ts", first);
            json.WriteString("text", SizeFit.Clip(Escape(message.Document.Title), MostOfSection));
            json.WriteBoolean("unfurl_links", false);
            json.WriteStartArray("blocks");
            foreach (var block in blocks) block.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private void Authorise(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token!.Reveal());

    private static DeliveryOutcome JudgeToken(string body) => Judge(body, edit: false) switch
    {
        DeliveryOutcome.Delivered => new DeliveryOutcome.Delivered("Slack knows the bot's token; whether the bot is in the channel shows with a message."),
        DeliveryOutcome.Refused => new DeliveryOutcome.Refused("Slack does not know the bot's token. Check `Token`."),
        var other => other,
    };

    private static DeliveryOutcome Judge(string body, bool edit)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            var root = answer.RootElement;
            if (root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
                return new DeliveryOutcome.Delivered(root.TryGetProperty("ts", out var at) ? at.GetString() : null);
            var error = root.TryGetProperty("error", out var said) ? said.GetString() : null;
            if (error is "ratelimited" or "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout")
                return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"Slack answered `{error}`.");
            var hint = edit ? " The first message may have been deleted." : " Check that the bot is in the channel and may write there.";
            return new DeliveryOutcome.Refused($"Slack answered `{error ?? "no reason"}`.{hint}");
        }
        catch (JsonException)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, "Slack answered with something that is no JSON.");
        }
    }

    private static bool Fits(IReadOnlyList<SlackBlock> blocks) => blocks.Count <= MostBlocks && blocks.Sum(block => block.Text.Length) <= MostCharacters;

    private static List<SlackBlock> Blocks(AlertDocument document)
    {
        var blocks = new List<SlackBlock> { new("header", SizeFit.Clip(document.Title, MostOfHeader)) };
        if (document.Summary.Length > 0) blocks.Add(Section(Escape(document.Summary)));
        foreach (var section in document.Sections)
        {
            var text = new StringBuilder();
            if (section.Heading.Length > 0) text.Append('*').Append(Escape(section.Heading)).Append("*\n");
            foreach (var line in section.Lines)
            {
                var written = Line(line);
                // A block ends where the next line would not fit, never within a line.
                if (text.Length + written.Length > MostOfSection) Flush(blocks, text);
                text.Append(written);
            }

            if (section.LeftOut > 0) text.Append("and ").Append(section.LeftOut).Append(" more\n");
            Flush(blocks, text);
        }

        if (document.Link is { } link) blocks.Add(Section($"<{link}|Open in AksInsights>"));
        return blocks;
    }

    private static string Line(AlertLine line)
    {
        var text = Escape(SizeFit.Clip(line.Text, 500));
        var badge = line.Over ? ":white_check_mark: " : line.Severity is { } severity ? Badge(severity) : "• ";
        var written = line.Link is { } link ? $"{badge}<{link}|{text.Replace('|', '¦')}>\n" : $"{badge}{text}\n";
        if (line.Detail is { Length: > 0 } detail) written += $"      {Escape(SizeFit.Clip(detail, 400))}\n";
        return line.Action is { Length: > 0 } action ? $"{written}      To do: {Escape(SizeFit.Clip(action, 400))}\n" : written;
    }

    private static void Flush(List<SlackBlock> blocks, StringBuilder text)
    {
        if (text.Length > 0) blocks.Add(Section(text.ToString()));
        text.Clear();
    }

    private static SlackBlock Section(string text) => new("section", SizeFit.Clip(text, MostOfSection));

    private static string Badge(Severity severity) => severity switch
    {
        Severity.Critical => ":rotating_light: ",
        Severity.Error => ":red_circle: ",
        Severity.Warning => ":large_yellow_circle: ",
        _ => ":white_circle: ",
    };

    // These three are all that Slack gives a meaning in a way that can do harm: mentions and links stand in angle brackets.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A block of text.</summary>
    private sealed record SlackBlock(string Type, string Text)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteStartObject("text");
            json.WriteString("type", Type == "header" ? "plain_text" : "mrkdwn");
            json.WriteString("text", Text);
            if (Type == "header") json.WriteBoolean("emoji", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
