using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Kql;

namespace AksInsights.Service.Scanning;

/// <summary>Which columns queries read, so that each file of a recording is read once.</summary>
internal static class QueryColumns
{
    /// <summary>The columns by table.</summary>
    public static Dictionary<string, HashSet<string>> Of(RecordedWorkspaceTables tables, IEnumerable<QueryDefinition> queries)
    {
        var needed = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var engine = new KqlEngine(tables);
        foreach (var query in queries)
        {
            // A query that does not compile is reported where it is run.
            if (!engine.TryCompile(query.Text.Kql, query.KqlFile, out var compiled, out _)) continue;
            foreach (var (table, columns) in compiled.Reads) Add(needed, table, columns);
        }

        return needed;
    }

    /// <summary>Adds columns of a table.</summary>
    public static void Add(Dictionary<string, HashSet<string>> needed, string table, IEnumerable<string> columns)
    {
        if (!needed.TryGetValue(table, out var set)) needed[table] = set = new HashSet<string>(StringComparer.Ordinal);
        set.UnionWith(columns);
    }
}
