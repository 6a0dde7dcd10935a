using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>When which id was seen: the events of one combination of dimensions, by time.</summary>
/// <param name="Events">Times on the timeline with numbered ids, ascending.</param>
/// <param name="Values">The plugin's arguments: start, end and what else it takes; null where left out.</param>
internal sealed record ActivitySlice(IReadOnlyList<(long Time, int Id)> Events, IReadOnlyList<long?> Values)
{
    private const ulong MaxBins = 10_000_000;

    /// <summary>The start of the analysis.</summary>
    public long Start => Values[0]!.Value;

    /// <summary>The end of the analysis, inclusive.</summary>
    public long End => Values[1]!.Value;

    /// <summary>The events between start and end.</summary>
    public IEnumerable<(long Time, int Id)> Inside => Events.Where(e => e.Time >= Start && e.Time <= End);

    /// <summary>The bin of a time; bins are counted from the start.</summary>
    public long Bin(long time, long size) => Start + (FloorDivide(time - Start, size) * size);

    /// <summary>The bins from one to the end of the analysis.</summary>
    /// <exception cref="CallFailedException">There are too many.</exception>
    public IEnumerable<long> BinsFrom(long first, long size)
    {
        var count = End < first ? 0 : ((ulong)(End - first) / (ulong)size) + 1;
        if (count > MaxBins) throw new CallFailedException($"The analysis has {count} bins; the limit is {MaxBins}. Use larger bins or a shorter time.");
        for (ulong i = 0; i < count; i++) yield return first + ((long)i * size);
    }

    /// <summary>Whole bins between the start and a time, rounded down.</summary>
    public static long FloorDivide(long value, long size) => (value / size) - (value % size < 0 ? 1 : 0);
}

/// <summary>The activity plugins: slices the rows by dimensions and computes each slice's rows.</summary>
/// <param name="output">The computed columns, in the order in which <paramref name="compute"/> gives their values.</param>
/// <param name="values">The number of arguments between the two columns and the dimensions.</param>
/// <param name="findsRange">Whether the analysis goes from the first to the last time of the input.</param>
/// <param name="compute">The rows of a slice.</param>
internal sealed class ActivityTransform(
    IReadOnlyList<ColumnVariable> output, int values, bool findsRange, Func<ActivitySlice, IEnumerable<object[]>> compute) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var builders = output.Select(c => ColumnBuilder.Create(c.Type)).ToArray();
        var sources = new List<int>();
        if (rowCount > 0)
        {
            var arguments = reads[2..(2 + values)].Select(r => (long?)r.Box(0)).ToArray();
            if (findsRange) (arguments[0], arguments[1]) = Range(((Column<long>)reads[1]).Read(), rowCount);
            if (arguments[0] is null && findsRange) rowCount = 0;
            else Check(arguments);
            foreach (var (first, events) in Slices(rowCount, reads))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                foreach (var row in compute(new ActivitySlice(events, arguments)))
                {
                    context.ReserveMemory(8L * row.Length);
                    sources.Add(first);
                    for (var i = 0; i < row.Length; i++) builders[i].AddBoxed(row[i]);
                }
            }
        }

        var computed = new Dictionary<ColumnVariable, Column>();
        for (var i = 0; i < builders.Length; i++) computed[output[i]] = builders[i].Build();
        return new TransformResult(sources.Count, [.. sources], computed);
    }

    // No range where no row has a time.
    private static (long? First, long? Last) Range(ColumnReader<long> times, int rowCount)
    {
        (long? First, long? Last) range = (null, null);
        for (var i = 0; i < rowCount; i++)
        {
            if (times.IsNull(i)) continue;
            range = (Math.Min(range.First ?? times[i], times[i]), Math.Max(range.Last ?? times[i], times[i]));
        }

        return range;
    }

    // Start and end come first; every length and number behind them counts something, so it is above zero.
    private static void Check(long?[] arguments)
    {
        if (arguments[0] is null || arguments[1] is null) throw new CallFailedException("The start and the end of the analysis must not be null.");
        if (arguments[2..].Any(a => a <= 0)) throw new CallFailedException("Windows, bins and periods of the analysis must be above zero.");
    }

    private IEnumerable<(int FirstRow, List<(long Time, int Id)> Events)> Slices(int rowCount, Column[] reads)
    {
        var ids = new int[rowCount];
        ColumnKeys.Create(reads[0].Type).Encode(reads[0], ids);
        var slices = new GroupKeys(reads[(2 + values)..].Select(r => r.Type).ToArray());
        var sliceOf = new int[rowCount];
        slices.Encode(reads[(2 + values)..], sliceOf);
        var times = ((Column<long>)reads[1]).Read();
        return Enumerable.Range(0, rowCount).Where(r => !times.IsNull(r)).GroupBy(r => sliceOf[r])
            .Select(g => (g.First(), g.Select(r => (times[r], ids[r])).OrderBy(e => e.Item1).ToList()));
    }
}
