using System.Collections.Concurrent;
using System.Globalization;
using AksInsights.Kql.Results;

namespace AksInsights.Core.Workspaces;

/// <summary>Asks a workspace how fresh its tables are, by a KQL query like any other, and remembers the answers for the moments asked about.</summary>
/// <remarks>
/// One query a table and moment, however many evaluations ask; only when two ask for the first time at once may it run twice. Answers that could not be had
/// are not remembered. Safe for use by several evaluations at a time.
/// </remarks>
public sealed class FreshnessProbe
{
    /// <summary>The table a cluster writes at every snapshot under all presets of Container Insights but those for metrics alone; it tells which clusters there are.</summary>
    public const string HeartbeatTable = "KubePodInventory";

    private const int RememberedAnswers = 512;

    // The resource id is the cluster in every table of Container Insights; exports made by hand sometimes lack it, but keep the agent's own column.
    private static readonly HashSet<string> TablesWithClusterId = new(StringComparer.Ordinal)
    {
        "KubePodInventory", "KubeNodeInventory", "KubeEvents", "KubeServices", "KubePVInventory", "KubeHealth", "KubeMonAgentEvents",
    };

    private readonly IWorkspace _workspace;
    private readonly TimeSpan _lookback;
    private readonly InventoryProbe _inventory;
    private readonly ConcurrentDictionary<(string Table, DateTimeOffset At), TableHealth> _answers = new();

    /// <summary>Makes a probe.</summary>
    /// <param name="workspace">Whom to ask.</param>
    /// <param name="lookback">How far back rows are looked for; a cluster without a row in that time counts as one that does not write the table.</param>
    public FreshnessProbe(IWorkspace workspace, TimeSpan lookback)
    {
        _workspace = workspace;
        _lookback = lookback;
        _inventory = new InventoryProbe(workspace);
    }

    /// <summary>Makes a probe that looks back a day.</summary>
    public FreshnessProbe(IWorkspace workspace)
        : this(workspace, TimeSpan.FromDays(1))
    {
    }

    /// <summary>How fresh some tables, and always <see cref="HeartbeatTable"/>, were at a moment.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<WorkspaceHealth> MeasureAsync(IEnumerable<string> tables, DateTimeOffset at, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TableHealth>(StringComparer.Ordinal);
        foreach (var table in tables.Append(HeartbeatTable).Distinct(StringComparer.Ordinal))
        {
            if (!_answers.TryGetValue((table, at), out var health))
            {
                health = await AskAsync(table, at, cancellation).ConfigureAwait(false);
                Remember(table, at, health);
            }

            found.Add(table, health);
        }

        return new WorkspaceHealth(at, found);
    }

    /// <summary>What the newest answer about each table was, without asking again; empty before anything was measured.</summary>
    /// <remarks>Tables are measured when a query that needs them is evaluated, so their moments differ.</remarks>
    public IReadOnlyList<MeasuredTable> Known() =>
        [.. _answers.GroupBy(answer => answer.Key.Table).Select(table => table.MaxBy(answer => answer.Key.At)).Select(newest => new MeasuredTable(newest.Key.Table, newest.Key.At, newest.Value)).OrderBy(table => table.Table, StringComparer.Ordinal)];

    /// <summary>Which workloads and nodes there were at the moment that was measured.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<SubjectInventory> SubjectsAsync(WorkspaceHealth health, CancellationToken cancellation) => _inventory.MeasureAsync(health, cancellation);

    /// <summary>The query that measures one table.</summary>
    internal static string QueryText(string table, DateTimeOffset start, DateTimeOffset end)
    {
        var cluster = TablesWithClusterId.Contains(table) ? "iff(isempty(_ResourceId), ClusterId, _ResourceId)" : "_ResourceId";
        return $"""
            {table}
            | where TimeGenerated between (datetime({Literal(start)}) .. datetime({Literal(end)}))
            | extend cluster = tolower({cluster})
            | where isnotempty(cluster)
            | summarize newest = max(TimeGenerated), oldest = min(TimeGenerated), moments = dcount(bin(TimeGenerated, 1m)) by cluster
            """;
    }

    private static string Literal(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static TableFreshness ReadRow(string table, ResultTable rows, int row)
    {
        var newest = Time(rows[row, rows.IndexOf("newest")]);
        var oldest = Time(rows[row, rows.IndexOf("oldest")]);
        var moments = (long)rows[row, rows.IndexOf("moments")]!;
        return new TableFreshness(table, (string)rows[row, rows.IndexOf("cluster")]!, newest, moments < 2 ? null : (newest - oldest) / (moments - 1));
    }

    private static DateTimeOffset Time(object? cell) => new((DateTime)cell!, TimeSpan.Zero);

    private async Task<TableHealth> AskAsync(string table, DateTimeOffset at, CancellationToken cancellation)
    {
        var source = ResourceGraphTables.SourceOf(table);
        // A table of Resource Graph has neither times nor clusters that write it: it is there or it is not.
        var text = source == QuerySource.ResourceGraph ? $"{table} | take 1 | project id" : QueryText(table, at - _lookback, at);
        var query = new WorkspaceQuery(text) { Source = source, Now = at };
        switch (await _workspace.QueryAsync(query, cancellation).ConfigureAwait(false))
        {
            case WorkspaceResult.Complete when source == QuerySource.ResourceGraph:
                return new TableHealth.Known([]);
            case WorkspaceResult.Complete complete:
                var rows = complete.Tables[0];
                return new TableHealth.Known([.. Enumerable.Range(0, rows.RowCount).Select(row => ReadRow(table, rows, row))]);
            case WorkspaceResult.NoData:
                return new TableHealth.Missing();
            case WorkspaceResult.Partial partial:
                return new TableHealth.Unknown(partial.Reason);
            case WorkspaceResult.Failed failed:
                return new TableHealth.Unknown(failed.Reason);
            case var other:
                throw new InvalidOperationException($"A workspace answered with a case that does not exist: {other.GetType().Name}.");
        }
    }

    private void Remember(string table, DateTimeOffset at, TableHealth health)
    {
        if (health is TableHealth.Unknown) return;
        if (_answers.Count >= RememberedAnswers)
        {
            var newest = _answers.Keys.Max(key => key.At);
            foreach (var old in _answers.Keys.Where(key => key.At != newest)) _answers.TryRemove(old, out _);
        }

        _answers[(table, at)] = health;
    }
}

/// <summary>What is known about one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="At">The moment that was asked about.</param>
/// <param name="Health">What was found.</param>
public sealed record MeasuredTable(string Table, DateTimeOffset At, TableHealth Health);
