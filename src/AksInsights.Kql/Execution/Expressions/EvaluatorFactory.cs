using System.Diagnostics;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Functions.Operators;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>Makes evaluators from bound expressions.</summary>
internal static class EvaluatorFactory
{
    public static Evaluator Create(BoundScalar expression, Layout layout, RunContext context) => expression switch
    {
        BoundConstant constant => new ConstantEvaluator(constant.Type, constant.Value),
        BoundColumn column => new ColumnEvaluator(layout.SlotOf(column.Column)),
        BoundCall call => new CallEvaluator(call.Kernel, context.Site(call.Type), Many(call.Arguments, layout, context)),
        BoundLogic logic => new LogicEvaluator(logic.IsAnd, Many(logic.Terms, layout, context)),
        BoundSubqueryValue value => new ConstantEvaluator(value.Type, Subqueries.Value(value, context)),
        BoundInSubquery member => new CallEvaluator(
            Membership.Kernel(member.Value.Type, Subqueries.Set(member, context), member.Negated, member.IgnoreCase),
            context.Site(member.Type),
            [Create(member.Value, layout, context)]),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    public static Evaluator[] Many(IReadOnlyList<BoundScalar> expressions, Layout layout, RunContext context) =>
        expressions.Select(e => Create(e, layout, context)).ToArray();

    /// <summary>The value of an expression that reads no columns, in in-memory form.</summary>
    public static object? Constant(BoundScalar expression, RunContext context) => expression is BoundConstant constant
        ? constant.Value
        : Create(expression, new Layout([]), context).Evaluate(new Chunk([], 1)).Box(0);
}

/// <summary>Tables inside expressions: computed before the rows that need them, once per run.</summary>
internal static class Subqueries
{
    public static object? Value(BoundSubqueryValue subquery, RunContext context)
    {
        lock (context.Subqueries)
        {
            if (context.Subqueries.TryGetValue(subquery.Table, out var known)) return known;
            var relation = Executor.Execute(subquery.Table, context).Project([subquery.Column]);
            return context.Subqueries[subquery.Table] = relation.RowCount == 0 ? null : relation[0].Box(0);
        }
    }

    public static IReadOnlyList<object?> Set(BoundInSubquery subquery, RunContext context)
    {
        lock (context.Subqueries)
        {
            if (context.Subqueries.TryGetValue(subquery.Table, out var known)) return (IReadOnlyList<object?>)known!;
            var relation = Executor.Execute(subquery.Table, context).Project([subquery.Column]);
            var keys = ColumnKeys.Create(subquery.Column.Type);
            keys.Encode(relation[0], new int[relation.RowCount]);
            var values = keys.Values();
            var set = Enumerable.Range(0, values.Length).Select(values.Box).ToArray();
            context.Subqueries[subquery.Table] = set;
            return set;
        }
    }
}
