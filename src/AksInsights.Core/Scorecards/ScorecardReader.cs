using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Yaml;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Scorecards;

/// <summary>Reads a library's <c>scorecard.yaml</c>.</summary>
public static class ScorecardReader
{
    /// <summary>The file's name in the folder of a library.</summary>
    public const string Name = "scorecard.yaml";

    /// <summary>Reads the file of a library.</summary>
    /// <param name="folder">The library's folder.</param>
    /// <param name="queries">The ids of its queries, which items may name.</param>
    /// <param name="found">What is wrong with the file.</param>
    /// <returns>Null when there is no such file, or it cannot be used.</returns>
    public static ScorecardFile? Read(string folder, IReadOnlyCollection<string> queries, out IReadOnlyList<FileDiagnostic> found)
    {
        found = [];
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        var report = new FileReport(path, "");
        try
        {
            report = new FileReport(path, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Unreadable(error.Message);
        }

        var fields = report.HasErrors ? null : YamlFields.Open(YamlTree.Read(report.Text, report), "A scorecard", report);
        var file = fields is null ? null : Read(fields, queries, report);
        found = report.Found;
        return report.HasErrors ? null : file;
    }

    private static ScorecardFile Read(YamlFields fields, IReadOnlyCollection<string> queries, FileReport report)
    {
        var facts = new OrderedDictionary<string, FactsQuery>();
        foreach (var entry in fields.Entries("facts"))
        {
            if (YamlFields.Open(entry.Value, $"The facts `{entry.Key.Text}`", report) is { } query) facts[entry.Key.Text] = Facts(query, report);
        }

        var items = fields.Items("items", required: true).Select(node => YamlFields.Open(node, "An item", report)).OfType<YamlFields>().Select(f => Item(f, queries, report)).ToList();
        fields.Finish();
        return new ScorecardFile { Facts = facts, Items = items };
    }

    private static FactsQuery Facts(YamlFields fields, FileReport report)
    {
        var source = fields.Choice("source", QuerySource.LogAnalytics);
        var scalar = fields.Scalar("query", required: true);
        fields.Finish();
        var kql = scalar?.Text ?? "";
        if (scalar is null) return new FactsQuery { Source = source, Query = kql };
        var tree = SyntaxTree.Parse(kql);
        var header = tree.HasErrors ? null : QueryHeader.Read(tree.Root, new FileReport(report.File, kql));
        if (header is not null) return new FactsQuery { Source = source, Query = kql, Text = new QueryText(kql, tree.Root, header) };
        report.BadFacts(scalar.Span, tree.Diagnostics is [var first, ..] ? first.Message : "It does not begin with `let endTime = now();` and `let startTime = endTime - 1h;`.");
        return new FactsQuery { Source = source, Query = kql };
    }

    private static ScorecardItem Item(YamlFields fields, IReadOnlyCollection<string> queries, FileReport report)
    {
        var fails = fields.Scalars("fails");
        foreach (var scalar in fails.Where(s => !queries.Contains(s.Text))) report.UnknownQuery(scalar.Span, scalar.Text, queries);
        var item = new ScorecardItem
        {
            Id = fields.Text("id"),
            Name = fields.Text("name"),
            Why = fields.Text("why"),
            Fails = [.. fails.Select(s => s.Text)],
            Evidence = Evidence(fields.Scalar("evidence"), report),
            OnlyWith = fields.OptionalText("onlyWith"),
            ProvenBy = fields.OptionalText("provenBy"),
            Likely = fields.OptionalText("likely"),
            Needs = fields.Text("needs"),
        };
        fields.Finish();
        return item;
    }

    private static TextTemplate? Evidence(YamlScalar? scalar, FileReport report)
    {
        if (scalar is null) return null;
        var template = TextTemplate.Parse(scalar.Text.Trim(), out var mistakes);
        foreach (var mistake in mistakes) report.BadTemplate(scalar.Span, mistake.Message);
        return template;
    }
}
