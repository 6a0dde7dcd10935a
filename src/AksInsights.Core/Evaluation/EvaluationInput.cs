using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>What an evaluation learned from the workspace before it decides anything.</summary>
/// <param name="Outcome">How asking went.</param>
/// <param name="Coverage">What a whole result would speak for; null when not even that is known.</param>
/// <param name="Seen">The problems, for the outcomes <see cref="EvaluationOutcome.Complete"/> and <see cref="EvaluationOutcome.Gaps"/>; otherwise empty.</param>
/// <param name="Trouble">Why there is no verdict at all; null when there is one.</param>
/// <param name="Rows">The rows of the result.</param>
/// <param name="Warnings">What may mislead.</param>
internal sealed record EvaluationInput(
    EvaluationOutcome Outcome,
    Coverage? Coverage,
    IReadOnlyList<Observation> Seen,
    DataTrouble? Trouble,
    int Rows,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Everything that went wrong, as data-health findings tell it.</summary>
    public IEnumerable<DataTrouble> Troubles => Trouble is null ? Coverage?.Troubles ?? [] : [Trouble];

    /// <summary>Asks a workspace: first how fresh its tables are, then the query.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<EvaluationInput> AskAsync(
        EvaluationPlan plan, IWorkspace workspace, FreshnessProbe freshness, EvaluationWindow window, CancellationToken cancellation)
    {
        var health = !plan.Requires.All.Any()
            ? new WorkspaceHealth(window.End, new Dictionary<string, TableHealth>())
            : await freshness.MeasureAsync(plan.Requires.All, window.End, cancellation).ConfigureAwait(false);
        var coverage = Coverage.Of(plan.Requires, health);
        if (coverage.Blocking is { } blocking)
            return Without(blocking.Kind == DataTroubleKind.TableMissing ? EvaluationOutcome.NoData : EvaluationOutcome.Failed, blocking, coverage);

        var query = new WorkspaceQuery(plan.Bind(window)) { Source = plan.Source, Now = window.End };
        var result = await workspace.QueryAsync(query, cancellation).ConfigureAwait(false);
        return result switch
        {
            WorkspaceResult.Complete complete => Read(plan, complete, coverage),
            WorkspaceResult.Partial partial => Without(EvaluationOutcome.Partial, Whole(DataTroubleKind.PartialResult, partial.Reason), coverage),
            WorkspaceResult.NoData none => Without(
                EvaluationOutcome.NoData,
                new DataTrouble(DataTroubleKind.TableMissing, null, none.MissingTables.Count > 0 ? none.MissingTables[0] : null, none.Reason),
                coverage),
            WorkspaceResult.Failed failed => Without(EvaluationOutcome.Failed, Whole(DataTroubleKind.QueryFailed, failed.Reason), coverage),
            _ => throw new InvalidOperationException($"A workspace answered with a case that does not exist: {result.GetType().Name}."),
        };
    }

    private static EvaluationInput Read(EvaluationPlan plan, WorkspaceResult.Complete result, Coverage coverage)
    {
        var rows = result.Tables[0].RowCount;
        var read = ObservationReader.Read(plan, result.Tables[0]);
        if (read.Error is not null)
            return Without(EvaluationOutcome.Failed, Whole(DataTroubleKind.QueryFailed, read.Error), coverage) with { Rows = rows };
        if (read.Seen.Count > plan.Lifecycle.MaxFindings)
        {
            var reason = $"The query found {read.Seen.Count} problems; its limit is {plan.Lifecycle.MaxFindings} (`maxFindings`). "
                + "Raise a threshold or the limit, or see whether something common to them all is wrong.";
            return Without(EvaluationOutcome.TooMany, Whole(DataTroubleKind.TooManyFindings, reason), coverage) with { Rows = rows };
        }

        var outcome = coverage.Troubles.Count == 0 ? EvaluationOutcome.Complete : EvaluationOutcome.Gaps;
        return new EvaluationInput(outcome, coverage, read.Seen, null, rows, [.. result.Warnings, .. read.Warnings]);
    }

    private static DataTrouble Whole(DataTroubleKind kind, string reason) => new(kind, null, null, reason);

    private static EvaluationInput Without(EvaluationOutcome outcome, DataTrouble trouble, Coverage coverage) => new(outcome, coverage, [], trouble, 0, []);
}
