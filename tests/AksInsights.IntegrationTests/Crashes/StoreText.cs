using System.Data.Common;
using System.Globalization;
using System.Text;
using AksInsights.Adapters.Storage;
using Dapper;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>All that a store holds but for the clock on the wall, as text to compare.</summary>
internal static class StoreText
{
    // Events are compared in their order within each finding; between findings of different queries the order is that of chance.
    private static readonly string[] Statements =
    [
        "SELECT w.name, e.query_id, e.window_end, e.window_start, e.revision, e.outcome, e.reason, e.row_count, e.event_count FROM evaluations e "
            + "JOIN workspaces w ON w.id = e.workspace_id ORDER BY 1, 2, 3",
        "SELECT query_id, scope, since FROM covered_scopes ORDER BY 1, 2",
        "SELECT id, query_id, evaluated_by, fingerprint, is_latest, key_json, cluster, namespace, severity, title, message, measures_json, evidence_json, "
            + "condition, condition_since, resolve_reason, workflow, episode, first_seen, episode_since, last_seen, last_evaluated, seen_count, lower_count, "
            + "lower_worst, turns, flapping_since, no_data_since, no_data_reason, is_baseline, is_told FROM findings ORDER BY id",
        "SELECT evaluated_by, query_id, cluster, severity, present FROM finding_counts WHERE present <> 0 ORDER BY 1, 2, 3, 4",
        "SELECT finding_id, at, kind, episode, severity, condition, tell, detail FROM finding_events ORDER BY finding_id, seq",
        "SELECT message_key, channel, group_key, kind, finding_id, body_json, state FROM outbox ORDER BY message_key",
        "SELECT c.cluster, c.namespace, c.workload, c.container, c.facts_day, c.node_pool, d.day, d.hours_seen, d.milli_pods, d.cpu_histogram, d.cpu_max, "
            + "d.memory_histogram, d.memory_peaks, d.memory_max, d.restarts FROM usage_days d JOIN usage_containers c ON c.id = d.container_id ORDER BY 1, 2, 3, 4, 7",
    ];

    /// <summary>The text, a row a line.</summary>
    public static Task<string> OfAsync(StoreConnections connections) => connections.ReadAsync(
        async connection =>
        {
            var text = new StringBuilder();
            foreach (var statement in Statements)
            {
                text.Append('#').Append(statement.AsSpan(0, 40)).Append('\n');
                await using var reader = await connection.ExecuteReaderAsync(statement);
                while (await reader.ReadAsync()) Append(text, reader);
            }

            return text.ToString();
        },
        default);

    private static void Append(StringBuilder text, DbDataReader row)
    {
        for (var i = 0; i < row.FieldCount; i++) text.Append(Cell(row.IsDBNull(i) ? "-" : row.GetValue(i))).Append('|');
        text.Append('\n');
    }

    private static string? Cell(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
