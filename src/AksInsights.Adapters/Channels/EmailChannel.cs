using System.Net.Sockets;
using System.Text;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Secrets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AksInsights.Adapters.Channels;

/// <summary>Mail through an SMTP server: text and HTML, threaded by what belongs together.</summary>
/// <remarks>
/// The Message-ID follows from the idempotency key, so that a mail sent twice is one in most mailboxes. The HTML part stays below 95 KB, as some mail
/// programs cut off at 102.
/// </remarks>
public sealed class EmailChannel : IAlertChannel
{
    private const int MostHtmlBytes = 95_000;

    private readonly Settings _settings;
    private readonly TimeProvider _time;

    private EmailChannel(string name, Settings settings, TimeProvider time)
    {
        Name = name;
        _settings = settings;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "email";

    /// <summary>
    /// Reads the settings: <c>Host</c>, <c>Port</c> (587), <c>Security</c> (<c>starttls</c>, <c>tls</c>, <c>none</c>), <c>User</c> and <c>Password</c>,
    /// <c>From</c>, and <c>To</c>, addresses with blanks between.
    /// </summary>
    public static EmailChannel Create(ChannelSettings settings, TimeProvider time)
    {
        var from = ReadAddresses(settings, "From");
        if (from.Count > 1) settings.Mistake("From", "names several addresses; give one.");
        var user = settings.Optional("User");
        return new EmailChannel(
            settings.Name,
            new Settings(
                settings.Required("Host"),
                settings.Number("Port", 587, 1, 65535),
                settings.Choice("Security", "starttls", "starttls", "tls", "none"),
                user,
                user is null ? settings.OptionalSecret("Password") : settings.RequiredSecret("Password"),
                from.Count > 0 ? from[0] : new MailboxAddress("", "nobody@localhost"),
                ReadAddresses(settings, "To")),
            time);
    }

    /// <inheritdoc/>
    public string Preview(AlertMessage message)
    {
        using var mail = Render(message);
        using var bytes = new MemoryStream();
        mail.WriteTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        using var mail = Render(message);
        return await WithServerAsync(client => client.SendAsync(mail, cancellation), null, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => WithServerAsync(
        client => client.NoOpAsync(cancellation), $"{_settings.Host}:{_settings.Port} lets us in.", cancellation);

    private async Task<DeliveryOutcome> WithServerAsync(Func<SmtpClient, Task> work, string? receipt, CancellationToken cancellation)
    {
        using var client = new SmtpClient { Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(_settings.Host, _settings.Port, Socket(), cancellation).ConfigureAwait(false);
            if (_settings.User is { } user) await client.AuthenticateAsync(user, _settings.Password!.Reveal(), cancellation).ConfigureAwait(false);
            await work(client).ConfigureAwait(false);
        }
        catch (SmtpCommandException error)
        {
            return (int)error.StatusCode is >= 400 and < 500
                ? new DeliveryOutcome.TryLater(TimeSpan.Zero, $"The mail server answered {(int)error.StatusCode}: {Said(error)}.")
                : new DeliveryOutcome.Refused($"The mail server answered {(int)error.StatusCode}: {Said(error)}.");
        }
        catch (Exception error) when (error is AuthenticationException or NotSupportedException)
        {
            return new DeliveryOutcome.Refused($"The mail server does not let us in: {Said(error)} Check `User`, `Password` and `Security`.");
        }
        catch (Exception error) when (error is SocketException or IOException or SmtpProtocolException or SslHandshakeException or TimeoutException or ServiceNotConnectedException)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"The mail server {_settings.Host}:{_settings.Port} could not be reached: {Said(error)}");
        }

        await SayGoodbyeAsync(client).ConfigureAwait(false);
        return new DeliveryOutcome.Delivered(receipt);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The mail has been taken; a connection that ends badly after that takes nothing back.
    private static async Task SayGoodbyeAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ProtocolException or CommandException)
        {
            // Nothing is left to be done about it.
        }
    }

    private MimeMessage Render(AlertMessage message)
    {
        var html = SizeFit.Fit(message.Document, MailHtml.Write, text => Encoding.UTF8.GetByteCount(text) <= MostHtmlBytes);
        var text = SizeFit.Fit(message.Document, MarkdownText.Write, t => Encoding.UTF8.GetByteCount(t) <= MostHtmlBytes);
        var domain = _settings.From.Domain;
        var mail = new MimeMessage
        {
            Subject = SizeFit.Clip(message.Document.Title, 200),
            MessageId = $"{message.Key}@{domain}",
            // A thread has a beginning that was never sent: every mail answers it, so that mail programs put them together whichever came first.
            InReplyTo = $"{message.ThreadKey}@{domain}",
            Date = _time.GetUtcNow(),
            Body = new BodyBuilder { TextBody = text, HtmlBody = html }.ToMessageBody(),
        };
        mail.From.Add(_settings.From);
        mail.To.AddRange(_settings.To);
        mail.References.Add($"{message.ThreadKey}@{domain}");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("List-Id", $"AksInsights <{Name.ToLowerInvariant()}.aksinsights.{domain}>");
        mail.Headers.Add("X-AksInsights-Severity", SeverityText.Format(message.Document.Worst));
        return mail;
    }

    // Servers repeat what they do not like.
    private string Said(Exception error) => PlainText.Line(_settings.Password is { } password ? password.HideIn(error.Message) : error.Message);

    private SecureSocketOptions Socket() => _settings.Security switch
    {
        "none" => SecureSocketOptions.None,
        "tls" => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    private static List<MailboxAddress> ReadAddresses(ChannelSettings settings, string key)
    {
        var found = new List<MailboxAddress>();
        foreach (var text in settings.Required(key).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0) found.Add(address);
            else settings.Mistake(key, $"has `{text}`, which is no mail address.");
        }

        return found;
    }

    private sealed record Settings(
        string Host, int Port, string Security, string? User, Secret? Password, MailboxAddress From, IReadOnlyList<MailboxAddress> To);
}
