using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>Something that happened to the finding it stands with.</summary>
internal class FindingEventAnswer
{
    private readonly FindingEvent _event;

    /// <summary>The answer about an event.</summary>
    public FindingEventAnswer(FindingEvent happened) => _event = happened;

    /// <summary>When: the end of the window that decided it, or when somebody said it.</summary>
    public DateTimeOffset At => _event.At;

    /// <summary>When, in seconds since 1970.</summary>
    public long AtS => _event.At.ToUnixTimeSeconds();

    /// <summary>What.</summary>
    public FindingEventKind Kind => _event.Kind;

    /// <summary>In which episode of the finding.</summary>
    public int Episode => _event.Episode;

    /// <summary>How bad the finding was after it.</summary>
    public Severity Severity => _event.Severity;

    /// <summary>How bad as a number, from 0 for info to 3 for critical.</summary>
    public int SeverityRank => (int)_event.Severity;

    /// <summary>The condition of the finding after it.</summary>
    public Condition Condition => _event.Condition;

    /// <summary>Whether people are told of it.</summary>
    public bool Tell => _event.Tell;

    /// <summary>Why, or by whom.</summary>
    public string? Detail => _event.Detail;
}

/// <summary>Something that happened to a finding.</summary>
internal sealed class EventAnswer : FindingEventAnswer
{
    private readonly RecordedEvent _recorded;

    /// <summary>The answer about an event.</summary>
    public EventAnswer(RecordedEvent recorded)
        : base(recorded.Event) => _recorded = recorded;

    /// <summary>Its number in the store.</summary>
    public long Sequence => _recorded.Sequence;

    /// <summary>The finding.</summary>
    public string Finding => _recorded.Event.Finding.Value;

    /// <summary>What the finding says now, in one line.</summary>
    public string Title => _recorded.Title;

    /// <summary>Where it was found.</summary>
    public string Workspace => _recorded.Workspace.Value;

    /// <summary>The query it is an instance of.</summary>
    public string Query => _recorded.Query.Value;

    /// <summary>The area of the query.</summary>
    public string Area => _recorded.Query.Area;

    /// <summary>The cluster of the finding, by its resource id.</summary>
    public string? Cluster => _recorded.Cluster.Length == 0 ? null : _recorded.Cluster;

    /// <summary>The namespace of the finding.</summary>
    public string? Namespace => _recorded.Namespace.Length == 0 ? null : _recorded.Namespace;
}
