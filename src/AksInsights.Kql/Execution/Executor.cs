using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Execution.Operators;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution;

/// <summary>Computes row sets from plans: one method per operator that needs all its rows; the streaming ones run in a <see cref="Pipeline"/>.</summary>
internal static class Executor
{
    public static Relation Execute(BoundTabular node, RunContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        return node switch
        {
            BoundScan scan => Scan(scan, context),
            BoundRows rows => new Relation(rows.Output, rows.Data.Select(c => new Cells(c)).ToArray(), rows.RowCount),
            BoundRange range => RangeOperator.Execute(range, context),
            BoundShared shared => Shared(shared, context),
            BoundInput input => context.Inputs[input.Slot].Rename(input.Output),
            BoundFilter or BoundMvExpand { Limit: null } => Collect(node, context),
            BoundProject => Collect(node, context),
            BoundMvExpand expand => MvExpandStep.ExecuteLimited(expand, context),
            BoundSummarize summarize => SummarizeOperator.Execute(summarize, context),
            BoundSort sort => SortOperator.Execute(sort, context),
            BoundTake take => TakeOperator.Execute(take, context),
            BoundSerialize serialize => Execute(serialize.Input, context),
            BoundWindow window => Window(window, context),
            BoundJoin join => JoinOperator.Execute(join, context),
            BoundUnion union => Union(union, context),
            BoundPartition partition => PartitionOperator.Execute(partition, context),
            BoundSteps steps => ScanOperator.Execute(steps, context),
            BoundTopNested nested => TopNestedOperator.Execute(nested, context),
            BoundMvApply apply => MvApplyOperator.Execute(apply, context),
            BoundMakeSeries series => MakeSeriesOperator.Execute(series, context),
            BoundTransform transform => Transform(transform, context),
            _ => throw new InvalidOperationException($"The executor has no operator for {node.Name}."),
        };
    }

    /// <summary>Runs a pipeline and keeps all its rows, in order.</summary>
    private static Relation Collect(BoundTabular node, RunContext context)
    {
        var pipeline = Pipeline.Create(node, context);
        if (!pipeline.HasSteps) return pipeline.Source;
        var parts = pipeline.Run(
            _ => new List<(int Position, Chunk Chunk)>(),
            (sink, chunk, position, _) =>
            {
                if (chunk.Length == 0) return;
                context.Memory.Reserve(chunk.Length * 4L);
                sink.Add((position, chunk));
            });
        return Assemble(node.Output, parts.SelectMany(p => p).OrderBy(p => p.Position).Select(p => p.Chunk).ToArray(), context);
    }

    /// <summary>One row set of chunks laid out as the columns say.</summary>
    public static Relation Assemble(IReadOnlyList<ColumnVariable> columns, IReadOnlyList<Chunk> chunks, RunContext context)
    {
        if (chunks.Count == 0) return Empty(columns);
        var rows = new RowConcat();
        var count = chunks.Sum(c => (long)c.Length);
        if (count > int.MaxValue) throw KqlException.RowsExceeded(count, int.MaxValue);
        context.Memory.Reserve(count * 4);
        var cells = new Cells[columns.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = Cells.Concat(chunks.Select(c => c.Cells[i]).ToArray(), rows);
        return new Relation(columns, cells, (int)count);
    }

    public static Relation Empty(IReadOnlyList<ColumnVariable> columns) =>
        new(columns, columns.Select(c => new Cells(ColumnBuilder.Create(c.Type).Build())).ToArray(), 0);

    private static Relation Scan(BoundScan scan, RunContext context)
    {
        var rows = context.Tables.Load(scan.Table, scan.Columns.Distinct().ToArray(), context.Cancellation);
        var cells = new Cells[scan.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = rows.Columns.TryGetValue(scan.Columns[i], out var column)
                ? new Cells(column)
                : new Cells(Constants.Create(scan.Output[i].Type, null, rows.RowCount));
        }

        return new Relation(scan.Output, cells, rows.RowCount);
    }

    private static Relation Shared(BoundShared shared, RunContext context)
    {
        lock (context.Shared)
        {
            if (!context.Shared.TryGetValue(shared.Shared, out var relation))
                context.Shared[shared.Shared] = relation = Execute(shared.Shared.Plan, context);
            return relation.Rename(shared.Output);
        }
    }

    private static Relation Window(BoundWindow window, RunContext context)
    {
        var input = Execute(window.Input, context);
        var cells = input.Cells.ToList();
        var columns = input.Columns.ToList();
        foreach (var assignment in window.Assignments)
        {
            // A window call may read the column of one before it.
            var chunk = new Chunk([.. cells], input.RowCount);
            var value = input.RowCount == 0
                ? ColumnBuilder.Create(assignment.Column.Type).Build()
                : EvaluatorFactory.Create(assignment.Value, new Layout(columns.ToArray()), context).Evaluate(chunk);
            context.Memory.Reserve(value.Bytes);
            columns.Add(assignment.Column);
            cells.Add(new Cells(value));
        }

        return new Relation(columns, [.. cells], input.RowCount).Project(window.Output);
    }

    private static Relation Union(BoundUnion union, RunContext context)
    {
        var tables = union.Tables.Select(t => Execute(t, context).Project(t.Output)).Where(r => r.RowCount > 0).ToArray();
        if (tables.Length == 0) return Empty(union.Output);
        return Assemble(union.Output, tables.Select(t => t.ToChunk()).ToArray(), context);
    }

    private static Relation Transform(BoundTransform transform, RunContext context)
    {
        var input = Execute(transform.Input, context);
        var layout = new Layout(input.Columns);
        var chunk = input.ToChunk();
        var reads = transform.Reads.Select(r => Evaluate(r, layout, chunk, context)).ToArray();
        var result = transform.Transform.Apply(
            new TransformContext(context.NowTicks, context.Memory.Reserve, context.Cancellation), input.RowCount, reads);
        var selection = result.SourceRows is null ? null : new RowSelection(result.SourceRows);
        var cells = new Cells[transform.Output.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var variable = transform.Output[i];
            if (result.Computed.TryGetValue(variable, out var computed)) cells[i] = new Cells(computed);
            else cells[i] = selection is null ? input.Cells[layout.SlotOf(variable)] : input.Cells[layout.SlotOf(variable)].Select(selection);
        }

        return new Relation(transform.Output, cells, result.RowCount);
    }

    /// <summary>An expression over all rows at once; an empty column for no rows.</summary>
    public static Column Evaluate(BoundScalar expression, Layout layout, Chunk chunk, RunContext context) => chunk.Length == 0
        ? ColumnBuilder.Create(expression.Type == KqlType.Error ? KqlType.Dynamic : expression.Type).Build()
        : EvaluatorFactory.Create(expression, layout, context).Evaluate(chunk);
}
