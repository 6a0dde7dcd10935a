using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Microsoft Teams through the webhook of a workflow: an Adaptive Card.</summary>
/// <remarks>
/// A workflow answers 202 before the card is posted, and a card that is too large fails only there; so the size is kept at 20 KB, well below the 28 KB that
/// Teams allows after wrapping the card once more. All text stands in text runs, which know no Markdown: a name cannot become a link.
/// </remarks>
public sealed class TeamsChannel : IAlertChannel
{
    private const int MostBytes = 20_000;
    private static readonly string[] LegacyHosts = ["webhook.office.com", "outlook.office.com", "outlook.office365.com"];

    private readonly Uri _url;
    private readonly HttpDelivery _http;

    private TeamsChannel(string name, Uri url, TimeProvider time)
    {
        Name = name;
        _url = url;
        _http = new HttpDelivery(time, Secret.OfAddress(url));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "teams";

    /// <inheritdoc/>
    public TimeSpan Gap => TimeSpan.FromSeconds(4);

    /// <summary>Reads the settings: <c>Url</c>, the address the workflow gives.</summary>
    public static TeamsChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var url = settings.RequiredSecretUri("Url");
        if (LegacyHosts.Any(host => url.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)))
        {
            settings.Mistake(
                "Url", "is the address of an Office 365 connector; Microsoft has retired those. In Teams, add the workflow \"Send webhook alerts to a channel\" and give its address.");
        }

        return new TeamsChannel(settings.Name, url, time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message) => Encoding.UTF8.GetString(Render(message).Span);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation) =>
        _http.PostAsync(_url, Render(message), null, Judge, cancellation);

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => ReachProbe.ConnectAsync(_url, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The body of the request, at most 20,000 bytes.</summary>
    internal static ReadOnlyMemory<byte> Render(AlertMessage message) =>
        SizeFit.Fit(message.Document, document => JsonBody.Write(json => WriteMessage(json, document)), body => body.Length <= MostBytes);

    // The old connectors answered 200 with an error in the body; proxies in front of workflows may too.
    private static DeliveryOutcome Judge(string body) => body.Contains("HTTP error", StringComparison.OrdinalIgnoreCase)
        ? new DeliveryOutcome.TryLater(TimeSpan.Zero, $"Teams took the message and answered: {SizeFit.Clip(PlainText.Line(body), 300)}.")
        : new DeliveryOutcome.Delivered();

    private static void WriteMessage(Utf8JsonWriter json, AlertDocument document)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteNull("contentUrl");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        json.WriteEndObject();
        json.WriteString("fallbackText", SizeFit.Clip(document.Title, 300));
        WriteBody(json, document);
        if (document.Link is { } link) WriteAction(json, link);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, AlertDocument document)
    {
        json.WriteStartArray("body");
        WriteText(json, SizeFit.Clip(document.Title, 500), document.AllOver ? "Good" : Colour(document.Worst), "Medium", bold: true, null);
        if (document.Summary.Length > 0) WriteText(json, SizeFit.Clip(document.Summary, 1000), "Default", "Default", bold: false, null);
        foreach (var section in document.Sections)
        {
            if (section.Heading.Length > 0) WriteText(json, section.Heading, "Default", "Default", bold: true, null);
            foreach (var line in section.Lines) WriteLine(json, line);
            if (section.LeftOut > 0) WriteText(json, $"and {section.LeftOut} more", "Default", "Small", bold: false, null);
        }

        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, AlertLine line)
    {
        var badge = line.Over ? "over  " : line.Severity is { } severity ? $"{SeverityText.Format(severity)}  " : "";
        WriteText(json, badge + SizeFit.Clip(line.Text, 500), line.Over ? "Good" : Colour(line.Severity ?? Severity.Info), "Default", bold: false, line.Link);
        if (line.Detail is { Length: > 0 } detail) WriteText(json, SizeFit.Clip(detail, 500), "Default", "Small", bold: false, null);
        if (line.Action is { Length: > 0 } action) WriteText(json, $"To do: {SizeFit.Clip(action, 500)}", "Default", "Small", bold: false, null);
    }

    private static void WriteText(Utf8JsonWriter json, string text, string colour, string size, bool bold, Uri? link)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", text);
        if (colour != "Default") json.WriteString("color", colour);
        if (size != "Default") json.WriteString("size", size);
        if (bold) json.WriteString("weight", "Bolder");
        if (link is not null)
        {
            json.WriteStartObject("selectAction");
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("url", link.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAction(Utf8JsonWriter json, Uri link)
    {
        json.WriteStartArray("actions");
        json.WriteStartObject();
        json.WriteString("type", "Action.OpenUrl");
        json.WriteString("title", "Open in AksInsights");
        json.WriteString("url", link.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Colour(Severity severity) => severity switch
    {
        Severity.Critical or Severity.Error => "Attention",
        Severity.Warning => "Warning",
        _ => "Default",
    };
}
