using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>rolling_percentile: for each bin the percentile over the values of this bin and those before it in the window.</summary>
/// <param name="time">The column of bins in the output.</param>
/// <param name="result">The column of percentiles.</param>
/// <param name="size">The size of a bin.</param>
/// <param name="bins">The bins in a window.</param>
/// <param name="dimensions">The number of columns that slice the values.</param>
/// <param name="create">The percentile's state.</param>
/// <remarks>
/// Source: learn.microsoft.com/kusto/query/rolling-percentile-plugin. Reads the index, the dimensions, the percentile's arguments. There is a row for each
/// bin, up to the last one of the input, whose window holds a value of that combination of dimensions.
/// </remarks>
internal sealed class RollingPercentileTransform(
    ColumnVariable time, ColumnVariable result, long size, int bins, int dimensions, Func<Aggregator> create) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var index = ((Column<long>)reads[0]).Read();
        var slices = new GroupKeys(reads.Skip(1).Take(dimensions).Select(r => r.Type).ToArray());
        var sliceOf = new int[rowCount];
        if (rowCount > 0) slices.Encode(reads[1..(dimensions + 1)], sliceOf);
        var rows = Enumerable.Range(0, rowCount).Where(r => !index.IsNull(r)).ToArray();
        var binOf = Array.ConvertAll(rows, r => Bin(index[r]));
        var last = binOf.Length == 0 ? 0 : binOf.Max();
        var windows = new Dictionary<(int Slice, long Bin), (int Group, int Row)>();
        var state = create();
        for (var step = 0; step < bins; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Add(state, reads, rows, binOf, sliceOf, (long)step * size, last, windows);
            context.ReserveMemory(rows.Length * 8L);
        }

        var order = windows.OrderBy(w => w.Key.Slice).ThenBy(w => w.Key.Bin).ToArray();
        var times = new ColumnBuilder<long>(time.Type, order.Length);
        foreach (var window in order) times.Add(window.Key.Bin);
        var computed = new Dictionary<ColumnVariable, Column>
        {
            [time] = times.Build(),
            [result] = order.Length == 0 ? ColumnBuilder.Create(result.Type).Build() : state.Finish(order.Length).Gather(Array.ConvertAll(order, w => w.Value.Group)),
        };
        return new TransformResult(order.Length, Array.ConvertAll(order, w => w.Value.Row), computed);
    }

    /// <summary>Adds every value to the window that many bins after its own.</summary>
    private void Add(
        Aggregator state, Column[] reads, int[] rows, long[] binOf, int[] sliceOf, long shift, long last,
        Dictionary<(int Slice, long Bin), (int Group, int Row)> windows)
    {
        var groups = new List<int>();
        var chosen = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            var bin = binOf[i] + shift;
            if (bin > last) continue;
            var key = (sliceOf[rows[i]], bin);
            if (!windows.TryGetValue(key, out var window)) windows[key] = window = (windows.Count, rows[i]);
            groups.Add(window.Group);
            chosen.Add(rows[i]);
        }

        if (chosen.Count == 0) return;
        var picked = chosen.ToArray();
        state.Resize(windows.Count);
        state.Add(groups.ToArray(), reads[(dimensions + 1)..].Select(r => r.Gather(picked)).ToArray());
    }

    private long Bin(long value) => value - (((value % size) + size) % size);
}
