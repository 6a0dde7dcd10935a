using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>How a table stands for one cluster, or for a whole workspace where it is not there at all. Immutable.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cluster">The cluster's resource id; null where it is the whole workspace.</param>
/// <param name="State">In one word.</param>
/// <param name="MeasuredAt">The moment that was asked about.</param>
/// <param name="Newest">The time of the newest row; null when there is none.</param>
/// <param name="Interval">How far apart rows usually are; null when that is not known.</param>
/// <param name="Needed">How many queries read the table.</param>
/// <param name="Blind">How many of them have no verdict because of it.</param>
/// <param name="Reason">What is wrong, as full sentences; null when nothing is.</param>
public sealed record TableStanding(
    string Table, string? Cluster, TableState State, DateTimeOffset MeasuredAt, DateTimeOffset? Newest, TimeSpan? Interval, int Needed, int Blind, string? Reason)
{
    /// <summary>How old the newest row was at the moment asked about: how late rows come, at the most.</summary>
    public TimeSpan? Lag => MeasuredAt - Newest;

    /// <summary>Judges what a probe knows by what queries need. Pure.</summary>
    /// <param name="known">The newest answer about each table.</param>
    /// <param name="plans">The queries.</param>
    public static IReadOnlyList<TableStanding> Of(IReadOnlyList<MeasuredTable> known, IReadOnlyCollection<EvaluationPlan> plans)
    {
        var clusters = known.Select(table => table.Health).OfType<TableHealth.Known>().SelectMany(table => table.Clusters).Select(row => row.Cluster)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return [.. known.SelectMany(table => Of(table, plans, clusters))];
    }

    private static IEnumerable<TableStanding> Of(MeasuredTable table, IReadOnlyCollection<EvaluationPlan> plans, List<string> clusters)
    {
        var needed = plans.Count(plan => plan.Requires.All.Contains(table.Table));
        TableStanding Whole(TableState state, string? reason) => new(table.Table, null, state, table.At, null, null, needed, state == TableState.Fresh ? 0 : needed, reason);
        switch (table.Health)
        {
            case TableHealth.Unknown unknown:
                return [Whole(TableState.Unknown, unknown.Reason)];
            case TableHealth.Missing:
                return [Whole(TableState.Missing, $"The workspace does not have the table {table.Table}. {TableWriter.Advice(table.Table)}")];
            case TableHealth.Known when ResourceGraphTables.SourceOf(table.Table) == QuerySource.ResourceGraph:
                return [Whole(TableState.Fresh, null)];
            case TableHealth.Known measured:
                return clusters.Select(cluster => Of(table, measured, plans, cluster, needed));
            case var other:
                throw new InvalidOperationException($"A table in a state that does not exist: {other.GetType().Name}.");
        }
    }

    private static TableStanding Of(MeasuredTable table, TableHealth.Known measured, IReadOnlyCollection<EvaluationPlan> plans, string cluster, int needed)
    {
        var health = new WorkspaceHealth(table.At, new Dictionary<string, TableHealth>(StringComparer.Ordinal) { [table.Table] = measured });
        var limits = plans.Where(plan => plan.Requires.Tables.Contains(table.Table)).Select(plan => plan.Requires.Freshness).OfType<TimeSpan>();
        var troubles = limits.Select(limit => Coverage.Judge(table.Table, cluster, limit, health)).OfType<DataTrouble>().ToList();
        var row = measured.Clusters.FirstOrDefault(freshness => freshness.Cluster == cluster);
        var state = (row, troubles.Count) switch
        {
            // Events may not come for hours when all is well.
            (null, 0) => TableState.Quiet,
            (null, _) => TableState.Missing,
            (_, 0) => TableState.Fresh,
            _ => TableState.Stale,
        };
        return new TableStanding(table.Table, cluster, state, table.At, row?.Newest, row?.Interval, needed, troubles.Count, troubles.FirstOrDefault()?.Reason);
    }
}

/// <summary>How a table stands, in one word.</summary>
public enum TableState
{
    /// <summary>Rows come as they should.</summary>
    Fresh,

    /// <summary>No row of late, which says nothing: no query minds.</summary>
    Quiet,

    /// <summary>Rows stopped coming.</summary>
    Stale,

    /// <summary>It is not there, or the cluster does not write it.</summary>
    Missing,

    /// <summary>It could not be found out.</summary>
    Unknown,
}
