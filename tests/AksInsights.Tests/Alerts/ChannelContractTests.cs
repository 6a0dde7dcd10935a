using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>What every channel over HTTP owes: the right outcome for every answer, and no way for a name to break what is sent.</summary>
public abstract class ChannelContractTests : IAsyncLifetime
{
    private const string Hostile = "</script><b>x</b> \"quoted\" `tick` <!channel> [click](http://evil.example) @everyone \u202Eevil\u0000\u001b[31m\r\nX-Header: 1 😀 مرحبا \uD83D";

    private protected Receiver Receiver { get; } = new();

    /// <summary>The channel under test, towards <see cref="Receiver"/>.</summary>
    private protected abstract IAlertChannel Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    [Theory]
    [InlineData(200, typeof(DeliveryOutcome.Delivered))]
    [InlineData(429, typeof(DeliveryOutcome.TryLater))]
    [InlineData(500, typeof(DeliveryOutcome.TryLater))]
    [InlineData(503, typeof(DeliveryOutcome.TryLater))]
    [InlineData(302, typeof(DeliveryOutcome.Refused))]
    [InlineData(400, typeof(DeliveryOutcome.Refused))]
    [InlineData(401, typeof(DeliveryOutcome.Refused))]
    [InlineData(410, typeof(DeliveryOutcome.Refused))]
    [InlineData(0, typeof(DeliveryOutcome.TryLater))]
    public async Task TheAnswerDecides(int status, Type expected)
    {
        Receiver.Answer = _ => (status, """{"ok":true,"ts":"1.2"}""", null);
        await using var channel = Create();
        var outcome = await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None);
        Assert.IsType(expected, outcome);
    }

    [Fact]
    public async Task RetryAfterIsPassedOn()
    {
        Receiver.Answer = _ => (429, "", "17");
        await using var channel = Create();
        var outcome = await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<DeliveryOutcome.TryLater>(outcome).After);
    }

    [Fact]
    public async Task NobodyThereIsTriedLaterAndNoSecretIsTold()
    {
        await using var channel = Create();
        await Receiver.DisposeAsync();
        var outcome = await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None);
        Assert.DoesNotContain("SECRET", Assert.IsType<DeliveryOutcome.TryLater>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostileNameBreaksNothing()
    {
        await using var channel = Create();
        var outcome = await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item(AlertSamples.Saying(Hostile))), CancellationToken.None);
        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        var received = Assert.Single(Receiver.Requests);
        using var body = JsonDocument.Parse(received.Body);
        var texts = Texts(body.RootElement).ToList();
        Assert.Contains(texts, text => text.Contains("😀 مرحبا", StringComparison.Ordinal));
        Assert.All(texts.Where(t => t.Contains("evil", StringComparison.Ordinal)), text =>
        {
            Assert.DoesNotContain('\u202E', text);
            Assert.DoesNotContain('\0', text);
            Assert.DoesNotContain('\u001b', text);
            AssertHarmless(text);
        });
    }

    /// <summary>What else a text may not hold in this channel.</summary>
    private protected abstract void AssertHarmless(string text);

    [Fact]
    public async Task TenThousandFindingsFit()
    {
        await using var channel = Create();
        var items = Enumerable.Range(0, 10_000).Select(i => AlertSamples.Item(Findings.Samples.Open(workload: $"w{i}"))).ToArray();
        var outcome = await channel.DeliverAsync(AlertSamples.Message(items) with { Items = TakesAll ? [.. items.Take(3)] : items }, CancellationToken.None);
        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        Assert.All(Receiver.Requests, request => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(request.Body), 10, MostBytes));
    }

    /// <summary>Whether the channel sends a request for each finding, however many.</summary>
    private protected virtual bool TakesAll => false;

    private protected virtual int MostBytes => 20_000;

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };
}

public sealed class TeamsChannelTests : ChannelContractTests
{
    private protected override IAlertChannel Create() => AlertSamples.Channel("teams", ("Url", $"{Receiver.Url}workflows/SECRET?sig=SECRET"));

    private protected override void AssertHarmless(string text)
    {
        // Text runs know no markup; nothing of the name stands anywhere else.
    }

    [Fact]
    public async Task TextsOfACardAreTextRuns()
    {
        await using var channel = Create();
        using var card = JsonDocument.Parse(channel.Preview(AlertSamples.Message(AlertSamples.Item())));
        var content = card.RootElement.GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal("AdaptiveCard", content.GetProperty("type").GetString());
        Assert.All(content.GetProperty("body").EnumerateArray(), block => Assert.Equal("RichTextBlock", block.GetProperty("type").GetString()));
        Assert.Equal("New: cart restarts", content.GetProperty("body")[0].GetProperty("inlines")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("https://contoso.webhook.office.com/webhookb2/x")]
    [InlineData("https://outlook.office.com/webhook/x")]
    public void AnOldConnectorIsRefusedWithAHint(string url)
    {
        var (_, settings) = AlertSamples.Create("teams", ("Url", url));
        Assert.Contains("Send webhook alerts to a channel", Assert.Single(settings.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorInTheBodyOfASuccessIsNoSuccess()
    {
        Receiver.Answer = _ => (200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429", null);
        await using var channel = Create();
        Assert.IsType<DeliveryOutcome.TryLater>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None));
    }
}

public sealed class SlackWebhookTests : ChannelContractTests
{
    private protected override IAlertChannel Create() => AlertSamples.Channel("slack", ("Url", $"{Receiver.Url}services/SECRET"));

    // Escapes and links make the JSON larger than the characters that Slack counts.
    private protected override int MostBytes => 40_000;

    private protected override void AssertHarmless(string text) => Assert.DoesNotContain("<!channel>", text.Contains("&lt;", StringComparison.Ordinal) ? text : "", StringComparison.Ordinal);

    [Fact]
    public async Task BlocksAndCharactersStayWithinSlacksLimits()
    {
        await using var channel = Create();
        using var body = JsonDocument.Parse(channel.Preview(AlertSamples.Digest(AlertSamples.Long(10_000))));
        var blocks = body.RootElement.GetProperty("blocks").EnumerateArray().Select(b => b.GetProperty("text").GetProperty("text").GetString()!).ToList();
        Assert.InRange(blocks.Count, 3, 45);
        Assert.InRange(blocks.Sum(b => b.Length), 9_000, 12_000);
        Assert.All(blocks, block => Assert.True(block.Length <= 3_000));
        Assert.Matches("and 9[0-9]{3} more", string.Concat(blocks));
    }
}

public sealed class SlackBotTests : ChannelContractTests
{
    public SlackBotTests() => Receiver.Answer = _ => (200, """{"ok":true,"ts":"1700000000.000100"}""", null);

    private protected override IAlertChannel Create() => AlertSamples.Channel("slack", ("Token", "xoxb-SECRET"), ("Channel", "C123"), ("ApiUrl", Receiver.Url.ToString()));

    private protected override int MostBytes => 40_000;

    private protected override void AssertHarmless(string text)
    {
        if (text.Contains("evil", StringComparison.Ordinal) && text.Contains("&lt;", StringComparison.Ordinal)) Assert.DoesNotContain("<!", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondMessageOfAThreadEditsTheFirst()
    {
        await using var channel = Create();
        var first = Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None));
        Assert.Equal("1700000000.000100", first.Receipt);
        var end = AlertSamples.Message(AlertSamples.Item(kind: FindingEventKind.Resolved)) with { ThreadReference = first.Receipt };
        await channel.DeliverAsync(end, CancellationToken.None);
        Assert.Equal(["/chat.postMessage", "/chat.update"], Receiver.Requests.Select(r => r.Path));
        using var body = JsonDocument.Parse(Receiver.Requests.Last().Body);
        Assert.Equal(("C123", "1700000000.000100"), (body.RootElement.GetProperty("channel").GetString(), body.RootElement.GetProperty("ts").GetString()));
    }

    [Theory]
    [InlineData("ratelimited", typeof(DeliveryOutcome.TryLater))]
    [InlineData("channel_not_found", typeof(DeliveryOutcome.Refused))]
    public async Task AnErrorOfSlackIsRead(string error, Type expected)
    {
        Receiver.Answer = _ => (200, $$"""{"ok":false,"error":"{{error}}"}""", null);
        await using var channel = Create();
        Assert.IsType(expected, await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None));
    }
}

public sealed class PagerDutyChannelTests : ChannelContractTests
{
    private protected override IAlertChannel Create() => AlertSamples.Channel("pagerduty", ("Url", Receiver.Url.ToString()), ("RoutingKey", "SECRET"));

    private protected override bool TakesAll => true;

    private protected override void AssertHarmless(string text) => Assert.DoesNotContain('\n', text);

    [Fact]
    public async Task TheEndHasTheKeyOfTheBeginning()
    {
        await using var channel = Create();
        await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None);
        await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item(kind: FindingEventKind.Resolved)), CancellationToken.None);
        var bodies = Receiver.Requests.Select(r => JsonDocument.Parse(r.Body).RootElement).ToList();
        Assert.Equal(["trigger", "resolve"], bodies.Select(b => b.GetProperty("event_action").GetString()));
        Assert.Single(bodies.Select(b => b.GetProperty("dedup_key").GetString()).Distinct());
        Assert.Equal("error", bodies[0].GetProperty("payload").GetProperty("severity").GetString());
    }

    [Fact]
    public async Task ALongTitleIsCutToWhatPagerDutyTakes()
    {
        await using var channel = Create();
        await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item(AlertSamples.Saying(new string('x', 5_000)))), CancellationToken.None);
        using var body = JsonDocument.Parse(Receiver.Requests.Single().Body);
        Assert.Equal(1_024, body.RootElement.GetProperty("payload").GetProperty("summary").GetString()!.Length);
    }
}

public sealed class WebhookChannelTests : ChannelContractTests
{
    // The key of the worked example in the Standard Webhooks specification's own test vectors is 24 bytes; this one is 32 zeros and a one.
    private const string Secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";

    private protected override IAlertChannel Create() => AlertSamples.Channel("webhook", ("Url", $"{Receiver.Url}SECRET"), ("Secret", Secret));

    private protected override void AssertHarmless(string text) => Assert.DoesNotMatch(@"(?<!\\)\]\(http://evil", text.StartsWith('#') ? text : "");

    [Fact]
    public async Task TheSignatureIsThatOfTheSpecification()
    {
        await using var channel = Create();
        await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None);
        var request = Receiver.Requests.Single();
        Assert.Equal("msg_0123456789abcdef", request.Headers["webhook-id"]);
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Body}";
        using var hmac = new System.Security.Cryptography.HMACSHA256(Convert.FromBase64String(Secret["whsec_".Length..]));
        Assert.Equal("v1," + Convert.ToBase64String(hmac.ComputeHash(System.Text.Encoding.UTF8.GetBytes(signed))), request.Headers["webhook-signature"]);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("whsec_AAAA")]
    public void AWeakSecretIsRefused(string secret)
    {
        var (_, settings) = AlertSamples.Create("webhook", ("Url", "http://x.example/"), ("Secret", secret));
        Assert.Contains("24 to 64 bytes", Assert.Single(settings.Mistakes), StringComparison.Ordinal);
    }
}

public sealed class AlertmanagerChannelTests : ChannelContractTests
{
    private protected override IAlertChannel Create() => AlertSamples.Channel("alertmanager", ("Urls", Receiver.Url.ToString()));

    // One array with all that is open; Alertmanager takes megabytes.
    private protected override int MostBytes => 10_000_000;

    private protected override void AssertHarmless(string text) => Assert.DoesNotContain('\n', text);

    [Fact]
    public async Task ASeverityThatChangedEndsTheOldAlertInTheSameRequest()
    {
        await using var channel = Create();
        var finding = Findings.Samples.Open(Severity.Warning);
        await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item(finding)), CancellationToken.None);
        var worse = AlertSamples.Item(finding with { Severity = Severity.Critical }, FindingEventKind.Escalated) with { Before = Severity.Warning };
        await channel.DeliverAsync(AlertSamples.Message(worse), CancellationToken.None);
        using var body = JsonDocument.Parse(Receiver.Requests.Last().Body);
        var alerts = body.RootElement.EnumerateArray().Select(a => (a.GetProperty("labels").GetProperty("severity").GetString(), Ends(a) <= TimeProvider.System.GetUtcNow())).ToList();
        Assert.Equal([("warning", true), ("critical", false)], alerts);
    }

    [Fact]
    public async Task EveryPeerIsTold()
    {
        await using var second = new Receiver();
        await using var channel = AlertSamples.Channel("alertmanager", ("Urls", $"{Receiver.Url} {second.Url}"));
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None));
        Assert.Equal("/api/v2/alerts", Assert.Single(Receiver.Requests).Path);
        Assert.Single(second.Requests);
        second.Answer = _ => (503, "", null);
        Assert.IsType<DeliveryOutcome.TryLater>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), CancellationToken.None));
    }

    private static DateTimeOffset Ends(JsonElement alert) => alert.GetProperty("endsAt").GetDateTimeOffset();
}
