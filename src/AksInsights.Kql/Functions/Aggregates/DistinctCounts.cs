using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Counting distinct values.</summary>
internal static class DistinctCounts
{
    private static readonly Signature Estimate = new([Parameter.Any("value"), Parameter.Long("accuracy").Optional().Constant()], KqlType.Long)
    {
        Aggregator = shape => new DistinctCount(new ValueHashes(), HyperLogLog.PrecisionOf(shape.Constants.ElementAtOrDefault(1))),
    };

    private static readonly Signature Exact = new([new Parameter("value", TypeSet.NotDynamic)], KqlType.Long)
    {
        Aggregator = shape => new DistinctCount(ItemKeys.For(shape.Types[0]), null),
    };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("dcount", FunctionKind.Aggregate, "The number of distinct values that are not null: exact up to 65,536 in a group, then estimated with the error of the accuracy asked for.", "summarize dcount(PodUid) by Namespace", "dcount-aggregation-function")
        {
            Signatures = [Estimate],
        },
        new("dcountif", FunctionKind.Aggregate, "The number of distinct values of the rows for which a condition is true.", "summarize dcountif(PodUid, PodStatus == 'Failed')", "dcountif-aggregation-function")
        {
            Signatures = [Estimate.When()],
        },
        new("count_distinct", FunctionKind.Aggregate, "The exact number of distinct values that are not null.", "summarize count_distinct(PodUid) by Namespace", "count-distinct-aggregation-function")
        {
            Signatures = [Exact],
        },
        new("count_distinctif", FunctionKind.Aggregate, "The exact number of distinct values of the rows for which a condition is true.", "summarize count_distinctif(PodUid, PodStatus == 'Failed')", "count-distinctif-aggregation-function")
        {
            Signatures = [Exact.When()],
        },
    ];

    /// <summary>Counts distinct values in a table of pairs of group and key; with a precision, groups that grow large change to an estimate.</summary>
    /// <remarks>Memory: about 24 bytes a pair; of a group that is estimated, at most 65,536 pairs and its registers.</remarks>
    private sealed class DistinctCount(ValueKeys keys, int? precision) : Aggregator
    {
        private const int MostPairs = 65_536;

        private readonly GroupedKeys _pairs = new();
        private HyperLogLog?[] _estimates = [];
        private long[] _counts = [];

        public override long Bytes => _pairs.Bytes + keys.Bytes + (_counts.Length * 16L) + _estimateBytes;

        // Of all estimates, each of which is as large as its registers.
        private long _estimateBytes;

        private ValueKeys Keys => keys;

        public override void Resize(int groups)
        {
            GroupStates.Grow(ref _counts, groups);
            GroupStates.Grow(ref _estimates, groups);
        }

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = keys.Of(arguments[0]);
            var nulls = keys.NullsOf(arguments[0]);
            for (var i = 0; i < groups.Length; i++)
            {
                if (nulls.IsEmpty || !nulls[i]) Add(groups[i], values[i]);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (DistinctCount)other;
            var keyOf = keys.Adopt(added.Keys);
            foreach (var (group, key) in added._pairs.Pairs) Add(map[group], keyOf(key));
            for (var i = 0; i < map.Length; i++)
            {
                if (added._estimates[i] is { } estimate) EstimateOf(map[i], estimate.Precision).Add(estimate);
            }
        }

        public override Column Finish(int groups)
        {
            if (_estimateBytes > 0) CountEstimates(groups);
            return new FlatColumn<long>(KqlType.Long, _counts, null, 0, groups);
        }

        private void Add(int group, long key)
        {
            // Pairs that are there already may be added to the estimate too: it counts a key once.
            if (_estimates[group] is { } estimate) estimate.Add(key);
            else if (_pairs.Add(group, key) && ++_counts[group] > MostPairs && precision is { } bits) EstimateOf(group, bits);
        }

        private HyperLogLog EstimateOf(int group, int bits)
        {
            if (_estimates[group] is { } known) return known;
            _estimateBytes += 1L << bits;
            return _estimates[group] = new HyperLogLog(bits);
        }

        // The pairs of an estimated group were counted before it grew large.
        private void CountEstimates(int groups)
        {
            foreach (var (group, key) in _pairs.Pairs) _estimates[group]?.Add(key);
            for (var i = 0; i < groups; i++) _counts[i] = _estimates[i]?.Estimate() ?? _counts[i];
        }
    }
}
