using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>States of distinct counts that can be kept and merged later.</summary>
internal static class CountSketches
{
    private static readonly Signature Hll = new(
        [Parameter.Any("value"), Parameter.Long("accuracy").Optional().Constant()], KqlType.Dynamic)
    {
        Aggregator = shape => new SketchOf(HyperLogLog.PrecisionOf(shape.Constants.ElementAtOrDefault(1))),
    };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("hll", FunctionKind.Aggregate, "A state from which dcount_hll tells the number of distinct values; null where there is no value.", "summarize hll(PodUid) by bin(TimeGenerated, 1d)", "hll-aggregation-function")
        {
            Signatures = [Hll],
        },
        new("hll_if", FunctionKind.Aggregate, "As hll, of the rows for which a condition is true.", "summarize hll_if(PodUid, PodStatus == 'Failed')", "hll-if-aggregation-function")
        {
            Signatures = [Hll.When()],
        },
        new("hll_merge", FunctionKind.Aggregate, "The merged states of all rows; values that are no such states are skipped.", "summarize hll_merge(Pods)", "hll-merge-aggregation-function")
        {
            Signatures = [new([Parameter.Dynamic("hll")], KqlType.Dynamic) { Aggregator = _ => new MergedSketch() }],
        },
    ];

    private abstract class Sketches : Aggregator
    {
        private const int BytesPerState = 128;

        private HyperLogLog?[] _states = [];
        private long _held;

        public override long Bytes => (_states.Length * 8L) + _held;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (Sketches)other;
            for (var i = 0; i < map.Length; i++)
            {
                if (added._states[i] is { } state) Add(map[i], state);
            }
        }

        public override Column Finish(int groups)
        {
            var values = new object[groups];
            for (var i = 0; i < groups; i++) values[i] = _states[i]?.ToDynamic()!;
            return new FlatColumn<object>(KqlType.Dynamic, values);
        }

        protected void Add(int group, int precision, long hash) => _held += Of(group, precision).Add(hash);

        protected void Add(int group, HyperLogLog state) => _held += Of(group, state.Precision).Add(state);

        private HyperLogLog Of(int group, int precision)
        {
            if (_states[group] is { } state) return state;
            _held += BytesPerState;
            return _states[group] = new HyperLogLog(precision);
        }
    }

    private sealed class SketchOf(int precision) : Sketches
    {
        private readonly ValueHashes _hashes = new();

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var hashes = _hashes.Of(arguments[0]);
            var nulls = _hashes.NullsOf(arguments[0]);
            for (var i = 0; i < groups.Length; i++)
            {
                if (nulls.IsEmpty || !nulls[i]) Add(groups[i], precision, hashes[i]);
            }
        }
    }

    private sealed class MergedSketch : Sketches
    {
        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<object>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                if (HyperLogLog.Read(values[i]) is { } state) Add(groups[i], state);
            }
        }
    }
}
