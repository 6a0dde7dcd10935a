using System.Collections.Concurrent;
using System.Globalization;
using AksInsights.Kql.Results;
using static AksInsights.Core.Workspaces.SubjectInventory;

namespace AksInsights.Core.Workspaces;

/// <summary>Asks a workspace which workloads and nodes there are, and remembers the answer for the newest moments. Safe for use by several evaluations at a time.</summary>
/// <param name="workspace">Whom to ask.</param>
public sealed class InventoryProbe(IWorkspace workspace)
{
    private const int RememberedAnswers = 16;
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<DateTimeOffset, SubjectInventory> _answers = new();

    /// <summary>The tables that are read, with their columns.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Reads { get; } = new Dictionary<string, IReadOnlyCollection<string>>
    {
        ["KubePodInventory"] = ["TimeGenerated", "_ResourceId", "ClusterId", "Namespace", "ControllerKind", "ControllerName", "Name"],
        ["KubeNodeInventory"] = ["TimeGenerated", "_ResourceId", "ClusterId", "Computer"],
    };

    /// <summary>What there was at a moment. Clusters whose pod inventory is not fresh, or of which no inventory came, are not judged.</summary>
    /// <param name="health">The freshness of <see cref="FreshnessProbe.HeartbeatTable"/> at that moment.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SubjectInventory> MeasureAsync(WorkspaceHealth health, CancellationToken cancellation)
    {
        if (_answers.TryGetValue(health.At, out var known)) return known;
        var subjects = new List<KeyValuePair<Subject, DateTimeOffset>>();
        var whole = await AddAsync(WorkloadsText(health.At), ReadWorkload, subjects, health.At, cancellation).ConfigureAwait(false);
        whole &= await AddAsync(NodesText(health.At), ReadNode, subjects, health.At, cancellation).ConfigureAwait(false);
        var inventory = new SubjectInventory(subjects, Patience(health));
        if (whole) Remember(health.At, inventory);
        return inventory;
    }

    private static Dictionary<string, TimeSpan> Patience(WorkspaceHealth health) =>
        health.Tables.GetValueOrDefault(FreshnessProbe.HeartbeatTable) is not TableHealth.Known pods
            ? []
            : pods.Clusters.Where(c => health.At - c.Newest <= Pause(c)).ToDictionary(c => c.Cluster, Pause);

    /// <summary>Two snapshots may be lost; what is missing from three of them is not there.</summary>
    private static TimeSpan Pause(TableFreshness pods) => pods.Interval * 3 is { } slow && slow > ShortestAbsence ? slow : ShortestAbsence;

    private static string WorkloadsText(DateTimeOffset at) => $$"""
        KubePodInventory
        | where TimeGenerated between ({{Literal(at - Lookback)}} .. {{Literal(at)}})
        | summarize lastSeen = max(TimeGenerated)
            by cluster = tolower(iff(isempty(_ResourceId), ClusterId, _ResourceId)), Namespace, ControllerKind, ControllerName, pod = iff(isempty(ControllerKind), Name, "")
        | extend
            kind = case(
                ControllerKind == "ReplicaSet", "Deployment",
                ControllerKind == "Job" and ControllerName matches regex "-[0-9]{8,}$", "CronJob",
                isempty(ControllerKind), "Pod",
                ControllerKind),
            name = case(
                ControllerKind == "ReplicaSet", coalesce(extract("^(.+)-[^-]+$", 1, ControllerName), ControllerName),
                ControllerKind == "Job", extract("^(.+?)(-[0-9]{8,})?$", 1, ControllerName),
                isempty(ControllerKind), pod,
                ControllerName)
        | summarize lastSeen = max(lastSeen) by cluster, namespace = Namespace, kind, name
        """;

    private static string NodesText(DateTimeOffset at) => $"""
        KubeNodeInventory
        | where TimeGenerated between ({Literal(at - Lookback)} .. {Literal(at)})
        | summarize lastSeen = max(TimeGenerated) by cluster = tolower(iff(isempty(_ResourceId), ClusterId, _ResourceId)), node = tolower(Computer)
        """;

    private static Subject ReadWorkload(ResultTable rows, int row)
    {
        string Cell(string column) => (string?)rows[row, rows.IndexOf(column)] ?? "";
        return Subject.OfWorkload(Cell("cluster"), Cell("namespace"), Cell("kind"), Cell("name"));
    }

    private static Subject ReadNode(ResultTable rows, int row) =>
        Subject.OfNode((string?)rows[row, rows.IndexOf("cluster")] ?? "", (string?)rows[row, rows.IndexOf("node")] ?? "");

    private static string Literal(DateTimeOffset time) =>
        $"datetime({time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)})";

    /// <summary>False when the answer was not whole and is to be asked for again; a table that is not there is a whole answer.</summary>
    private async Task<bool> AddAsync(
        string text, Func<ResultTable, int, Subject> read, List<KeyValuePair<Subject, DateTimeOffset>> subjects, DateTimeOffset at, CancellationToken cancellation)
    {
        var result = await workspace.QueryAsync(new WorkspaceQuery(text) { Now = at }, cancellation).ConfigureAwait(false);
        if (result is not WorkspaceResult.Complete complete) return result is WorkspaceResult.NoData;
        var rows = complete.Tables[0];
        for (var row = 0; row < rows.RowCount; row++)
        {
            var time = new DateTimeOffset((DateTime)rows[row, rows.IndexOf("lastSeen")]!, TimeSpan.Zero);
            subjects.Add(new(read(rows, row), time));
        }

        return true;
    }

    private void Remember(DateTimeOffset at, SubjectInventory inventory)
    {
        if (_answers.Count >= RememberedAnswers) _answers.TryRemove(_answers.Keys.Min(), out _);
        _answers[at] = inventory;
    }
}
