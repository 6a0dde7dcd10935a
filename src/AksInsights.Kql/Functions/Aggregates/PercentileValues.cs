using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The values of each group, kept to select percentiles from: any number of percentiles from one pass over the rows.</summary>
/// <remarks>
/// Shape: null for a group without a value that is not null. Exact nearest rank; the service estimates it within 1 % of the rank.
/// Cost: 8 bytes a value; selection is O(values), on all cores.
/// Source: percentiles-aggregation-function.
/// </remarks>
internal sealed class PercentileValues(KqlType result, params double[] percentiles) : PercentileAggregator
{
    private readonly GroupedValues _values = new();
    private long[] _buffer = [];

    public override long Bytes => _values.Bytes;

    public override void Resize(int groups) => GroupedValues.Resize(groups);

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
    {
        var numbers = OrderedBits.Of(arguments[0], ref _buffer);
        var nulls = OrderedBits.NullsOf(arguments[0]);
        if (!nulls.IsEmpty)
        {
            for (var i = 0; i < groups.Length; i++)
            {
                if (!nulls[i]) _values.Add(groups[i], numbers[i]);
            }
        }
        else if (GroupStates.IsSingle(groups))
        {
            _values.AddRange(groups[0], numbers);
        }
        else
        {
            _values.Add(groups, numbers);
        }
    }

    public override void Merge(Aggregator other, ReadOnlySpan<int> map) => _values.Merge(((PercentileValues)other)._values, map);

    /// <summary>The first percentile the aggregate was made for.</summary>
    public override Column Finish(int groups) => Finish(groups, percentiles)[0];

    public override Column[] Finish(int groups, double[] wanted)
    {
        var numbers = Array.ConvertAll(wanted, _ => new long[groups]);
        var nulls = new bool[groups];
        using var reader = _values.Read(groups);
        var workers = Math.Min(Environment.ProcessorCount, 1 + (groups / 64));
        var share = (groups + workers - 1) / workers;
        Parallel.For(0, workers, worker => SelectRange(reader, wanted, numbers, nulls, worker * share, Math.Min(groups, (worker + 1) * share)));
        var someNulls = Array.IndexOf(nulls, true) >= 0 ? nulls : null;
        return Array.ConvertAll(numbers, n => OrderedBits.ToColumn(result, n, someNulls));
    }

    private static void SelectRange(GroupedReader reader, double[] wanted, long[][] numbers, bool[] nulls, int from, int to)
    {
        long[] scratch = [];
        for (var group = from; group < to; group++)
        {
            var count = reader.Count(group);
            nulls[group] = count == 0;
            if (count == 0) continue;
            if (scratch.Length < count) scratch = GC.AllocateUninitializedArray<long>(count + (count / 2));
            var values = scratch.AsSpan(0, count);
            for (var i = 0; i < wanted.Length; i++)
            {
                // Selecting overwrites the values, so each percentile starts from a fresh copy.
                reader.CopyTo(group, values);
                numbers[i][group] = NearestRank.Select(values, (int)NearestRank.Rank(wanted[i], count) - 1);
            }
        }
    }
}
