using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>The statements of the store, common to all databases.</summary>
internal static class FindingSql
{
    // Columns that never change once a finding exists; is_latest is changed by UnsetLatest alone.
    private const int Fixed = 0;

    // Columns that change when a finding is seen once more and is no other than it was. None is part of an index, so writing them is cheap.
    private const int Seeing = 1;

    // Columns that change when something happens to a finding.
    private const int Turning = 2;

    // When a column changes, the property Dapper fills from it, and the value written to it.
    private static readonly (int When, string Property, RowColumn<FindingRow> Column)[] Columns =
    [
        (Fixed, nameof(FindingRow.Id), RowColumn<FindingRow>.Of("id", row => row.Id)),
        (Fixed, nameof(FindingRow.WorkspaceId), RowColumn<FindingRow>.Of("workspace_id", row => row.WorkspaceId)),
        (Fixed, nameof(FindingRow.QueryId), RowColumn<FindingRow>.Of("query_id", row => row.QueryId)),
        (Fixed, nameof(FindingRow.EvaluatedBy), RowColumn<FindingRow>.Of("evaluated_by", row => row.EvaluatedBy)),
        (Fixed, nameof(FindingRow.Fingerprint), RowColumn<FindingRow>.Of("fingerprint", row => row.Fingerprint)),
        (Fixed, nameof(FindingRow.IsLatest), RowColumn<FindingRow>.Of("is_latest", row => row.IsLatest)),
        (Fixed, nameof(FindingRow.KeyJson), RowColumn<FindingRow>.Of("key_json", row => row.KeyJson)),
        (Fixed, nameof(FindingRow.Cluster), RowColumn<FindingRow>.Of("cluster", row => row.Cluster)),
        (Fixed, nameof(FindingRow.Namespace), RowColumn<FindingRow>.Of("namespace", row => row.Namespace)),
        (Turning, nameof(FindingRow.Severity), RowColumn<FindingRow>.Of("severity", row => row.Severity)),
        (Seeing, nameof(FindingRow.Title), RowColumn<FindingRow>.Of("title", row => row.Title)),
        (Seeing, nameof(FindingRow.Message), RowColumn<FindingRow>.Of("message", row => row.Message)),
        (Seeing, nameof(FindingRow.MeasuresJson), RowColumn<FindingRow>.Of("measures_json", row => row.MeasuresJson)),
        (Seeing, nameof(FindingRow.EvidenceJson), RowColumn<FindingRow>.Of("evidence_json", row => row.EvidenceJson)),
        (Turning, nameof(FindingRow.Condition), RowColumn<FindingRow>.Of("condition", row => row.Condition)),
        (Turning, nameof(FindingRow.ConditionSince), RowColumn<FindingRow>.Of("condition_since", row => row.ConditionSince)),
        (Turning, nameof(FindingRow.ResolveReason), RowColumn<FindingRow>.Of("resolve_reason", row => row.ResolveReason)),
        (Turning, nameof(FindingRow.Workflow), RowColumn<FindingRow>.Of("workflow", row => row.Workflow)),
        (Turning, nameof(FindingRow.WorkflowBy), RowColumn<FindingRow>.Of("workflow_by", row => row.WorkflowBy)),
        (Turning, nameof(FindingRow.WorkflowAt), RowColumn<FindingRow>.Of("workflow_at", row => row.WorkflowAt)),
        (Turning, nameof(FindingRow.WorkflowUntil), RowColumn<FindingRow>.Of("workflow_until", row => row.WorkflowUntil)),
        (Turning, nameof(FindingRow.WorkflowReason), RowColumn<FindingRow>.Of("workflow_reason", row => row.WorkflowReason)),
        (Turning, nameof(FindingRow.Episode), RowColumn<FindingRow>.Of("episode", row => row.Episode)),
        (Fixed, nameof(FindingRow.FirstSeen), RowColumn<FindingRow>.Of("first_seen", row => row.FirstSeen)),
        (Turning, nameof(FindingRow.EpisodeSince), RowColumn<FindingRow>.Of("episode_since", row => row.EpisodeSince)),
        (Seeing, nameof(FindingRow.LastSeen), RowColumn<FindingRow>.Of("last_seen", row => row.LastSeen)),
        (Seeing, nameof(FindingRow.LastEvaluated), RowColumn<FindingRow>.Of("last_evaluated", row => row.LastEvaluated)),
        (Seeing, nameof(FindingRow.SeenCount), RowColumn<FindingRow>.Of("seen_count", row => row.SeenCount)),
        (Seeing, nameof(FindingRow.LowerCount), RowColumn<FindingRow>.Of("lower_count", row => row.LowerCount)),
        (Seeing, nameof(FindingRow.LowerWorst), RowColumn<FindingRow>.Of("lower_worst", row => row.LowerWorst)),
        (Turning, nameof(FindingRow.Turns), RowColumn<FindingRow>.Of("turns", row => row.Turns)),
        (Turning, nameof(FindingRow.FlappingSince), RowColumn<FindingRow>.Of("flapping_since", row => row.FlappingSince)),
        (Seeing, nameof(FindingRow.NoDataSince), RowColumn<FindingRow>.Of("no_data_since", row => row.NoDataSince)),
        (Seeing, nameof(FindingRow.NoDataReason), RowColumn<FindingRow>.Of("no_data_reason", row => row.NoDataReason)),
        (Turning, nameof(FindingRow.IsBaseline), RowColumn<FindingRow>.Of("is_baseline", row => row.IsBaseline)),
        (Turning, nameof(FindingRow.IsTold), RowColumn<FindingRow>.Of("is_told", row => row.IsTold)),
    ];

    private static readonly RowColumn<FindingRow>[] TurningColumns = [.. Columns.Where(c => c.When == Turning).Select(c => c.Column)];

    /// <summary>What only one transaction at a time decides about: the findings that one query's evaluations decide about, in one workspace.</summary>
    public static string Scope(string workspace, string evaluatedBy) => $"{workspace}\n{evaluatedBy}";

    /// <summary>Findings that are open, or were at the last look; the words are those of the indexes over them.</summary>
    public const string Present = "f.condition IN ('open', 'clearing')";

    /// <summary>Findings with the names of their workspaces; a <c>WHERE</c> on <c>f</c> and <c>w</c> follows.</summary>
    public static readonly string Select =
        $"SELECT w.name AS WorkspaceName, {string.Join(", ", Columns.Select(c => $"f.{c.Column.Name} AS {c.Property}"))} "
        + "FROM findings f JOIN workspaces w ON w.id = f.workspace_id ";

    /// <summary>The newest finding of every subject that a query's evaluations decide about.</summary>
    public static readonly string SelectHistory = Select + "WHERE f.workspace_id = @workspace AND f.evaluated_by = @query AND f.is_latest = 1";

    /// <summary>Adds findings.</summary>
    public static readonly RowInsert<FindingRow> Add = new("findings", [.. Columns.Select(c => c.Column)]);

    /// <summary>Brings findings up to date to which nothing happened but that they were seen again.</summary>
    public static readonly RowUpdate<FindingRow> Refresh = new("findings", [Columns[0].Column, .. Columns.Where(c => c.When == Seeing).Select(c => c.Column)]);

    /// <summary>Brings findings up to date.</summary>
    public static readonly RowUpdate<FindingRow> Change = new("findings", [Columns[0].Column, .. Columns.Where(c => c.When != Fixed).Select(c => c.Column)]);

    /// <summary>Makes findings history: others about the same subjects follow them.</summary>
    public static readonly RowUpdate<FindingId> UnsetLatest =
        new("findings", RowColumn<FindingId>.Of("id", id => id.Value), RowColumn<FindingId>.Of("is_latest", _ => 0));

    /// <summary>Forgets the events of findings that are forgotten next.</summary>
    public static readonly RowDelete<FindingId> DeleteEvents = new("finding_events", RowColumn<FindingId>.Of("finding_id", id => id.Value));

    /// <summary>Forgets findings that never opened.</summary>
    public static readonly RowDelete<FindingId> Delete = new("findings", RowColumn<FindingId>.Of("id", id => id.Value));

    /// <summary>Adds events.</summary>
    public static readonly RowInsert<FindingEvent> AddEvent = new(
        "finding_events",
        RowColumn<FindingEvent>.Of("finding_id", e => e.Finding.Value),
        RowColumn<FindingEvent>.Of("at", e => StoredTime.From(e.At)),
        RowColumn<FindingEvent>.Of("kind", e => StoredNames<FindingEventKind>.Format(e.Kind)),
        RowColumn<FindingEvent>.Of("episode", e => e.Episode),
        RowColumn<FindingEvent>.Of("severity", e => (long)e.Severity),
        RowColumn<FindingEvent>.Of("condition", e => StoredNames<Condition>.Format(e.Condition)),
        RowColumn<FindingEvent>.Of("tell", e => e.Tell ? 1L : 0L),
        RowColumn<FindingEvent>.Of("detail", e => e.Detail));

    /// <summary>Whether something happened to a finding between two rows of it, more than being seen again.</summary>
    public static bool Turned(FindingRow before, FindingRow after) => Array.Exists(
        TurningColumns, c => c.Text is { } text ? !string.Equals(text(before), text(after), StringComparison.Ordinal) : c.Number!(before) != c.Number(after));

    /// <summary>The events of one finding.</summary>
    public const string SelectEvents =
        "SELECT finding_id AS FindingId, at AS At, kind AS Kind, episode AS Episode, severity AS Severity, condition AS Condition, tell AS Tell, "
        + "detail AS Detail FROM finding_events WHERE finding_id = @id ORDER BY seq";

    /// <summary>The events of a time, in order.</summary>
    public const string SelectEventsBetween =
        "SELECT finding_id AS FindingId, at AS At, kind AS Kind, episode AS Episode, severity AS Severity, condition AS Condition, tell AS Tell, "
        + "detail AS Detail FROM finding_events WHERE at > @after AND at <= @until ORDER BY seq";

    /// <summary>One evaluation.</summary>
    public const string SelectEvaluation = EvaluationsOf + "AND e.window_end = @end";

    /// <summary>The newest evaluations of a query.</summary>
    public const string SelectEvaluations = EvaluationsOf + "ORDER BY e.window_end DESC LIMIT @limit";

    private const string EvaluationsOf =
        "SELECT e.window_end AS WindowEnd, e.window_start AS WindowStart, e.revision AS Revision, e.outcome AS Outcome, e.reason AS Reason, e.row_count AS RowCount, "
        + "e.event_count AS EventCount, e.ran_at AS RanAt, e.took AS Took FROM evaluations e JOIN workspaces w ON w.id = e.workspace_id "
        + "WHERE w.name = @workspace AND e.query_id = @query ";

    /// <summary>Adds an evaluation.</summary>
    public const string AddEvaluation =
        "INSERT INTO evaluations (workspace_id, query_id, window_end, window_start, revision, outcome, reason, row_count, event_count, ran_at, took) "
        + "VALUES (@workspace, @query, @WindowEnd, @WindowStart, @Revision, @Outcome, @Reason, @RowCount, @EventCount, @RanAt, @Took)";

    /// <summary>The newest evaluation of a query.</summary>
    public const string LatestEnd = "SELECT max(window_end) FROM evaluations WHERE workspace_id = @workspace AND query_id = @query";

    /// <summary>The revision of the newest evaluation that had something to say.</summary>
    public const string LatestRevision =
        "SELECT revision FROM evaluations WHERE workspace_id = @workspace AND query_id = @query AND outcome IN ('complete', 'gaps') "
        + "ORDER BY window_end DESC LIMIT 1";

    /// <summary>What is covered by a query.</summary>
    public const string Covered = "SELECT scope FROM covered_scopes WHERE workspace_id = @workspace AND query_id = @query";

    /// <summary>Covers more.</summary>
    public const string Cover = "INSERT INTO covered_scopes (workspace_id, query_id, scope, since) VALUES (@workspace, @query, @scope, @since)";

    /// <summary>The number of a workspace.</summary>
    public const string SelectWorkspace = "SELECT id FROM workspaces WHERE name = @name";

    /// <summary>Gives a workspace a number.</summary>
    public const string AddWorkspace = "INSERT INTO workspaces (name) VALUES (@name) ON CONFLICT (name) DO NOTHING";
}
