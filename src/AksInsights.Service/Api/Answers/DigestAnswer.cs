using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>A digest that was made for a channel, with what has become of it.</summary>
internal class DigestAnswer
{
    private readonly MessageRecord _record;

    /// <summary>The answer about a digest in the outbox.</summary>
    public DigestAnswer(MessageRecord record)
    {
        _record = record;
        Told = AlertDocument.Parse(record.Message.BodyJson);
    }

    /// <summary>Its name.</summary>
    public string Key => _record.Message.Key;

    /// <summary>The digest of the configuration.</summary>
    public string Digest => _record.Message.Group["digest/".Length..];

    /// <summary>The channel it goes out by.</summary>
    public string Channel => _record.Message.Channel;

    /// <summary>Until when it tells.</summary>
    public DateTimeOffset Until => _record.Message.CreatedAt;

    /// <summary>Until when it tells, in seconds since 1970.</summary>
    public long UntilS => _record.Message.CreatedAt.ToUnixTimeSeconds();

    /// <summary>How it stands.</summary>
    public MessageState State => _record.State;

    /// <summary>When it was delivered or refused.</summary>
    public DateTimeOffset? SettledAt => _record.SettledAt;

    /// <summary>What the receiver said last.</summary>
    public string? Answer => _record.Answer;

    /// <summary>What it says, in one line.</summary>
    public string Title => Told.Title;

    /// <summary>What it says.</summary>
    protected AlertDocument Told { get; }
}

/// <summary>A digest that was made, with its text.</summary>
internal sealed class DigestDetail : DigestAnswer
{
    /// <summary>The answer about a digest in the outbox.</summary>
    public DigestDetail(MessageRecord record)
        : base(record)
    {
    }

    /// <summary>What it says, in sections.</summary>
    public DocumentAnswer Document => new(Told);

    /// <summary>What it says, as Markdown.</summary>
    public string Markdown => MarkdownText.Write(Told);
}

/// <summary>The digest as it would be now.</summary>
internal sealed class DigestNow
{
    private readonly Digest _digest;
    private readonly AlertDocument _document;

    /// <summary>The answer about a digest.</summary>
    public DigestNow(Digest digest, AlertDocument document)
    {
        _digest = digest;
        _document = document;
    }

    /// <summary>From when; left out for a first look.</summary>
    public DateTimeOffset? Since => _digest.Since;

    /// <summary>Until when.</summary>
    public DateTimeOffset Until => _digest.Until;

    /// <summary>How many are open.</summary>
    public int Open => _digest.Open;

    /// <summary>How many were open at its beginning.</summary>
    public int OpenBefore => _digest.OpenBefore;

    /// <summary>How many are new.</summary>
    public int New => _digest.New.Count;

    /// <summary>How many got worse.</summary>
    public int Worse => _digest.Worse.Count;

    /// <summary>How many come and go.</summary>
    public int Flapping => _digest.Flapping.Count;

    /// <summary>How many ended.</summary>
    public int Resolved => _digest.Resolved.Count;

    /// <summary>How many were open at the end of each of the last days, oldest first.</summary>
    public IReadOnlyList<int> Trend => _digest.Trend;

    /// <summary>What the open findings about requests would save in a month.</summary>
    public double SavingPerMonth => _digest.SavingPerMonth;

    /// <summary>What it says, in sections.</summary>
    public DocumentAnswer Document => new(_document);

    /// <summary>What it says, as Markdown.</summary>
    public string Markdown => MarkdownText.Write(_document);
}

/// <summary>What a digest says.</summary>
internal sealed class DocumentAnswer
{
    private readonly AlertDocument _document;

    /// <summary>The answer about a document.</summary>
    public DocumentAnswer(AlertDocument document) => _document = document;

    /// <summary>One line that says it all.</summary>
    public string Title => _document.Title;

    /// <summary>A few words more.</summary>
    public string Summary => _document.Summary;

    /// <summary>The worst that is told.</summary>
    public Severity Worst => _document.Worst;

    /// <summary>Whether all that is told is over.</summary>
    public bool AllOver => _document.AllOver;

    /// <summary>The sections, in the order of reading.</summary>
    public IReadOnlyList<AlertSection> Sections => _document.Sections;

    /// <summary>Where to read on.</summary>
    public Uri? Link => _document.Link;
}
