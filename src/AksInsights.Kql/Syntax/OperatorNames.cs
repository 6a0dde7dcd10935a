namespace AksInsights.Kql.Syntax;

/// <summary>The names of the tabular operators.</summary>
internal static class OperatorNames
{
    /// <summary>The operators that are understood, aliases included.</summary>
    public static IReadOnlyList<string> Supported =>
    [
        "as", "assert-schema", "consume", "count", "distinct", "evaluate", "extend", "facet", "filter", "find", "fork", "getschema",
        "invoke", "join", "limit", "lookup", "make-series", "mv-apply", "mv-expand", "mvapply", "mvexpand", "order", "parse", "parse-kv",
        "parse-where", "partition", "print", "project", "project-away", "project-by-names", "project-keep", "project-rename",
        "project-reorder", "range", "reduce", "render", "sample", "sample-distinct", "scan", "search", "serialize", "sort", "summarize",
        "take", "top", "top-hitters", "top-nested", "union", "where",
    ];

    /// <summary>True for operators of the language that this engine does not have: they work on graphs or on a cluster.</summary>
    public static bool IsUnsupported(string word) => word is "make-graph" or "graph-match" or "graph-shortest-paths"
        or "graph-mark-components" or "graph-to-table" or "graph-where-nodes" or "graph-where-edges" or "macro-expand"
        or "execute-and-cache" or "partitionby" or "__partitionby";

    /// <summary>True for any operator of the language.</summary>
    public static bool IsKnown(string word) => IsSupported(word) || IsUnsupported(word);

    // A switch and not the list: it costs nothing before the first query.
    private static bool IsSupported(string word) => word switch
    {
        "as" or "assert-schema" or "consume" or "count" or "distinct" or "evaluate" or "extend" or "facet" or "filter" or "find"
            or "fork" or "getschema" or "invoke" or "join" or "limit" or "lookup" or "make-series" or "mv-apply" or "mv-expand"
            or "mvapply" or "mvexpand" or "order" or "parse" or "parse-kv" or "parse-where" or "partition" or "print" or "project"
            or "project-away" or "project-by-names" or "project-keep" or "project-rename" or "project-reorder" or "range" or "reduce"
            or "render" or "sample" or "sample-distinct" or "scan" or "search" or "serialize" or "sort" or "summarize" or "take"
            or "top" or "top-hitters" or "top-nested" or "union" or "where" => true,
        _ => false,
    };
}
