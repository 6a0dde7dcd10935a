using AksInsights.Core.Queries;
using AksInsights.Core.Queries.OtherTools;

namespace AksInsights.Service.Commands;

/// <summary>Queries as Markdown: one, or a whole library as the page <c>docs/queries.md</c>.</summary>
internal static class QueryMarkdown
{
    /// <summary>Writes the page of a library: one section an area, in it one for each query.</summary>
    public static void WritePage(QueryLibrary library, OtherToolsFile? tools, TextWriter to)
    {
        to.Write("# The queries\n\nWritten by `aksinsights query docs` from the files in `queries/`; a test fails when the two differ. ");
        to.Write("`aksinsights query explain ID` tells the same, with the cases that prove the query.\n");
        foreach (var area in library.Queries.GroupBy(q => q.Id.Area))
        {
            to.Write($"\n## {area.Key}\n\n| query | severity | finds |\n| --- | --- | --- |\n");
            foreach (var query in area)
                to.Write($"| [{query.Id}](#{Anchor(query)}) | {FindingJson.Kebab(query.Metadata.Severity.ToString())} | {query.Metadata.Name} |\n");
            foreach (var query in area)
            {
                to.Write('\n');
                Write(query, new QuerySheet(query, tools), level: 3, to);
            }
        }
    }

    /// <summary>Writes one query under a heading of some level.</summary>
    public static void Write(QueryDefinition query, QuerySheet sheet, int level, TextWriter to)
    {
        to.Write($"{new string('#', level)} {query.Id}\n\n**{query.Metadata.Name}** ({sheet.Summary}; one row for each {sheet.Key}).\n\n");
        to.Write($"{query.Metadata.Description.TrimEnd()}\n\n**Why it matters.** {query.Metadata.Impact.TrimEnd()}\n\n**What to do.**\n\n{query.Metadata.Remediation.TrimEnd()}\n");
        if (query.Metadata.FalsePositives.Count > 0)
            to.Write($"\n**When it is no problem.**\n\n{string.Concat(query.Metadata.FalsePositives.Select(f => $"- {f}\n"))}");
        if (sheet.Parameters.Count > 0)
        {
            to.Write("\n| parameter | default | type | decides |\n| --- | --- | --- | --- |\n");
            foreach (var row in sheet.Parameters) to.Write($"| {string.Join(" | ", row.Select(Cell))} |\n");
        }

        to.Write($"\nReads {sheet.Reads}. A row becomes {sheet.Life}.\n");
        var sources = string.Join(", ", sheet.Sources);
        if (sources.Length > 0) to.Write($"\nOthers that look for it: {sources}.\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    private static string Anchor(QueryDefinition query) => query.Id.Value.Replace("/", "", StringComparison.Ordinal);
}
