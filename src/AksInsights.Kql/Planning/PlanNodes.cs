using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Planning;

/// <summary>Walks plans, subqueries inside expressions included.</summary>
internal static class PlanNodes
{
    public static IEnumerable<BoundTabular> All(BoundQuery query) =>
        query.Shared.Select(s => s.Plan).Concat(query.Results).SelectMany(Descendants);

    public static IEnumerable<BoundTabular> Descendants(BoundTabular node)
    {
        yield return node;
        foreach (var inner in node.Inputs.Concat(Subqueries(node)).SelectMany(Descendants)) yield return inner;
    }

    /// <summary>The tables inside a node's expressions, and the subqueries it runs.</summary>
    public static IEnumerable<BoundTabular> Subqueries(BoundTabular node)
    {
        if (node is BoundPartition partition) yield return partition.Subquery;
        if (node is BoundMvApply apply) yield return apply.Subquery;
        foreach (var table in ExpressionTables(node)) yield return table;
    }

    /// <summary>The tables inside a node's expressions; only their first column is read.</summary>
    public static IEnumerable<BoundTabular> ExpressionTables(BoundTabular node) => Expressions(node).SelectMany(Tables);

    /// <summary>The scalar expressions of a node.</summary>
    public static IEnumerable<BoundScalar> Expressions(BoundTabular node) => node switch
    {
        BoundFilter filter => [filter.Predicate],
        BoundProject project => project.Assignments.Select(a => a.Value),
        BoundWindow window => window.Assignments.Select(a => a.Value),
        BoundSummarize summarize => summarize.Groups.Select(g => g.Value).Concat(summarize.Aggregates.SelectMany(a => a.Arguments)),
        BoundSort sort => sort.Keys.Select(k => k.Value).Concat(Optional(sort.Limit)),
        BoundTake take => [take.Count],
        BoundRange range => [range.From, range.To, range.Step],
        BoundJoin join => join.LeftKeys.Concat(join.RightKeys),
        BoundMvExpand expand => expand.Expansions.Select(e => e.Value).Concat(Optional(expand.Limit)),
        BoundMvApply apply => apply.Expansions.Select(e => e.Value).Concat(Optional(apply.Limit)),
        BoundPartition partition => [partition.By],
        BoundMakeSeries series => series.Series.SelectMany(s => s.Aggregates.SelectMany(a => a.Arguments).Append(s.Value).Concat(Optional(s.Default)))
            .Concat([series.Axis, series.Step]).Concat(Optional(series.From)).Concat(Optional(series.To)).Concat(series.Groups.Select(g => g.Value)),
        BoundTransform transform => transform.Reads,
        BoundSteps steps => steps.PartitionBy.Concat(steps.Variables.Select(v => v.Default))
            .Concat(steps.Steps.SelectMany(s => s.Assignments.OfType<BoundScalar>().Append(s.Condition))),
        BoundTopNested nested => nested.Levels.SelectMany(
            l => l.Aggregates.SelectMany(a => a.Arguments).Append(l.Key).Concat(Optional(l.Count)).Concat(Optional(l.Others))),
        _ => [],
    };

    private static IEnumerable<BoundScalar> Optional(BoundScalar? expression) => expression is null ? [] : [expression];

    private static IEnumerable<BoundTabular> Tables(BoundScalar expression)
    {
        var own = expression switch
        {
            BoundSubqueryValue value => [value.Table],
            BoundInSubquery member => [member.Table],
            _ => Array.Empty<BoundTabular>(),
        };
        return own.Concat(expression.Operands.SelectMany(Tables));
    }
}
