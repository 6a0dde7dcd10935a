using System.Diagnostics;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Operators;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>Makes evaluators from bound expressions.</summary>
internal static class EvaluatorFactory
{
    /// <summary>An evaluator for one worker.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="layout">Where its columns are.</param>
    /// <param name="context">The run.</param>
    /// <param name="buffers">Where values may be made that last for one chunk; null: values last.</param>
    public static Evaluator Create(BoundScalar expression, Layout layout, RunContext context, ChunkBuffers? buffers = null) => expression switch
    {
        BoundConstant constant => new ConstantEvaluator(constant.Type, constant.Value),
        BoundColumn column => new ColumnEvaluator(layout.SlotOf(column.Column)),
        BoundCall call => new CallEvaluator(call.Kernel, context.Site(call.Type, buffers), Many(call.Arguments, layout, context, buffers)),
        BoundLogic logic => new LogicEvaluator(logic.IsAnd, Many(logic.Terms, layout, context, buffers), buffers),
        BoundSubqueryValue value => new ConstantEvaluator(value.Type, Subqueries.Value(value, context)),
        BoundInSubquery member => new CallEvaluator(
            Membership.Kernel(member.Value.Type, Subqueries.Set(member, context), member.Negated, member.IgnoreCase),
            context.Site(member.Type, buffers),
            [Create(member.Value, layout, context, buffers)]),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    /// <summary>Evaluators of several expressions, see <see cref="Create"/>.</summary>
    public static Evaluator[] Many(IReadOnlyList<BoundScalar> expressions, Layout layout, RunContext context, ChunkBuffers? buffers = null) =>
        expressions.Select(e => Create(e, layout, context, buffers)).ToArray();

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
