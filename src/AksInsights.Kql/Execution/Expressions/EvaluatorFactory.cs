using System.Diagnostics;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Operators;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>Makes evaluators from bound expressions.</summary>
internal static class EvaluatorFactory
{
    /// <summary>An evaluator for one worker.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="layout">Where its columns are.</param>
    /// <param name="context">The run.</param>
    /// <param name="buffers">Where values may be made that last for one chunk; null: values last.</param>
    /// <param name="isByRow">
    /// True when each row's value depends on that row alone, as everywhere but in window functions. Then parts that read texts are computed once for each distinct one.
    /// </param>
    public static Evaluator Create(BoundScalar expression, Layout layout, RunContext context, ChunkBuffers? buffers = null, bool isByRow = false)
    {
        if (!isByRow || !IsWorthIt(expression, out var columns)) return Plain(expression, layout, context, buffers, isByRow);
        return new DistinctEvaluator(
            () => Plain(expression, layout, context, buffers, isByRow: false), expression.Type, columns.Select(layout.SlotOf).ToArray(), buffers);
    }

    /// <summary>Evaluators of several expressions, see <see cref="Create"/>.</summary>
    public static Evaluator[] Many(
        IReadOnlyList<BoundScalar> expressions, Layout layout, RunContext context, ChunkBuffers? buffers = null, bool isByRow = false) =>
        expressions.Select(e => Create(e, layout, context, buffers, isByRow)).ToArray();

    /// <summary>The value of an expression that reads no columns, in in-memory form.</summary>
    public static object? Constant(BoundScalar expression, RunContext context) => expression is BoundConstant constant
        ? constant.Value
        : Create(expression, new Layout([]), context).Evaluate(new Chunk([], 1)).Box(0);

    private static Evaluator Plain(BoundScalar expression, Layout layout, RunContext context, ChunkBuffers? buffers, bool isByRow) => expression switch
    {
        BoundConstant constant => new ConstantEvaluator(constant.Type, constant.Value),
        BoundColumn column => new ColumnEvaluator(layout.SlotOf(column.Column)),
        BoundCall call => new CallEvaluator(call.Kernel, context.Site(call.Type, buffers), Many(call.Arguments, layout, context, buffers, isByRow)),
        BoundLogic logic => new LogicEvaluator(logic.IsAnd, Many(logic.Terms, layout, context, buffers, isByRow), buffers),
        BoundSubqueryValue value => new ConstantEvaluator(value.Type, Subqueries.Value(value, context)),
        BoundInSubquery member => new CallEvaluator(
            Membership.Kernel(member.Value.Type, Subqueries.Set(member, context), member.Negated, member.IgnoreCase),
            context.Site(member.Type, buffers),
            [Create(member.Value, layout, context, buffers, isByRow)]),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    // A test of one column asks once per distinct value by itself, and in fewer steps.
    private static bool IsWorthIt(BoundScalar expression, out HashSet<ColumnVariable> columns)
    {
        columns = [];
        if (expression is not (BoundCall or BoundLogic or BoundInSubquery) || expression.IsRandom()) return false;
        expression.CollectColumns(columns);
        if (columns.Count == 0 || columns.Any(c => c.Type is not (KqlType.String or KqlType.Dynamic))) return false;
        var isTest = expression is BoundInSubquery or BoundCall { Type: KqlType.Bool, Kernel: IRowTest };
        return !isTest || columns.Count > 1 || expression.Operands.Any(o => o is not (BoundColumn or BoundConstant or BoundSubqueryValue));
    }
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
