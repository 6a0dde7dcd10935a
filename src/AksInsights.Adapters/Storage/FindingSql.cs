using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>The statements of the store, common to all databases.</summary>
internal static class FindingSql
{
    // The column, the property Dapper fills from it, and the value written to it.
    private static readonly (string Column, string Property, Func<FindingRow, object?> Value)[] Columns =
    [
        ("id", nameof(FindingRow.Id), row => row.Id),
        ("workspace_id", nameof(FindingRow.WorkspaceId), row => row.WorkspaceId),
        ("query_id", nameof(FindingRow.QueryId), row => row.QueryId),
        ("evaluated_by", nameof(FindingRow.EvaluatedBy), row => row.EvaluatedBy),
        ("fingerprint", nameof(FindingRow.Fingerprint), row => row.Fingerprint),
        ("is_latest", nameof(FindingRow.IsLatest), row => row.IsLatest),
        ("key_json", nameof(FindingRow.KeyJson), row => row.KeyJson),
        ("cluster", nameof(FindingRow.Cluster), row => row.Cluster),
        ("namespace", nameof(FindingRow.Namespace), row => row.Namespace),
        ("severity", nameof(FindingRow.Severity), row => row.Severity),
        ("title", nameof(FindingRow.Title), row => row.Title),
        ("message", nameof(FindingRow.Message), row => row.Message),
        ("measures_json", nameof(FindingRow.MeasuresJson), row => row.MeasuresJson),
        ("evidence_json", nameof(FindingRow.EvidenceJson), row => row.EvidenceJson),
        ("condition", nameof(FindingRow.Condition), row => row.Condition),
        ("condition_since", nameof(FindingRow.ConditionSince), row => row.ConditionSince),
        ("resolve_reason", nameof(FindingRow.ResolveReason), row => row.ResolveReason),
        ("workflow", nameof(FindingRow.Workflow), row => row.Workflow),
        ("workflow_by", nameof(FindingRow.WorkflowBy), row => row.WorkflowBy),
        ("workflow_at", nameof(FindingRow.WorkflowAt), row => row.WorkflowAt),
        ("workflow_until", nameof(FindingRow.WorkflowUntil), row => row.WorkflowUntil),
        ("workflow_reason", nameof(FindingRow.WorkflowReason), row => row.WorkflowReason),
        ("episode", nameof(FindingRow.Episode), row => row.Episode),
        ("first_seen", nameof(FindingRow.FirstSeen), row => row.FirstSeen),
        ("episode_since", nameof(FindingRow.EpisodeSince), row => row.EpisodeSince),
        ("last_seen", nameof(FindingRow.LastSeen), row => row.LastSeen),
        ("last_evaluated", nameof(FindingRow.LastEvaluated), row => row.LastEvaluated),
        ("seen_count", nameof(FindingRow.SeenCount), row => row.SeenCount),
        ("lower_count", nameof(FindingRow.LowerCount), row => row.LowerCount),
        ("lower_worst", nameof(FindingRow.LowerWorst), row => row.LowerWorst),
        ("turns", nameof(FindingRow.Turns), row => row.Turns),
        ("flapping_since", nameof(FindingRow.FlappingSince), row => row.FlappingSince),
        ("no_data_since", nameof(FindingRow.NoDataSince), row => row.NoDataSince),
        ("no_data_reason", nameof(FindingRow.NoDataReason), row => row.NoDataReason),
        ("is_baseline", nameof(FindingRow.IsBaseline), row => row.IsBaseline),
        ("is_told", nameof(FindingRow.IsTold), row => row.IsTold),
    ];

    // What never changes once a finding exists; is_latest is changed by UnsetLatest alone.
    private static readonly string[] Fixed = ["id", "workspace_id", "query_id", "evaluated_by", "fingerprint", "is_latest", "first_seen"];

    /// <summary>Findings with the names of their workspaces; a <c>WHERE</c> on <c>f</c> and <c>w</c> follows.</summary>
    public static readonly string Select =
        $"SELECT w.name AS WorkspaceName, {string.Join(", ", Columns.Select(c => $"f.{c.Column} AS {c.Property}"))} "
        + "FROM findings f JOIN workspaces w ON w.id = f.workspace_id ";

    /// <summary>The newest finding of every subject that a query's evaluations decide about.</summary>
    public static readonly string SelectHistory = Select + "WHERE f.workspace_id = @workspace AND f.evaluated_by = @query AND f.is_latest = 1";

    /// <summary>Adds findings, or brings those that exist up to date.</summary>
    public static readonly RowStatement<FindingRow> Upsert = new(
        $"INSERT INTO findings ({string.Join(", ", Columns.Select(c => c.Column))}) VALUES ({string.Join(", ", Columns.Select(c => "@" + c.Column))}) "
        + "ON CONFLICT (id) DO UPDATE SET "
        + string.Join(", ", Columns.Where(c => !Fixed.Contains(c.Column)).Select(c => $"{c.Column} = excluded.{c.Column}")),
        [.. Columns.Select(c => c.Value)]);

    /// <summary>Makes findings history: others about the same subjects follow them.</summary>
    public static readonly RowStatement<FindingId> UnsetLatest = new("UPDATE findings SET is_latest = 0 WHERE id = @id", id => id.Value);

    /// <summary>Forgets findings that never opened.</summary>
    public static readonly RowStatement<FindingId> Delete = new("DELETE FROM findings WHERE id = @id", id => id.Value);

    /// <summary>Adds events.</summary>
    public static readonly RowStatement<FindingEvent> AddEvent = new(
        "INSERT INTO finding_events (finding_id, at, kind, episode, severity, condition, tell, detail) "
        + "VALUES (@finding_id, @at, @kind, @episode, @severity, @condition, @tell, @detail)",
        e => e.Finding.Value,
        e => StoredTime.From(e.At),
        e => StoredNames<FindingEventKind>.Format(e.Kind),
        e => (long)e.Episode,
        e => (long)e.Severity,
        e => StoredNames<Condition>.Format(e.Condition),
        e => e.Tell ? 1L : 0L,
        e => e.Detail);

    /// <summary>The events of one finding.</summary>
    public const string SelectEvents =
        "SELECT finding_id AS FindingId, at AS At, kind AS Kind, episode AS Episode, severity AS Severity, condition AS Condition, tell AS Tell, "
        + "detail AS Detail FROM finding_events WHERE finding_id = @id ORDER BY seq";

    /// <summary>One evaluation.</summary>
    public const string SelectEvaluation =
        "SELECT e.window_start AS WindowStart, e.revision AS Revision, e.outcome AS Outcome, e.reason AS Reason, e.row_count AS RowCount, "
        + "e.event_count AS EventCount, e.ran_at AS RanAt, e.took AS Took FROM evaluations e JOIN workspaces w ON w.id = e.workspace_id "
        + "WHERE w.name = @workspace AND e.query_id = @query AND e.window_end = @end";

    /// <summary>Adds an evaluation.</summary>
    public const string AddEvaluation =
        "INSERT INTO evaluations (workspace_id, query_id, window_end, window_start, revision, outcome, reason, row_count, event_count, ran_at, took) "
        + "VALUES (@workspace, @query, @End, @WindowStart, @Revision, @Outcome, @Reason, @RowCount, @EventCount, @RanAt, @Took)";

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
}
