using AksInsights.Core.Findings;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>What tests of stores do without caring how.</summary>
internal static class StoreActions
{
    /// <summary>Saves an evaluation that opened some findings.</summary>
    public static Task<CommitOutcome> SaveAsync(
        IFindingStore store, double minute, IReadOnlyList<Finding> opened, EvaluationOutcome outcome = EvaluationOutcome.Complete)
    {
        var id = new EvaluationId(Workspace, Query, Minute(minute));
        var record = new EvaluationRecord
        {
            Id = id,
            Start = Minute(minute - 60),
            Revision = "r1",
            Outcome = outcome,
            RanAt = Minute(minute),
            Took = TimeSpan.Zero,
        };
        var events = opened.Select(f => new FindingEvent(f.Id, Minute(minute), FindingEventKind.Opened, 1, f.Severity, f.Condition, Tell: true)).ToArray();
        return store.CommitAsync(id, _ => new EvaluationCommit(record, opened, [], [], events, []), default);
    }
}
