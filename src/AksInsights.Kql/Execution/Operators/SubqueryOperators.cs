using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>partition: the subquery runs over the rows of each distinct value.</summary>
internal static class PartitionOperator
{
    public static Relation Execute(BoundPartition node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context).Project(node.SlotColumns);
        if (input.RowCount == 0) return Executor.Empty(node.Output);
        var keys = ColumnKeys.Create(node.By.Type);
        var groups = new int[input.RowCount];
        keys.Encode(Executor.Evaluate(node.By, new Layout(input.Columns), input.ToChunk(), context), groups);
        var rows = new List<int>[keys.Count];
        for (var row = 0; row < groups.Length; row++) (rows[groups[row]] ??= []).Add(row);
        var parts = new List<Chunk>();
        foreach (var part in rows)
        {
            context.Inputs[node.Slot] = input.Select([.. part]);
            // What is computed once per run depends on the partition here.
            var result = Executor.Execute(node.Subquery, context).Project(node.Output);
            if (result.RowCount > 0) parts.Add(result.ToChunk());
        }

        return Executor.Assemble(node.Output, parts, context);
    }
}

/// <summary>mv-apply: the subquery runs over the expansion of each row, and its rows are given with the row's own columns.</summary>
internal static class MvApplyOperator
{
    public static Relation Execute(BoundMvApply node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context);
        var parts = new List<Chunk>();
        for (var row = 0; row < input.RowCount; row++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var one = input.Select([row]);
            var expanded = new BoundMvExpand(
                Fixed(one, context), node.Expansions, node.ItemIndex, false, node.Limit,
                node.SlotColumns);
            context.Inputs[node.Slot] = Executor.Execute(expanded, context);
            var result = Executor.Execute(node.Subquery, context).Project(node.Subquery.Output);
            if (result.RowCount == 0) continue;
            parts.Add(Beside(node, one, result));
        }

        return Executor.Assemble(node.Output, parts, context);
    }

    private static BoundInput Fixed(Relation rows, RunContext context)
    {
        var slot = new InputSlot(false);
        context.Inputs[slot] = rows;
        return new BoundInput(slot, rows.Columns);
    }

    private static Chunk Beside(BoundMvApply node, Relation row, Relation result)
    {
        var repeat = new RowSelection(new int[result.RowCount]);
        var outer = new Layout(row.Columns);
        var inner = new Dictionary<ColumnVariable, Cells>();
        for (var i = 0; i < result.Columns.Count; i++) inner[result.Columns[i]] = result.Cells[i];
        var cells = node.Output.Select(column => inner.TryGetValue(column, out var own) ? own : row.Cells[outer.SlotOf(column)].Select(repeat)).ToArray();
        return new Chunk(cells, result.RowCount);
    }
}
