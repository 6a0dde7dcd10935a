using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>A row of the table <c>finding_events</c>.</summary>
internal class EventRow
{
    public string FindingId { get; set; } = "";
    public long At { get; set; }
    public string Kind { get; set; } = "";
    public long Episode { get; set; }
    public long Severity { get; set; }
    public string Condition { get; set; } = "";
    public long Tell { get; set; }
    public string? Detail { get; set; }

    /// <summary>The event of the row.</summary>
    public FindingEvent ToEvent() => new(
        new FindingId(FindingId),
        StoredTime.To(At),
        StoredNames<FindingEventKind>.Parse(Kind),
        (int)Episode,
        (Severity)Severity,
        StoredNames<Condition>.Parse(Condition),
        Tell != 0,
        Detail);
}

/// <summary>A row of the table <c>evaluations</c>.</summary>
internal class EvaluationRow
{
    public long WindowEnd { get; set; }
    public long WindowStart { get; set; }
    public string Revision { get; set; } = "";
    public string Outcome { get; set; } = "";
    public string? Reason { get; set; }
    public long RowCount { get; set; }
    public long EventCount { get; set; }
    public long RanAt { get; set; }
    public long Took { get; set; }

    /// <summary>The row of an evaluation.</summary>
    public static EvaluationRow From(EvaluationRecord record) => new()
    {
        WindowEnd = StoredTime.From(record.Id.End),
        WindowStart = StoredTime.From(record.Start),
        Revision = record.Revision,
        Outcome = StoredNames<EvaluationOutcome>.Format(record.Outcome),
        Reason = record.Reason,
        RowCount = record.Rows,
        EventCount = record.Events,
        RanAt = StoredTime.From(record.RanAt),
        Took = record.Took.Ticks,
    };

    /// <summary>The evaluation of the row.</summary>
    public EvaluationRecord ToRecord(EvaluationId id) => new()
    {
        Id = id,
        Start = StoredTime.To(WindowStart),
        Revision = Revision,
        Outcome = StoredNames<EvaluationOutcome>.Parse(Outcome),
        Reason = Reason,
        Rows = (int)RowCount,
        Events = (int)EventCount,
        RanAt = StoredTime.To(RanAt),
        Took = TimeSpan.FromTicks(Took),
    };
}
