using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Folding whole numbers bit by bit.</summary>
internal static class BitFolds
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Of("binary_all_and", "The bits that are set in all values; null where there is none.", (a, b) => a & b),
        Of("binary_all_or", "The bits that are set in any value; null where there is none.", (a, b) => a | b),
        Of("binary_all_xor", "The bits that are set in an odd number of values; null where there is none.", (a, b) => a ^ b),
    ];

    private static FunctionEntry Of(string name, string description, Func<long, long, long> fold) =>
        new(name, FunctionKind.Aggregate, description, $"summarize {name}(Flags)", name.Replace('_', '-') + "-aggregation-function")
        {
            Naming = (argument, _) => argument,
            Signatures = [new([new Parameter("value", TypeSet.Integer)], shape => shape.Types[0]) { Aggregator = shape => new Fold(shape.Types[0], fold) }],
        };

    private sealed class Fold(KqlType type, Func<long, long, long> fold) : Aggregator
    {
        private (long Value, bool HasValue)[] _states = [];

        public override long Bytes => _states.Length * 16L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<long>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                if (!values.IsNull(i)) Take(ref _states[groups[i]], values[i]);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Fold)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                if (added[i].HasValue) Take(ref _states[map[i]], added[i].Value);
            }
        }

        public override Column Finish(int groups)
        {
            var result = new ColumnBuilder<long>(type, groups);
            foreach (var (value, hasValue) in _states.AsSpan(0, groups))
            {
                if (hasValue) result.Add(value);
                else result.AddNull();
            }

            return result.Build();
        }

        private void Take(ref (long Value, bool HasValue) state, long value) =>
            state = (state.HasValue ? fold(state.Value, value) : value, true);
    }
}
