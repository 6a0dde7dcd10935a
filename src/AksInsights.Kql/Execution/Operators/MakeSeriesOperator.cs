using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>make-series: one array cell per bin of the axis. With a start the bins begin there; without, at the first bin of each series that has data.</summary>
internal static class MakeSeriesOperator
{
    public static Relation Execute(BoundMakeSeries node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context);
        var layout = new Layout(input.Columns);
        var chunk = input.ToChunk();
        var axis = SeriesAxis.Create(node, context);
        var bins = axis.BinsOf(Executor.Evaluate(node.Axis, layout, chunk, context));
        var kept = Rows(bins);
        var keys = new GroupKeys(node.Groups.Select(g => g.Column.Type).ToArray());
        var series = new int[kept.Length];
        var rows = chunk.Select(new RowSelection(kept));
        if (kept.Length > 0) keys.Encode(node.Groups.Select(g => Executor.Evaluate(g.Value, layout, rows, context)).ToArray(), series);
        if (kept.Length == 0 && (node.Groups.Count > 0 || !node.NonEmpty)) return Executor.Empty(node.Output);
        var spans = axis.SpansOf(series, kept, bins, keys.Count);
        context.Memory.Reserve(spans.Sum(s => (long)s.Count) * 24 * (node.Series.Count + 1));
        var cells = new Dictionary<ColumnVariable, Cells>();
        var groupValues = keys.Values();
        for (var g = 0; g < node.Groups.Count; g++) cells[node.Groups[g].Column] = new Cells(groupValues[g]);
        foreach (var one in node.Series)
            cells[one.Column] = new Cells(Arrays(one, layout, rows, series, kept, bins, spans, context));
        cells[node.AxisColumn] = new Cells(new FlatColumn<object>(KqlType.Dynamic, Array.ConvertAll<BinSpan, object>(spans, axis.Values)));
        return new Relation(node.Output, node.Output.Select(v => cells[v]).ToArray(), keys.Count);
    }

    private static int[] Rows(long?[] bins)
    {
        var rows = new List<int>(bins.Length);
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] is not null) rows.Add(i);
        }

        return [.. rows];
    }

    private static FlatColumn<object> Arrays(
        BoundSeries one, Layout layout, Chunk rows, int[] series, int[] kept, long?[] bins, BinSpan[] spans, RunContext context)
    {
        var table = new LongTable();
        var groups = new int[kept.Length];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = table.GetOrAdd(((long)series[i] << 32) | (uint)(bins[kept[i]]!.Value - spans[series[i]].First));
        var values = Values(one, groups, table.Count, layout, rows, context);
        var fallback = DynamicCell.From(one.Default?.Type ?? KqlType.Long, one.Default is null ? 0L : EvaluatorFactory.Constant(one.Default, context));
        var arrays = spans.Select(s => Filled(s.Count, fallback)).ToArray();
        var keys = table.Keys;
        for (var g = 0; g < keys.Length; g++)
            arrays[(int)(keys[g] >> 32)][(int)(uint)keys[g]] = DynamicCell.From(values.Type, values.Box(g));
        return new FlatColumn<object>(KqlType.Dynamic, Array.ConvertAll<object?[], object>(arrays, a => new DynamicArray(a)));
    }

    /// <summary>The value of each bin that has rows.</summary>
    private static Column Values(BoundSeries one, int[] groups, int count, Layout layout, Chunk rows, RunContext context)
    {
        var columns = new List<ColumnVariable>();
        var cells = new List<Cells>();
        foreach (var aggregate in one.Aggregates)
        {
            var state = aggregate.Create!();
            state.Resize(Math.Max(1, count));
            if (groups.Length > 0) state.Add(groups, aggregate.Arguments.Select(a => Executor.Evaluate(a, layout, rows, context)).ToArray());
            columns.Add(aggregate.Columns[0]);
            cells.Add(new Cells(state.Finish(count)));
        }

        return Executor.Evaluate(one.Value, new Layout(columns), new Chunk([.. cells], count), context);
    }

    private static object?[] Filled(int count, object? value)
    {
        var array = new object?[count];
        Array.Fill(array, value);
        return array;
    }
}

/// <summary>The bins of one series: the number of the first and how many.</summary>
internal readonly record struct BinSpan(long First, int Count);

/// <summary>Divides an axis of whole numbers, times or reals into bins.</summary>
internal sealed class SeriesAxis
{
    private readonly KqlType _type;
    private readonly double _origin;
    private readonly double _step;
    private readonly long _originTicks;
    private readonly long _stepTicks;
    private readonly bool _hasFrom;
    private readonly long? _count;

    private SeriesAxis(KqlType type, object? from, object? to, object step, bool inclusive)
    {
        _type = type;
        _hasFrom = from is not null;
        if (type == KqlType.Real)
        {
            _step = (double)step;
            _origin = from is double start ? start : 0;
            if (from is not null && to is double end) _count = (long)(inclusive ? Math.Floor((end - _origin) / _step) + 1 : Math.Ceiling((end - _origin) / _step));
            return;
        }

        _stepTicks = (long)step;
        _originTicks = from is long first ? first : 0;
        if (from is null || to is not long last) return;
        var length = last - _originTicks;
        _count = inclusive ? FloorDivide(length, _stepTicks) + 1 : -FloorDivide(-length, _stepTicks);
    }

    public static SeriesAxis Create(BoundMakeSeries node, RunContext context)
    {
        var step = EvaluatorFactory.Constant(node.Step, context);
        if (step is null or 0L or 0d) throw KqlException.BadArgument("The step of make-series is null or zero; it must be a positive size such as `5m`.");
        return new SeriesAxis(
            node.Axis.Type,
            node.From is null ? null : EvaluatorFactory.Constant(node.From, context),
            node.To is null ? null : EvaluatorFactory.Constant(node.To, context),
            step,
            node.InclusiveTo);
    }

    /// <summary>The bin of each row; null for a row whose axis value is null or outside.</summary>
    public long?[] BinsOf(Column axis)
    {
        var bins = new long?[axis.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            if (axis.IsNull(i)) continue;
            var bin = axis is Column<double> reals ? (long)Math.Floor((reals.Read()[i] - _origin) / _step) : FloorDivide(((Column<long>)axis).Read()[i] - _originTicks, _stepTicks);
            if (_hasFrom && bin < 0) continue;
            if (_count is { } count && bin >= count) continue;
            bins[i] = bin;
        }

        return bins;
    }

    /// <summary>The bins of each series: those between start and end, or those that have data where an end is open.</summary>
    public BinSpan[] SpansOf(int[] series, int[] rows, long?[] bins, int seriesCount)
    {
        var first = new long[seriesCount];
        var last = new long[seriesCount];
        Array.Fill(first, _hasFrom ? 0 : long.MaxValue);
        Array.Fill(last, _count is { } count ? count - 1 : long.MinValue);
        for (var i = 0; i < series.Length; i++)
        {
            var bin = bins[rows[i]]!.Value;
            if (!_hasFrom) first[series[i]] = Math.Min(first[series[i]], bin);
            if (_count is null) last[series[i]] = Math.Max(last[series[i]], bin);
        }

        var spans = new BinSpan[seriesCount];
        for (var s = 0; s < spans.Length; s++)
        {
            var length = last[s] - first[s] + 1;
            if (length > 10_000_000) throw KqlException.RowsExceeded(length, 10_000_000);
            spans[s] = new BinSpan(first[s], (int)Math.Max(0, length));
        }

        return spans;
    }

    /// <summary>The axis value of each bin.</summary>
    public DynamicArray Values(BinSpan span)
    {
        var values = new object?[span.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _type == KqlType.Real
                ? _origin + ((span.First + i) * _step)
                : DynamicCell.From(_type, _originTicks + ((span.First + i) * _stepTicks));
        }

        return new DynamicArray(values);
    }

    private static long FloorDivide(long value, long size)
    {
        var quotient = value / size;
        return (value % size != 0) && ((value < 0) != (size < 0)) ? quotient - 1 : quotient;
    }
}
