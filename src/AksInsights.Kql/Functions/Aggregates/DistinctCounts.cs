using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Counting distinct values.</summary>
internal static class DistinctCounts
{
    private static readonly Signature Estimate = new([Parameter.Any("value"), Parameter.Long("accuracy").Optional().Constant()], KqlType.Long)
    {
        Aggregator = shape => new DistinctCount(shape.Types[0]),
    };

    private static readonly Signature Exact = new([new Parameter("value", TypeSet.NotDynamic)], KqlType.Long)
    {
        Aggregator = shape => new DistinctCount(shape.Types[0]),
    };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("dcount", FunctionKind.Aggregate, "The number of distinct values that are not null: exact, where the service estimates.", "summarize dcount(PodUid) by Namespace", "dcount-aggregation-function")
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

    /// <summary>Counts distinct values in a table of pairs of group and value. Memory: about 24 bytes a distinct pair.</summary>
    private sealed class DistinctCount(KqlType type) : Aggregator
    {
        private readonly ValueKeys _keys = ValueKeys.For(type);
        private readonly GroupedKeys _pairs = new();
        private long[] _counts = [];

        public override long Bytes => _pairs.Bytes + _keys.Bytes + (_counts.Length * sizeof(long));

        public override void Resize(int groups) => GroupStates.Grow(ref _counts, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var keys = _keys.Of(arguments[0]);
            var nulls = _keys.NullsOf(arguments[0]);
            for (var i = 0; i < groups.Length; i++)
            {
                if ((nulls.IsEmpty || !nulls[i]) && _pairs.Add(groups[i], keys[i])) _counts[groups[i]]++;
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (DistinctCount)other;
            var keyOf = _keys.Adopt(added._keys);
            foreach (var (group, key) in added._pairs.Pairs)
            {
                if (_pairs.Add(map[group], keyOf(key))) _counts[map[group]]++;
            }
        }

        public override Column Finish(int groups) => new FlatColumn<long>(KqlType.Long, _counts, null, 0, groups);
    }
}
