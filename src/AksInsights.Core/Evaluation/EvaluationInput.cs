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
    /// <summary>What the workspace had at that moment; null when it was not looked at.</summary>
    public WorkspaceHealth? Health { get; private init; }

    /// <summary>Which workloads and nodes there were; null when it was not looked at.</summary>
    public SubjectInventory? Subjects { get; private init; }

    /// <summary>The first thing that went wrong, as a full sentence; null when nothing did.</summary>
    public string? Reason => Trouble?.Reason ?? (Coverage is { Troubles.Count: > 0 } coverage ? coverage.Troubles[0].Reason : null);

    /// <summary>Whether a cluster has written nothing at all of late, while others have.</summary>
    public bool Forgot(string? cluster) => cluster is not null && Trouble is null && Health is { Clusters.Count: > 0 } health && !health.Clusters.Contains(cluster);

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
        var input = Understand(plan, result, coverage) with { Health = health };
        return input.Trouble is not null || health.Clusters.Count == 0
            ? input
            : input with { Subjects = await freshness.SubjectsAsync(health, cancellation).ConfigureAwait(false) };
    }

    private static EvaluationInput Understand(EvaluationPlan plan, WorkspaceResult result, Coverage coverage) => result switch
    {
        WorkspaceResult.Complete complete => Read(plan, complete, coverage),
        WorkspaceResult.Partial partial => Without(EvaluationOutcome.Partial, Whole(DataTroubleKind.PartialResult, partial.Reason), coverage),
        // The tables that the query declares were there, or it would not have run: it reads others besides.
        WorkspaceResult.NoData none => Without(EvaluationOutcome.NoData, Whole(DataTroubleKind.QueryFailed, none.Reason), coverage),
        WorkspaceResult.Failed failed => Without(EvaluationOutcome.Failed, Whole(DataTroubleKind.QueryFailed, failed.Reason), coverage),
        _ => throw new InvalidOperationException($"A workspace answered with a case that does not exist: {result.GetType().Name}."),
    };

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
