using AksInsights.Core.Workspaces;
using AksInsights.Kql.Results;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.Linting;

/// <summary>The rules, each a few lines over what the walk through the query noted.</summary>
internal sealed class LintRules(FileReport report, QuerySyntax query, QueryFlow flow)
{
    private const string SeverityColumn = "Severity";

    /// <summary>Rules about the text: its length, the clock, tables that nobody named, parameters without a use.</summary>
    public void CheckText(QueryHeader header)
    {
        if (report.Text.Length > QueryLint.MostCharacters) report.TooLong(new TextSpan(0, 0), report.Text.Length, QueryLint.MostCharacters);
        foreach (var node in query.Statements.Skip(1).SelectMany(SyntaxWalker.Descendants))
        {
            switch (node)
            {
                case CallSyntax { Name.Text: "now" or "ago" } clock: report.AsksForTheClock(clock.Name.Span, clock.Name.Text); break;
                case SearchOperator search: report.SearchesEverything(Start(search.Span, "search"), "search"); break;
                case FindOperator { Tables: null } find: report.SearchesEverything(Start(find.Span, "find"), "find"); break;
                case WildcardName wildcard: report.SearchesEverything(wildcard.Span, wildcard.Pattern); break;
            }
        }

        foreach (var name in ReservedWords.In(query)) report.ReservedName(name.Span, name.Text);
        var named = query.Statements.SelectMany(SyntaxWalker.Descendants).OfType<NameExpression>().Select(n => n.Name.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in header.Parameters.Where(p => !named.Contains(p.Name))) report.UnusedParameter(parameter.NameSpan, parameter.Name);
    }

    /// <summary>Rules about tables: their time first, and events by when they happened.</summary>
    public void CheckTables()
    {
        foreach (var table in flow.Tables.Where(t => t.HasTime && !t.IsFilteredFirst)) report.NoTimeFilter(table.Span, table.Name);
        if (flow.LastSeenIsFiltered) return;
        foreach (var events in flow.Tables.Where(t => t.Name == KnownColumns.Events)) report.EventsWithoutLastSeen(events.Span);
    }

    /// <summary>A rule about what the query says that it needs: every table that it reads, but those that a union says may be missing.</summary>
    public void CheckRequired(DataRequirement requires)
    {
        var mayBeMissing = query.Statements.SelectMany(SyntaxWalker.Descendants).OfType<UnionOperator>().Where(IsFuzzy).Select(u => u.Span).ToList();
        var unsaid = flow.Tables.Where(t => !requires.Tables.Contains(t.Name) && !requires.Sparse.Contains(t.Name) && !mayBeMissing.Exists(u => u.Start <= t.Span.Start && t.Span.End <= u.End));
        foreach (var table in unsaid.DistinctBy(t => t.Name)) report.TableNotRequired(table.Span, table.Name);
    }

    /// <summary>Rules about whom the query asks: tables of that source only, and in Resource Graph only what it understands.</summary>
    /// <param name="source">The source.</param>
    /// <param name="head">The number of leading statements, which are not sent to Resource Graph.</param>
    public void CheckSource(QuerySource source, int head)
    {
        foreach (var table in flow.Tables.Where(t => KnownColumns.SourceOf(t.Name) != source))
            report.TableOfAnotherSource(table.Span, table.Name, Yaml.Choices.Name(source), Yaml.Choices.Name(KnownColumns.SourceOf(table.Name)));
        if (source != QuerySource.ResourceGraph) return;
        foreach (var (span, what, known) in ResourceGraphLanguage.Beyond(query.Statements.Skip(head))) report.NotInResourceGraph(span, what, known);
    }

    /// <summary>Rules about values: sums of counts that grow, instance names taken apart, cluster ids compared.</summary>
    public void CheckValues()
    {
        foreach (var use in flow.Values)
        {
            switch (use.Role)
            {
                case ValueRole.Summed: report.CumulativeIsSummed(use.Span, use.Name, string.Join(" and ", use.Facts.Origins.Select(Column).Order(StringComparer.Ordinal))); break;
                case ValueRole.CountedFromStart: report.CountedFromStart(use.Span, use.Name); break;
                case ValueRole.Compared or ValueRole.Key when use.Facts.IsRawClusterId: report.ClusterIdWithCase(use.Span, use.Name); break;
            }
        }
    }

    /// <summary>Rules about the result: keys that are filled texts, and a severity that is a text.</summary>
    public void CheckResult(IReadOnlyList<string> key, IReadOnlyList<ResultColumn> columns)
    {
        foreach (var column in columns.Where(c => key.Contains(c.Name)))
        {
            var facts = flow.Result[column.Name];
            var place = facts.Span == default ? new TextSpan(0, 0) : facts.Span;
            if (column.Type != KqlType.String) report.KeyIsNoText(place, column.Name, column.Type.Name());
            else if (!facts.IsFilled) report.KeyMayBeEmpty(place, column.Name, facts.Origins.Count == 0 ? "" : $" (it comes from {string.Join(", ", facts.Origins.Order(StringComparer.Ordinal).Select(o => $"`{o}`"))})");
        }

        if (columns.FirstOrDefault(c => c.Name == SeverityColumn) is { } severity && severity.Type != KqlType.String)
            report.SeverityIsNoText(flow.Result[SeverityColumn].Span, severity.Type.Name());
    }

    private static bool IsFuzzy(UnionOperator union) => union.Parameters.Any(p => p.Name.Text == "isfuzzy" && p.Value is LiteralSyntax { Value: true });

    private static TextSpan Start(TextSpan span, string keyword) => span with { Length = Math.Min(span.Length, keyword.Length) };

    private static string Column(string origin) => origin[(origin.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
