using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Linting;

/// <summary>What Azure Resource Graph leaves out of the query language.</summary>
/// <remarks>Source: learn.microsoft.com/azure/governance/resource-graph/concepts/query-language, "Supported tabular/top level operators" and the default limits below it.</remarks>
internal static class ResourceGraphLanguage
{
    private const int MostJoins = 3;
    private const int MostExpansions = 3;
    private const string Operators = "It has count, distinct, extend, join, limit, mv-expand, order, parse, project, project-away, sort, summarize, take, top, union and where.";

    private static readonly HashSet<string> Joins = new(StringComparer.Ordinal) { "innerunique", "inner", "leftouter", "fullouter" };

    /// <summary>What statements have that Resource Graph does not: the place, what it is, and what there is instead.</summary>
    public static IEnumerable<(TextSpan Span, string What, string Known)> Beyond(IEnumerable<StatementSyntax> statements)
    {
        var all = statements.ToList();
        foreach (var let in all.OfType<LetStatement>()) yield return (let.Span, "`let`", "Leading literals are put in by the runner; repeat or `extend` the rest.");
        var steps = all.SelectMany(SyntaxWalker.Descendants).OfType<OperatorSyntax>().ToList();
        foreach (var step in steps.Where(s => !IsKnown(s))) yield return (step.Span, "such operator", Operators);
        foreach (var join in steps.OfType<JoinOperator>().Where(j => KindOf(j) is { } kind && !Joins.Contains(kind)))
            yield return (join.Span, $"join of the kind `{KindOf(join)}`", $"It has {string.Join(", ", Joins)}.");
        foreach (var join in steps.OfType<JoinOperator>().Skip(MostJoins)) yield return (join.Span, $"room for more than {MostJoins} joins", "Ask for less at a time.");
        foreach (var expand in steps.OfType<MvExpandOperator>().Skip(MostExpansions)) yield return (expand.Span, $"room for more than {MostExpansions} `mv-expand`", "Ask for less at a time.");
    }

    private static string? KindOf(JoinOperator join) => (join.Parameters.FirstOrDefault(p => p.Name.Text == "kind")?.Value as NameExpression)?.Name.Text;

    private static bool IsKnown(OperatorSyntax step) => step is CountOperator or DistinctOperator or ExtendOperator or JoinOperator { IsLookup: false } or TakeOperator or MvExpandOperator
        or SortOperator or ParseOperator or ProjectOperator or ProjectAwayOperator { Keep: false } or SummarizeOperator or TopOperator or UnionOperator or WhereOperator;
}
