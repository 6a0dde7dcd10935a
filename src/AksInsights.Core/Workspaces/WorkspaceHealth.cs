namespace AksInsights.Core.Workspaces;

/// <summary>How fresh the rows of one cluster are in one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cluster">The cluster's resource id, lower case.</param>
/// <param name="Newest">The time of its newest row up to the moment asked about.</param>
/// <param name="Interval">How far apart its rows usually are; null when there is one moment only.</param>
public sealed record TableFreshness(string Table, string Cluster, DateTimeOffset Newest, TimeSpan? Interval);

/// <summary>What is known about one table at one moment.</summary>
public abstract record TableHealth
{
    private TableHealth()
    {
    }

    /// <summary>The table was asked; clusters that do not appear wrote no row in the time looked at.</summary>
    /// <param name="Clusters">One entry a cluster.</param>
    public sealed record Known(IReadOnlyList<TableFreshness> Clusters) : TableHealth;

    /// <summary>The workspace does not have the table.</summary>
    public sealed record Missing : TableHealth;

    /// <summary>It could not be found out.</summary>
    /// <param name="Reason">Why, as a full sentence.</param>
    public sealed record Unknown(string Reason) : TableHealth;
}

/// <summary>What a workspace has at one moment: its tables, and how fresh each is for each cluster.</summary>
/// <param name="At">The moment.</param>
/// <param name="Tables">What is known, by table name.</param>
public sealed record WorkspaceHealth(DateTimeOffset At, IReadOnlyDictionary<string, TableHealth> Tables)
{
    /// <summary>Every cluster that wrote a row into any of the tables, in name order.</summary>
    public IReadOnlyList<string> Clusters { get; } =
    [
        .. Tables.Values.OfType<TableHealth.Known>().SelectMany(table => table.Clusters).Select(row => row.Cluster)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The newest row of a cluster in any of the tables; null when it wrote none.</summary>
    public TableFreshness? Newest(string cluster) => RowsOf(cluster).MaxBy(row => row.Newest);

    /// <summary>Whether a cluster, though it wrote rows, has stopped: nothing new in any table for 15 minutes and for three times its shortest interval.</summary>
    public bool IsSilent(string cluster)
    {
        if (Newest(cluster) is not { } newest) return false;
        var interval = RowsOf(cluster).Min(row => row.Interval) ?? TimeSpan.Zero;
        return At - newest.Newest > TimeSpan.FromTicks(Math.Max(interval.Ticks * 3, TimeSpan.FromMinutes(15).Ticks));
    }

    private IEnumerable<TableFreshness> RowsOf(string cluster) =>
        Tables.Values.OfType<TableHealth.Known>().SelectMany(table => table.Clusters).Where(row => row.Cluster == cluster);
}
