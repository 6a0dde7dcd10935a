using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>Sorts by keys turned into whole numbers whose order is the wanted one; rows with equal keys stay in their order.</summary>
internal static class SortOperator
{
    public static Relation Execute(BoundSort node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context);
        var limit = node.Limit is null ? int.MaxValue : (int)Math.Clamp((long)(EvaluatorFactory.Constant(node.Limit, context) ?? 0L), 0, int.MaxValue);
        if (input.RowCount == 0 || limit == 0) return limit == 0 ? Executor.Empty(input.Columns) : input;
        var layout = new Layout(input.Columns);
        var chunk = input.ToChunk();
        var bytes = input.RowCount * (4L + (8L * node.Keys.Count));
        context.Memory.Reserve(bytes);
        var keys = node.Keys.SelectMany(k => SortKeys.Of(EvaluatorFactory.Create(k.Value, layout, context).Evaluate(chunk), k)).ToArray();
        var rows = limit < 1024 && limit < input.RowCount / 4 ? FirstRows(keys, input.RowCount, limit) : AllRows(keys, input.RowCount);
        context.Memory.Release(bytes);
        return input.Select(rows.Length > limit ? rows[..limit] : rows);
    }

    private static int[] AllRows(long[][] keys, int count)
    {
        var rows = new int[count];
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        SortRun(keys, 0, rows.AsSpan());
        return rows;
    }

    private static void SortRun(long[][] keys, int level, Span<int> rows)
    {
        if (rows.Length < 2) return;
        if (level == keys.Length)
        {
            rows.Sort();
            return;
        }

        var key = keys[level];
        var values = new long[rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = key[rows[i]];
        MemoryExtensions.Sort(values.AsSpan(), rows);
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && values[end] == values[start]) end++;
            if (end - start > 1) SortRun(keys, level + 1, rows[start..end]);
            start = end;
        }
    }

    private static int[] FirstRows(long[][] keys, int count, int limit)
    {
        // A heap of the best rows so far with the worst on top.
        var comparer = Comparer<int>.Create((a, b) => -Compare(keys, a, b));
        var heap = new PriorityQueue<int, int>(limit + 1, comparer);
        for (var row = 0; row < count; row++)
        {
            if (heap.Count < limit) heap.Enqueue(row, row);
            else if (Compare(keys, row, heap.Peek()) < 0) heap.DequeueEnqueue(row, row);
        }

        var rows = new int[heap.Count];
        for (var i = rows.Length - 1; i >= 0; i--) rows[i] = heap.Dequeue();
        return rows;
    }

    private static int Compare(long[][] keys, int left, int right)
    {
        foreach (var key in keys)
        {
            var order = key[left].CompareTo(key[right]);
            if (order != 0) return order;
        }

        return left.CompareTo(right);
    }
}

/// <summary>Turns a key column into one or two columns of whole numbers that sort ascending in the wanted order.</summary>
internal static class SortKeys
{
    public static IEnumerable<long[]> Of(Column column, BoundSortKey key)
    {
        var (values, absent) = Values(column);
        if (key.Descending)
        {
            for (var i = 0; i < values.Length; i++) values[i] = ~values[i];
        }

        if (absent is null) return [values];
        var places = new long[values.Length];
        for (var i = 0; i < places.Length; i++)
        {
            // Nulls and NaN sort together, before or after everything else.
            if (absent[i] == 0) continue;
            places[i] = key.NullsFirst ? -1 : 1;
            values[i] = key.NullsFirst ? absent[i] : -absent[i];
        }

        return [places, values];
    }

    private static (long[] Values, byte[]? Absent) Values(Column column) => column switch
    {
        Column<long> longs => (longs.Flatten().ToArray(), Mask(longs)),
        Column<double> reals => Reals(reals),
        Column<bool> bools => (Array.ConvertAll(bools.Flatten().ToArray(), b => b ? 1L : 0L), Mask(bools)),
        Column<string> texts => (Ranks(texts, StringComparer.Ordinal), null),
        Column<decimal> decimals => (Ranks(decimals, Comparer<decimal>.Default), Mask(decimals)),
        Column<Guid> guids => (Ranks(guids, Comparer<Guid>.Default), Mask(guids)),
        Column<object> dynamics => (Ranks(dynamics, Comparer<object>.Create(CompareDynamic)), DynamicMask(dynamics)),
        _ => throw new InvalidOperationException($"No sort key for {column.Type}."),
    };

    private static int CompareDynamic(object? left, object? right) => left is null || right is null
        ? (left is null ? 0 : 1) - (right is null ? 0 : 1)
        : DynamicOrder.Compare(left, right) ?? string.CompareOrdinal(DynamicText.Format(left), DynamicText.Format(right));

    private static byte[]? Mask<T>(Column<T> column)
    {
        var nulls = column.FlattenNulls();
        if (nulls.IsEmpty) return null;
        var mask = new byte[nulls.Length];
        for (var i = 0; i < mask.Length; i++) mask[i] = nulls[i] ? (byte)1 : (byte)0;
        return mask;
    }

    private static byte[]? DynamicMask(Column<object> column)
    {
        var reader = column.Read();
        var mask = new byte[column.Length];
        for (var i = 0; i < mask.Length; i++) mask[i] = reader.IsNull(i) ? (byte)1 : (byte)0;
        return mask;
    }

    private static (long[] Values, byte[]? Absent) Reals(Column<double> column)
    {
        var source = column.Flatten();
        var absent = Mask(column);
        var values = new long[source.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(source[i])) (absent ??= new byte[values.Length])[i] = 2;
            var bits = BitConverter.DoubleToInt64Bits(source[i] == 0 ? 0d : source[i]);
            values[i] = bits < 0 ? bits ^ long.MaxValue : bits;
        }

        return (values, absent);
    }

    private static long[] Ranks<T>(Column<T> column, IComparer<T> comparer)
    {
        var keys = ColumnKeys.Create(column.Type);
        var ids = new int[column.Length];
        keys.Encode(column, ids);
        var distinct = ((Column<T>)keys.Values()).Flatten().ToArray();
        var order = new int[distinct.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(distinct, order, comparer);
        var ranks = new long[order.Length];
        for (var i = 0; i < order.Length; i++) ranks[order[i]] = i;
        return Array.ConvertAll(ids, id => ranks[id]);
    }
}
