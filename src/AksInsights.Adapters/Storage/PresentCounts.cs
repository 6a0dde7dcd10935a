namespace AksInsights.Adapters.Storage;

/// <summary>A row of a finding beside the one it replaces.</summary>
/// <param name="Before">What is replaced; null for a finding that is new.</param>
/// <param name="Now">The row.</param>
/// <param name="Turned">Whether more happened than that it was seen again.</param>
internal readonly record struct FindingRowStep(FindingRow? Before, FindingRow Now, bool Turned);

/// <summary>By how much the number of open and clearing findings of one kind changes.</summary>
/// <param name="WorkspaceId">The number of their workspace.</param>
/// <param name="EvaluatedBy">Whose evaluations decide about them; its lock guards the number.</param>
/// <param name="QueryId">What they are instances of.</param>
/// <param name="Cluster">Their cluster; empty when they have none.</param>
/// <param name="Severity">How bad they are.</param>
/// <param name="Change">By how much; not 0.</param>
internal sealed record PresentCount(long WorkspaceId, string EvaluatedBy, string QueryId, string Cluster, long Severity, long Change);

/// <summary>
/// The numbers of open and clearing findings, kept with every change of them, so that a million need not be counted to say how many there are. Lives for one
/// evaluation.
/// </summary>
internal sealed class PresentCounts
{
    private static readonly string[] Present = ["open", "clearing"];

    private readonly Dictionary<PresentCount, long> _changes = [];

    /// <summary>Adds to the numbers.</summary>
    public static readonly RowIncrease<PresentCount> Add = new(
        "finding_counts",
        RowColumn<PresentCount>.Of("present", count => count.Change),
        RowColumn<PresentCount>.Of("workspace_id", count => count.WorkspaceId),
        RowColumn<PresentCount>.Of("evaluated_by", count => count.EvaluatedBy),
        RowColumn<PresentCount>.Of("query_id", count => count.QueryId),
        RowColumn<PresentCount>.Of("cluster", count => count.Cluster),
        RowColumn<PresentCount>.Of("severity", count => count.Severity));

    /// <summary>What the steps so far change, each number once.</summary>
    public IReadOnlyList<PresentCount> Changes => [.. _changes.Where(change => change.Value != 0).Select(change => change.Key with { Change = change.Value })];

    /// <summary>Takes a step into account, and gives it back.</summary>
    public FindingRowStep Count(FindingRowStep step)
    {
        if (step.Before is not null && !step.Turned) return step;
        if (step.Before is { } before && IsPresent(before)) Change(before, -1);
        if (IsPresent(step.Now)) Change(step.Now, 1);
        return step;
    }

    private static bool IsPresent(FindingRow row) => Array.IndexOf(Present, row.Condition) >= 0;

    private void Change(FindingRow row, long by)
    {
        var kind = new PresentCount(row.WorkspaceId, row.EvaluatedBy, row.QueryId, row.Cluster, row.Severity, 0);
        _changes[kind] = _changes.GetValueOrDefault(kind) + by;
    }
}
