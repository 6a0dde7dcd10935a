namespace AksInsights.Core.Findings;

/// <summary>A finding while one evaluation or person changes it, with the events so far. Lives for one step of the lifecycle.</summary>
internal sealed class FindingDraft(Finding finding, DateTimeOffset at)
{
    private readonly List<FindingEvent> _events = [];
    private int _firstWakeUp = -1;

    /// <summary>The finding as it is so far.</summary>
    public Finding Finding { get; set; } = finding;

    /// <summary>Records an event as the finding is now. People are told if they may be, and told or not is remembered for the episode.</summary>
    public void Tell(FindingEventKind kind, string? detail = null)
    {
        var tell = !Finding.Workflow.Mutes && Finding.FlappingSince is null;
        Finding = Finding with { Told = Finding.Told || tell };
        Add(kind, tell, detail);
    }

    /// <summary>Records an event that people are told of exactly if <paramref name="tell"/> says so.</summary>
    public void Add(FindingEventKind kind, bool tell, string? detail = null) =>
        _events.Add(new FindingEvent(Finding.Id, at, kind, Finding.Episode, Finding.Severity, Finding.Condition, tell, detail));

    /// <summary>Records the end of a reason for silence. If the finding turns out to be open and untold at the end of the step, this is told.</summary>
    public void WakeUp(FindingEventKind kind, string detail)
    {
        if (_firstWakeUp < 0) _firstWakeUp = _events.Count;
        Add(kind, tell: false, detail);
    }

    /// <summary>The finished step.</summary>
    public LifecycleStep ToStep()
    {
        var untold = Finding is { Condition: Condition.Open, Told: false, FlappingSince: null } && !Finding.Workflow.Mutes;
        if (_firstWakeUp >= 0 && untold)
        {
            Finding = Finding with { Told = true };
            _events[_firstWakeUp] = _events[_firstWakeUp] with { Tell = true, Condition = Finding.Condition, Severity = Finding.Severity };
        }

        return new LifecycleStep(Finding, _events);
    }
}
