using AksInsights.Core.Findings;
using AksInsights.Core.Queries.RowTests;
using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.Differences;

/// <summary>Compares two states of one query, part by part.</summary>
internal sealed class QueryComparison
{
    private readonly List<QueryChange> _changes = [];

    private QueryComparison()
    {
    }

    /// <summary>What changed, what is found first; empty when nothing did.</summary>
    public static IReadOnlyList<QueryChange> Changes(QueryDefinition before, QueryDefinition after)
    {
        var comparison = new QueryComparison();
        comparison.CompareText(before, after);
        comparison.CompareParameters(before.Text.Header.Parameters, after.Text.Header.Parameters);
        comparison.CompareMeaning(before.Metadata, after.Metadata);
        comparison.CompareWords(before.Metadata, after.Metadata);
        comparison.CompareCases(before, after);
        return [.. comparison._changes.OrderBy(c => !c.IsMeaning)];
    }

    /// <summary>What the steps do, in whatever way they are laid out.</summary>
    private void CompareText(QueryDefinition before, QueryDefinition after)
    {
        if (before.Text.Kql == after.Text.Kql) return;
        var differs = Steps(before) != Steps(after);
        if (differs) _changes.Add(new QueryChange("query", null, null, IsMeaning: true));
        else if (Layout(before) != Layout(after)) _changes.Add(new QueryChange("layout or comments", null, null, IsMeaning: false));
    }

    private static string Steps(QueryDefinition query) =>
        string.Join(";\n", query.Text.Tree.Statements.Skip(2 + query.Text.Header.Parameters.Count).Select(SyntaxPrinter.Print));

    /// <summary>The text behind its head, with the comment before it.</summary>
    private static string Layout(QueryDefinition query)
    {
        var statements = query.Text.Tree.Statements;
        var head = 2 + query.Text.Header.Parameters.Count;
        return query.Text.Kql[..statements[0].Span.Start] + (head < statements.Count ? query.Text.Kql[statements[head].Span.Start..] : "");
    }

    private void CompareParameters(IReadOnlyList<QueryParameter> before, IReadOnlyList<QueryParameter> after)
    {
        foreach (var name in before.Concat(after).Select(p => p.Name).Distinct())
            Add(name, Written(before.FirstOrDefault(p => p.Name == name)), Written(after.FirstOrDefault(p => p.Name == name)), isMeaning: true);
    }

    private static string? Written(QueryParameter? parameter)
    {
        if (parameter is null) return null;
        string Bound(string name, object? bound) => bound is null ? "" : $", {name} {ParameterText.Format(parameter.Type, bound)}";
        return $"{ParameterText.Format(parameter.Type, parameter.Default)} ({parameter.Type.Name()}{Bound("at least", parameter.Min)}{Bound("at most", parameter.Max)})";
    }

    private void CompareMeaning(QueryMetadata before, QueryMetadata after)
    {
        void Compare(string part, Func<QueryMetadata, string> written) => Add(part, written(before), written(after), isMeaning: true);
        Compare("kind", m => Choices.Name(m.Kind));
        Compare("key", m => string.Join(", ", m.Key));
        Compare("severity", m => SeverityText.Format(m.Severity));
        Compare("measures", m => string.Join(", ", m.Measures.Select(x => $"{x.Key} ({Choices.Name(x.Value.Unit)})")));
        Compare("source", m => Choices.Name(m.Source));
        Compare("requires", m => string.Join(", ", [.. m.Requires.Tables, .. m.Requires.Sparse]) + $"; {Durations.Format(m.Requires.Freshness)} old");
        Compare("every", m => Durations.Format(m.Schedule.Every));
        Compare("offset", m => Durations.Format(m.Schedule.Offset));
        Compare("lookback", m => Durations.Format(m.Schedule.Lookback));
        Compare("for", m => Durations.Format(m.Lifecycle.For));
        Compare("resolveAfter", m => Durations.Format(m.Lifecycle.ResolveAfter));
        Compare("maxFindings", m => CellNumber(m.Lifecycle.MaxFindings));
    }

    private void CompareWords(QueryMetadata before, QueryMetadata after)
    {
        void Compare(string part, Func<QueryMetadata, string> written) => Add(part, written(before), written(after), isMeaning: false);
        Compare("name", m => m.Name);
        Compare("title", m => m.Title.Text);
        Compare("message", m => m.Message?.Text ?? "");
        Compare("description", m => m.Description);
        Compare("impact", m => m.Impact);
        Compare("remediation", m => m.Remediation);
        Compare("falsePositives", m => string.Join('\n', m.FalsePositives));
        Compare("status", m => Choices.Name(m.Status));
        Compare("evidence", m => string.Join(", ", m.Evidence));
        Compare("sources", m => string.Join(", ", m.Sources));
        Compare("visualise", m => $"{Choices.Name(m.Visualise.Kind)} {m.Visualise.Value} {m.Visualise.Legend}".Trim());
        foreach (var name in before.Parameters.Keys.Intersect(after.Parameters.Keys))
            Compare($"words of {name}", m => m.Parameters[name].Describe ?? "");
    }

    private void CompareCases(QueryDefinition before, QueryDefinition after)
    {
        var old = RowTestRunner.Cases(before).Select(c => c.Name).ToList();
        var young = RowTestRunner.Cases(after).Select(c => c.Name).ToList();
        var (added, gone) = (young.Except(old).Count(), old.Except(young).Count());
        if (added + gone > 0) _changes.Add(new QueryChange("cases", CellNumber(old.Count), $"{CellNumber(young.Count)} ({added} new, {gone} gone)", IsMeaning: false));
    }

    private static string CellNumber(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Add(string part, string? before, string? after, bool isMeaning)
    {
        if (before == after) return;
        var isLong = IsLong(before) || IsLong(after);
        _changes.Add(new QueryChange(part, isLong ? null : before, isLong ? null : after, isMeaning));
    }

    private static bool IsLong(string? text) => text is not null && (text.Length > 120 || text.Contains('\n', StringComparison.Ordinal));
}
