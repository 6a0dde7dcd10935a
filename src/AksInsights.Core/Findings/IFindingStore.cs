using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>Where findings live between evaluations. Safe for concurrent use, by several processes where the store is shared.</summary>
/// <remarks>Every member may throw <see cref="StoreException"/>; then nothing of what it was to do has happened.</remarks>
public interface IFindingStore : IAsyncDisposable
{
    /// <summary>An evaluation that was saved; null when there is none.</summary>
    Task<EvaluationRecord?> FindEvaluationAsync(EvaluationId id, CancellationToken cancellation);

    /// <summary>The end of the newest window of a query that was evaluated in a workspace, whatever came out; null when none was.</summary>
    Task<DateTimeOffset?> LastWindowAsync(WorkspaceId workspace, QueryId query, CancellationToken cancellation);

    /// <summary>The newest evaluations of a query in a workspace, newest first.</summary>
    Task<IReadOnlyList<EvaluationRecord>> EvaluationsAsync(WorkspaceId workspace, QueryId query, int limit, CancellationToken cancellation);

    /// <summary>Saves an evaluation once: decides and writes in one transaction, so that nothing can come in between.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="decide">Makes the changes from what is stored. Pure and quick: others wait meanwhile; it may be called again if a rival forced a new attempt.</param>
    /// <param name="cancellation">Gives up before the transaction is committed, never in the middle of it.</param>
    Task<CommitOutcome> CommitAsync(EvaluationId id, Func<EvaluationHistory, EvaluationCommit> decide, CancellationToken cancellation);

    /// <summary>Changes one finding as people wish, in one transaction.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="change">Makes the step from what is stored; see <see cref="WorkflowStep"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What happened; null when there is no such finding.</returns>
    Task<LifecycleStep?> ChangeAsync(FindingId id, Func<Finding, LifecycleStep> change, CancellationToken cancellation);

    /// <summary>A finding by its id; null when there is none.</summary>
    Task<Finding?> FindAsync(FindingId id, CancellationToken cancellation);

    /// <summary>Findings that match: worst first, then by query, cluster and id.</summary>
    /// <remarks>Open and clearing findings are found by indexes, page after page (<see cref="FindingFilter.After"/>); lists with others read all that match.</remarks>
    Task<IReadOnlyList<Finding>> ListAsync(FindingFilter filter, CancellationToken cancellation);

    /// <summary>How many findings match, by severity; those of none are left out. Limit and place are ignored.</summary>
    /// <remarks>Numbers of open and clearing findings are kept but by namespace; other ones are counted, at O(matches).</remarks>
    Task<IReadOnlyDictionary<Severity, long>> CountAsync(FindingFilter filter, CancellationToken cancellation);

    /// <summary>The events of a finding, oldest first.</summary>
    Task<IReadOnlyList<FindingEvent>> EventsAsync(FindingId id, CancellationToken cancellation);

    /// <summary>The events of a time, in the order they happened.</summary>
    /// <param name="after">After this moment.</param>
    /// <param name="until">Up to this one.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<FindingEvent>> EventsBetweenAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation);
}
