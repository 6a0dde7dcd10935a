namespace AksInsights.Kql.Functions;

/// <summary>A function that the binder itself understands, as it looks at names, columns or tables instead of values.</summary>
/// <param name="Name">The name in KQL.</param>
/// <param name="Aliases">Other names, such as deprecated ones.</param>
/// <param name="Description">One sentence: what it gives.</param>
/// <param name="Example">A query that shows it.</param>
/// <param name="Page">The page of the KQL reference.</param>
public sealed record SpecialFunction(string Name, IReadOnlyList<string> Aliases, string Description, string Example, string Page);

/// <summary>The functions that have no kernel, and the names of those that the engine refuses.</summary>
public static class SpecialFunctions
{
    /// <summary>The functions that the binder understands.</summary>
    public static IReadOnlyList<SpecialFunction> All { get; } =
    [
        new("arg_max", ["argmax"], "The row of each group in which a value is greatest: that value, then what else is asked for (`*`: all columns).",
            "summarize arg_max(TimeGenerated, *) by PodUid", "arg-max-aggregation-function"),
        new("arg_min", ["argmin"], "The row of each group in which a value is smallest: that value, then what else is asked for (`*`: all columns).",
            "summarize arg_min(TimeGenerated, Name) by PodUid", "arg-min-aggregation-function"),
        new("bag_pack_columns", ["pack_columns"], "A bag of some columns: their names and values.", "extend Bag = bag_pack_columns(Name, PodStatus)", "bag-pack-columns-function"),
        new("bin_auto", [], "A bin of the size that `set query_bin_auto_size` gives, at the point that `set query_bin_auto_at` gives.",
            "set query_bin_auto_size = 1h; summarize count() by bin_auto(TimeGenerated)", "bin-auto-function"),
        new("column_ifexists", ["columnifexists"], "The column of a name where there is one, else another value.", "extend Pod = column_ifexists('PodName', Name)", "column-ifexists-function"),
        new("column_names_of", [], "The names of a table's columns, as an array.", "print column_names_of(KubePodInventory)", "column-names-of-function"),
        new("ingestion_time", [], "When a row could first be queried, where the recording knows it (`_TimeReceived`); else null.", "extend At = ingestion_time()", "ingestion-time-function"),
        new("materialize", [], "A table that is computed once however often it is used.", "let Pods = materialize(KubePodInventory | distinct PodUid)", "materialize-function"),
        new("pack_all", [], "A bag of all columns; with `true` without nulls and empty texts.", "extend Row = pack_all()", "pack-all-function"),
        new("table", [], "The table of a name.", "table('KubePodInventory')", "table-function"),
        new("toscalar", [], "The first cell of a table as a value.", "let Last = toscalar(Heartbeat | summarize max(TimeGenerated))", "toscalar-function"),
    ];

    /// <summary>Functions of the reference that work on a cluster, a graph or data the engine does not have. The <c>geo_</c> functions are not listed.</summary>
    public static IReadOnlyList<string> Refused { get; } =
    [
        "cluster", "current_cluster_endpoint", "current_database", "current_node_id", "current_principal", "current_principal_details",
        "current_principal_is_member_of", "cursor_after", "cursor_before_or_at", "cursor_current", "database", "entity_group", "extent_id", "extent_tags",
        "external_table", "graph", "inner_nodes", "labels", "materialized_view", "node_degree_in", "node_degree_out", "node_id", "parse_user_agent", "row_id",
        "stored_query_result",
    ];

    /// <summary>Whether the engine knows a function and refuses it, as against a name that is no function at all.</summary>
    public static bool IsRefused(string name) => name.StartsWith("geo_", StringComparison.Ordinal) || Refused.Contains(name);
}
