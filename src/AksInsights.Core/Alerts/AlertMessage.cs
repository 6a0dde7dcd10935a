using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>One message for one channel: what happened to findings that belong together. Immutable.</summary>
public sealed record AlertMessage
{
    /// <summary>The idempotency key: the same message has the same key however often it is sent.</summary>
    public required string Key { get; init; }

    /// <summary>What messages that belong together have in common, for threads: the same for the beginning and the end of a problem.</summary>
    public required string ThreadKey { get; init; }

    /// <summary>When the newest thing in it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in order; empty for a digest.</summary>
    public required IReadOnlyList<AlertItem> Items { get; init; }

    /// <summary>The same for people.</summary>
    public required AlertDocument Document { get; init; }

    /// <summary>How the channel called the first message of the thread; null when there was none or the channel said nothing.</summary>
    public string? ThreadReference { get; init; }
}

/// <summary>Something that happened to a finding and that people are told.</summary>
/// <param name="Finding">The finding as it is now.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Episode">In which episode.</param>
/// <param name="Severity">How bad it was after it.</param>
/// <param name="At">When.</param>
/// <param name="Owner">Who owns the namespace; null when nobody is known to.</param>
public sealed record AlertItem(Finding Finding, FindingEventKind Kind, int Episode, Severity Severity, DateTimeOffset At, string? Owner = null)
{
    /// <summary>Whether this says once more what was told before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>What happened, in a word or two.</summary>
    public string State => IsRepeat ? "Still open" : Kind switch
    {
        FindingEventKind.Opened => "New",
        FindingEventKind.Reopened => "Back",
        FindingEventKind.Escalated => "Worse",
        FindingEventKind.Resolved => "Resolved",
        FindingEventKind.FlappingStarted => "Comes and goes",
        _ => "Still open",
    };

    /// <summary>How bad it was before, where that is what changed; null otherwise.</summary>
    public Severity? Before { get; init; }

    /// <summary>Whether this tells the end of the problem.</summary>
    public bool Over => Kind == FindingEventKind.Resolved;

    /// <summary>The name of this episode of the problem towards systems that pair a beginning with its end.</summary>
    public string EpisodeKey => $"aksinsights-{Finding.Id.Value}-{Episode}";
}
