namespace AksInsights.Adapters.Storage;

/// <summary>The statements that delete what is old, a batch at a time; common to all databases.</summary>
internal static class PruneSql
{
    // A judgement of people that still stands is carried on to the next finding about the subject, so its finding stays.
    private const string Over =
        "f.condition = 'resolved' AND f.condition_since < @before "
        + "AND NOT (f.is_latest = 1 AND f.workflow IN ('suppressed', 'false-positive') AND (f.workflow_until IS NULL OR f.workflow_until > @now))";

    /// <summary>Who decides about findings that are to go.</summary>
    public const string ScopesWithOldFindings =
        "SELECT DISTINCT f.workspace_id AS WorkspaceId, w.name AS WorkspaceName, f.evaluated_by AS QueryId "
        + $"FROM findings f JOIN workspaces w ON w.id = f.workspace_id WHERE {Over}";

    /// <summary>Deletes the events of the findings that <see cref="DeleteFindings"/> deletes next.</summary>
    public const string DeleteTheirEvents = $"DELETE FROM finding_events WHERE finding_id IN ({Batch})";

    /// <summary>Deletes findings.</summary>
    public const string DeleteFindings = $"DELETE FROM findings WHERE id IN ({Batch})";

    private const string Batch =
        $"SELECT f.id FROM findings f WHERE f.workspace_id = @workspace AND f.evaluated_by = @query AND {Over} ORDER BY f.condition_since, f.id LIMIT @limit";

    /// <summary>All queries that were evaluated.</summary>
    public const string ScopesWithEvaluations =
        "SELECT DISTINCT e.workspace_id AS WorkspaceId, w.name AS WorkspaceName, e.query_id AS QueryId FROM evaluations e JOIN workspaces w ON w.id = e.workspace_id";

    /// <summary>Deletes evaluations, but not the newest and not the newest that had something to say: the next one builds on them.</summary>
    public const string DeleteEvaluations =
        "DELETE FROM evaluations WHERE workspace_id = @workspace AND query_id = @query AND window_end IN (SELECT e.window_end FROM evaluations e "
        + "WHERE e.workspace_id = @workspace AND e.query_id = @query AND e.window_end < @before "
        + $"AND e.window_end <> ({FindingSql.LatestEnd}) "
        + "AND e.window_end <> coalesce((SELECT max(window_end) FROM evaluations WHERE workspace_id = @workspace AND query_id = @query "
        + "AND outcome IN ('complete', 'gaps')), 0) LIMIT @limit)";

    /// <summary>Deletes events of findings that go on.</summary>
    public const string DeleteEvents = "DELETE FROM finding_events WHERE seq IN (SELECT seq FROM finding_events WHERE at < @before LIMIT @limit)";

    /// <summary>Deletes messages that were sent or refused.</summary>
    public const string DeleteMessages = "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE settled_at < @before LIMIT @limit)";
}
