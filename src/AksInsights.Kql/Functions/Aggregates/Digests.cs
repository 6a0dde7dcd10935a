using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>States of percentiles that can be kept and merged later.</summary>
internal static class Digests
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("tdigest", FunctionKind.Aggregate, "A state from which percentile_tdigest tells percentiles; null where there is no value.", "summarize tdigest(CounterValue) by bin(TimeGenerated, 1d)", "tdigest-aggregation-function")
        {
            Signatures =
            [
                Form(new Parameter("value", Sums.Summable & ~TypeSet.Decimal)),
                Form(new Parameter("value", TypeSet.Decimal, KqlType.Real)),
            ],
        },
        new("tdigest_merge", FunctionKind.Aggregate, "The merged states of all rows; values that are no such states are skipped.", "summarize tdigest_merge(Latencies)", "tdigest-merge-aggregation-function")
        {
            Aliases = ["merge_tdigest"],
            Naming = (argument, _) => "merge_tdigests_" + argument,
            Signatures = [new([Parameter.Dynamic("tdigest")], KqlType.Dynamic) { Aggregator = _ => new MergedDigest() }],
        },
    ];

    private static Signature Form(Parameter value) => new([value, new Parameter("weight", TypeSet.Number, KqlType.Long).Optional()], KqlType.Dynamic)
    {
        Aggregator = shape => new DigestOf(shape.Types[0] == KqlType.Int ? KqlType.Long : shape.Types[0]),
    };

    /// <summary>Keeps the values, 10 bytes each, and their weights if there are any, until the end.</summary>
    private sealed class DigestOf(KqlType type) : Aggregator
    {
        private readonly GroupedValues _values = new();
        private readonly GroupedValues _weights = new();
        private long[] _buffer = [];
        private bool _isWeighted;

        public override long Bytes => _values.Bytes + _weights.Bytes;

        public override void Resize(int groups) => GroupedValues.Resize(groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var numbers = OrderedBits.Of(arguments[0], ref _buffer);
            var nulls = OrderedBits.NullsOf(arguments[0]);
            _isWeighted = arguments.Length > 1;
            var weights = _isWeighted ? ((Column<long>)arguments[1]).Flatten() : [];
            for (var i = 0; i < groups.Length; i++)
            {
                // A null weight's value is zero.
                if ((!nulls.IsEmpty && nulls[i]) || (_isWeighted && weights[i] <= 0)) continue;
                _values.Add(groups[i], numbers[i]);
                if (_isWeighted) _weights.Add(groups[i], weights[i]);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (DigestOf)other;
            _values.Merge(added._values, map);
            _weights.Merge(added._weights, map);
            _isWeighted |= added._isWeighted;
        }

        public override Column Finish(int groups)
        {
            using var values = _values.Read(groups);
            using var weights = _weights.Read(groups);
            var digests = new object[groups];
            for (var i = 0; i < groups; i++)
            {
                var numbers = values.ToArray(i);
                var shares = _isWeighted ? weights.ToArray(i) : Enumerable.Repeat(1L, numbers.Length).ToArray();
                digests[i] = Digest.Create(type, numbers, shares)?.ToDynamic()!;
            }

            return new FlatColumn<object>(KqlType.Dynamic, digests);
        }
    }

    private sealed class MergedDigest : Aggregator
    {
        // A digest has at most a thousand values of 16 bytes; most have far fewer.
        private const long BytesPerDigest = 2048;

        private List<Digest>?[] _states = [];
        private long _digests;

        public override long Bytes => (_states.Length * 8L) + (_digests * BytesPerDigest);

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<object>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                if (Digest.Read(values[i]) is not { } digest) continue;
                (_states[groups[i]] ??= []).Add(digest);
                _digests++;
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (MergedDigest)other;
            for (var i = 0; i < map.Length; i++)
            {
                if (added._states[i] is { } digests) (_states[map[i]] ??= []).AddRange(digests);
            }

            _digests += added._digests;
        }

        public override Column Finish(int groups)
        {
            var digests = new object[groups];
            for (var i = 0; i < groups; i++) digests[i] = Digest.Merge(_states[i] ?? [])?.ToDynamic()!;
            return new FlatColumn<object>(KqlType.Dynamic, digests);
        }
    }
}
