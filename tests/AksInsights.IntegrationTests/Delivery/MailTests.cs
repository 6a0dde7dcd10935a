using System.Net;
using AksInsights.Core.Alerts;
using AksInsights.Tests.Alerts;
using AksInsights.Tests.Findings;
using MimeKit;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>A real mail server that puts what it takes into a mailbox.</summary>
[Needs("aiosmtpd")]
public sealed class MailTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-mail");
    private readonly int _port = LoopbackProgram.FreePort();
    private LoopbackProgram? _server;

    public async Task InitializeAsync() => _server = await StartAsync("aiosmtpd.handlers.Mailbox", Box);

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Box => Path.Combine(_folder.FullName, "box");

    [Fact]
    public async Task TheBeginningAndTheEndOfAProblemAreOneThread()
    {
        await using var story = await AlertStory.BeginAsync(Samples.Start, Channel());
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen()]);
        await story.EvaluateAsync(10, []);
        await story.EvaluateAsync(40, []);
        var mails = await ReadAsync();
        Assert.Equal(["New: cart restarts", "Resolved: cart restarts"], mails.Select(mail => mail.Subject).Order());
        Assert.Equal(2, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Single(mails.Select(mail => mail.InReplyTo).Distinct());
        Assert.All(mails, mail => Assert.Equal(["ops@example.com", "sre@example.com"], mail.To.Mailboxes.Select(address => address.Address)));
        Assert.All(mails, mail => Assert.True(mail is { TextBody.Length: > 20, HtmlBody.Length: > 100 }));
    }

    [Fact]
    public async Task AMailThatIsSentAgainHasTheSameName()
    {
        await using var channel = Channel();
        var message = AlertSamples.Message(AlertSamples.Item());
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(message, default));
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(message, default));
        var mails = await ReadAsync();
        Assert.Equal(2, mails.Count);
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task ADigestOfTenThousandFindingsAndHostileNamesArrives()
    {
        await using var channel = Channel();
        var hostile = "x\r\nBcc: all@example.com <script>alert(1)</script> 😀 مرحبا \u202Eevil";
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(AlertSamples.Digest(AlertSamples.Long(10_000, hostile)), default));
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item(AlertSamples.Saying(hostile))), default));
        var mails = await ReadAsync();
        Assert.All(mails, mail =>
        {
            Assert.Empty(mail.Bcc);
            Assert.DoesNotContain("<script", mail.HtmlBody!, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("😀 مرحبا", WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal);
            Assert.True(mail.HtmlBody!.Length < 95_000);
        });
    }

    [Fact]
    public async Task AServerThatIsAwayIsTriedLater()
    {
        await _server!.DisposeAsync();
        _server = null;
        await using var channel = Channel();
        Assert.Contains("could not be reached", Assert.IsType<DeliveryOutcome.TryLater>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), default)).Reason, StringComparison.Ordinal);
        _server = await StartAsync("aiosmtpd.handlers.Mailbox", Box);
        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), default));
    }

    [Fact]
    public async Task AMailThatIsTooLargeForTheServerIsRefused()
    {
        await _server!.DisposeAsync();
        _server = await StartAsync("aiosmtpd.handlers.Mailbox", Box, "-s 2000");
        await using var channel = Channel();
        Assert.Contains("552", Assert.IsType<DeliveryOutcome.Refused>(await channel.DeliverAsync(AlertSamples.Message(AlertSamples.Item()), default)).Reason, StringComparison.Ordinal);
    }

    private IAlertChannel Channel() => AlertSamples.Channel(
        "email", ("Host", "127.0.0.1"), ("Port", $"{_port}"), ("Security", "none"), ("From", "aks@example.com"), ("To", "ops@example.com sre@example.com"));

    private Task<LoopbackProgram> StartAsync(string handler, string argument, string options = "") => LoopbackProgram.StartAsync(
        $"{InstalledPrograms.Find("aiosmtpd")} -n -l 127.0.0.1:{_port} {options} -c {handler} {argument}", _port, Path.Combine(_folder.FullName, "log"));

    private async Task<List<MimeMessage>> ReadAsync()
    {
        var mails = new List<MimeMessage>();
        foreach (var file in Directory.GetFiles(Path.Combine(Box, "new")).Order(StringComparer.Ordinal)) mails.Add(await MimeMessage.LoadAsync(file));
        return mails;
    }
}
