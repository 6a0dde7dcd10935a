using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries.Linting;

/// <summary>Words that Azure's grammar keeps for itself, though many of them look like good names.</summary>
/// <remarks>
/// Found by trying every keyword of Microsoft's parser (@kusto/language-service-next 12.4.1) as the name of a column and of a <c>let</c>: these are errors there, in
/// lower case and without brackets. The embedded engine takes most of them.
/// </remarks>
internal static class ReservedWords
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "accumulate", "and", "anomalychart", "areachart", "as", "asc", "bagexpansion", "barchart", "between", "bin_legacy", "boolean", "by", "byte", "cachingpolicy",
        "callout", "cancel", "card", "char", "columnchart", "contains", "contains_cs", "containscs", "cycles", "dataexport", "datascope", "datatable", "date", "datetime",
        "decimal", "decodeblocks", "desc", "double", "dynamic", "earliest", "encodingpolicy", "endswith", "endswith_cs", "expandoutput", "extent_tags_retention",
        "external_data", "externaldata", "find", "first", "flags", "float", "force_remote", "harddelete", "hardretention", "has", "has_all", "has_any", "has_cs",
        "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "hotcache", "in", "int", "int16", "int32", "int64", "int8", "invoke", "isfuzzy", "journal", "kind",
        "ladderchart", "last", "latest", "like", "likecs", "linechart", "long", "materialize", "mdm", "missing", "nooptimization", "notcontains", "notcontainscs",
        "notlike", "notlikecs", "of", "or", "others", "pathformat", "piechart", "pivotchart", "print", "project", "queries", "query_results", "real", "relaxed",
        "restricted_view_access", "row_level_security", "rowstore", "rowstore_references", "rowstore_sealinfo", "rowstorepolicy", "rowstores", "sample", "scatterchart",
        "seal", "seals", "search", "set", "shards", "simple", "softdelete", "softretention", "sql", "stackedareachart", "startswith", "startswith_cs", "statistics",
        "storedqueryresultcontainers", "string", "tablepurge", "time", "timechart", "timeline", "timepivot", "timespan", "title", "to", "toscalar", "totable", "treemap",
        "uint", "uint16", "uint32", "uint64", "uint8", "ulong", "union", "uniqueid", "unrestrictedviewers", "verbose", "viewers", "views", "where", "with_itemindex",
        "with_match_id", "with_source", "with_step_name", "withsource", "writeaheadlog",
    };

    /// <summary>The names that a query gives to something, reserved and not in brackets, in the order of the text.</summary>
    public static IEnumerable<NameSyntax> In(QuerySyntax query) => query.Statements.SelectMany(s => SyntaxWalker.Descendants(s).Prepend(s)).SelectMany(Given).Where(IsReserved);

    private static IEnumerable<NameSyntax> Given(SyntaxNode node) => node switch
    {
        LetStatement let => [let.Name],
        NamedExpression named => named.Names,
        FunctionParameter parameter => [parameter.Name],
        _ => [],
    };

    // A name in brackets is longer in the text than in meaning, and may be anything.
    private static bool IsReserved(NameSyntax name) => name.Span.Length == name.Text.Length && Words.Contains(name.Text);
}
