using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>One row per item. A null keeps one row with a null; an empty array or bag drops the row; several columns run side by side, short ones padded with null.</summary>
internal sealed class MvExpandStep(BoundMvExpand expand, Layout layout, RunContext context, int limit = int.MaxValue) : ChunkStep
{
    private readonly Evaluator[] _values = EvaluatorFactory.Many(expand.Expansions.Select(e => e.Value).ToArray(), layout, context);
    private readonly CallSite[] _sites = expand.Expansions.Select(e => context.Site(e.ItemType)).ToArray();

    public static Relation ExecuteLimited(BoundMvExpand expand, RunContext context)
    {
        var limit = (int)Math.Clamp((long)(EvaluatorFactory.Constant(expand.Limit!, context) ?? 0L), 0, int.MaxValue);
        var input = Executor.Execute(expand.Input, context);
        if (input.RowCount == 0) return Executor.Empty(expand.Output);
        var chunk = new MvExpandStep(expand, new Layout(input.Columns), context, limit).Apply(input.ToChunk());
        return new Relation(expand.Output, chunk.Cells, chunk.Length);
    }

    public override Chunk Apply(Chunk chunk)
    {
        var readers = Array.ConvertAll(_values, v => ((Column<object>)v.Evaluate(chunk)).Read());
        var rows = new List<int>();
        var indexes = new ColumnBuilder<long>(KqlType.Long);
        var items = expand.Expansions.Select(_ => new ColumnBuilder<object>(KqlType.Dynamic)).ToArray();
        for (var row = 0; row < chunk.Length; row++)
        {
            if ((row & 255) == 0) context.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(limit, Expand(row, readers, items));
            for (var i = 0; i < count; i++)
            {
                rows.Add(row);
                indexes.Add(i);
            }
        }

        context.Memory.Reserve(rows.Count * (12L + (16L * items.Length)));
        return Assemble(chunk, rows.ToArray(), items, indexes);
    }

    private int Expand(int row, ColumnReader<object>[] readers, ColumnBuilder<object>[] items)
    {
        var longest = 0;
        for (var c = 0; c < readers.Length; c++) longest = Math.Max(longest, CountOf(readers[c][row]));
        longest = Math.Min(longest, limit);
        for (var c = 0; c < readers.Length; c++)
        {
            var value = readers[c][row];
            for (var i = 0; i < longest; i++) items[c].AddBoxed(ItemOf(value, i, expand.BagsAsArrays));
        }

        return longest;
    }

    private static int CountOf(object? value) => value switch
    {
        DynamicArray array => array.Count,
        DynamicBag bag => bag.Count,
        _ => 1,
    };

    private static object? ItemOf(object? value, int index, bool bagsAsArrays)
    {
        if (value is DynamicArray array) return index < array.Count ? array[index] : null;
        if (value is not DynamicBag bag) return index == 0 ? value : null;
        if (index >= bag.Count) return null;
        var key = bag.Keys[index];
        return bagsAsArrays ? new DynamicArray([key, bag[key]]) : new DynamicBag(1) { [key] = bag[key] };
    }

    private Chunk Assemble(Chunk chunk, int[] rows, ColumnBuilder<object>[] items, ColumnBuilder<long> indexes)
    {
        var selection = new RowSelection(rows);
        var cells = new Cells[expand.Output.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var column = expand.Output[i];
            var expansion = IndexOf(column);
            if (expansion >= 0) cells[i] = new Cells(Typed(expansion, items[expansion].Build()));
            else if (ReferenceEquals(column, expand.ItemIndex)) cells[i] = new Cells(indexes.Build());
            else cells[i] = chunk.Cells[layout.SlotOf(column)].Select(selection);
        }

        return new Chunk(cells, rows.Length);
    }

    private int IndexOf(ColumnVariable column)
    {
        for (var i = 0; i < expand.Expansions.Count; i++)
        {
            if (ReferenceEquals(expand.Expansions[i].Column, column)) return i;
        }

        return -1;
    }

    private Column Typed(int expansion, Column items)
    {
        var type = expand.Expansions[expansion].ItemType;
        if (type == KqlType.Dynamic || items.Length == 0) return type == KqlType.Dynamic ? items : ColumnBuilder.Create(type).Build();
        return Conversions.For(KqlType.Dynamic, type).Evaluate(_sites[expansion], [items], items.Length);
    }
}
