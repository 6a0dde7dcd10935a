namespace AksInsights.Adapters.Storage;

/// <summary>A table of the store, for what is done to all of them.</summary>
/// <param name="Name">The table.</param>
/// <param name="Numbered">The column that the database numbers by itself; null when there is none.</param>
/// <param name="Texts">The columns that hold texts; all others hold 64-bit numbers, or bytes.</param>
internal sealed record StoreTable(string Name, string? Numbered, params string[] Texts)
{
    /// <summary>The columns that hold bytes.</summary>
    public IReadOnlyList<string> Bytes { get; init; } = [];
}

/// <summary>The tables of the store, each after those it refers to.</summary>
internal static class StoreTables
{
    /// <summary>All tables but that of the schema's version and those of the schedule, which make themselves anew.</summary>
    public static IReadOnlyList<StoreTable> All { get; } =
    [
        new("workspaces", "id", "name"),
        new("evaluations", null, "query_id", "revision", "outcome", "reason"),
        new("covered_scopes", null, "query_id", "scope"),
        new(
            "findings", null, "id", "query_id", "evaluated_by", "fingerprint", "key_json", "cluster", "namespace", "title", "message", "measures_json",
            "evidence_json", "condition", "resolve_reason", "workflow", "workflow_by", "workflow_reason", "turns", "no_data_reason"),
        new("finding_counts", null, "evaluated_by", "query_id", "cluster"),
        new("finding_events", "seq", "finding_id", "kind", "condition", "detail"),
        new("outbox", "seq", "message_key", "channel", "group_key", "kind", "finding_id", "body_json", "state", "claim", "answer", "batch"),
        new("usage_reads", null),
        new("usage_containers", "id", "cluster", "namespace", "workload_kind", "workload", "container", "node_pool", "vm_size", "scaler", "heap_flag", "opt_out"),
        new("usage_days", null) { Bytes = ["cpu_histogram", "memory_histogram", "memory_peaks"] },
        new("usage_pools", null, "cluster", "node_pool", "vm_size"),
        new("proposals", null, "link", "repository", "branch", "target", "title", "state", "cluster_name", "namespace"),
    ];
}
