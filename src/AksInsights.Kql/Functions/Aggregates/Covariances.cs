using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>How two values vary together.</summary>
internal static class Covariances
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        .. Pair("covariance", "covariance of a sample of pairs", ofSample: true),
        .. Pair("covariancep", "covariance of a population of pairs", ofSample: false),
    ];

    private static IEnumerable<FunctionEntry> Pair(string name, string what, bool ofSample)
    {
        var plain = new Signature([new Parameter("first", Sums.Summable), new Parameter("second", Sums.Summable)], KqlType.Real)
        {
            Aggregator = _ => new Products(ofSample),
        };
        yield return new(name, FunctionKind.Aggregate, $"The {what} without nulls; null where there are too few.", $"summarize {name}(Cpu, Memory)", $"{name}-aggregation-function")
        {
            Signatures = [plain],
        };
        yield return new(name + "if", FunctionKind.Aggregate, $"The {what} over the rows for which a condition is true.", $"summarize {name}if(Cpu, Memory, IsUp)", $"{name}if-aggregation-function")
        {
            Signatures = [plain.When(2)],
        };
    }

    // The mean of each side and the sum of the products of the distances to them.
    private struct State
    {
        public long Count;
        public double First;
        public double Second;
        public double Product;

        public void Add(double first, double second)
        {
            Count++;
            var distance = first - First;
            First += distance / Count;
            Second += (second - Second) / Count;
            Product += distance * (second - Second);
        }

        public void Add(in State other)
        {
            if (other.Count == 0) return;
            var count = Count + other.Count;
            var (first, second) = (other.First - First, other.Second - Second);
            Product += other.Product + (first * second * Count / count * other.Count);
            First += first * other.Count / count;
            Second += second * other.Count / count;
            Count = count;
        }
    }

    private sealed class Products(bool ofSample) : Aggregator
    {
        private State[] _states = [];
        private double[] _first = [];
        private double[] _second = [];

        public override long Bytes => (_states.Length * 32L) + ((_first.Length + _second.Length) * sizeof(double));

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var first = RealCells.Of(arguments[0], ref _first);
            var second = RealCells.Of(arguments[1], ref _second);
            var firstNulls = RealCells.NullsOf(arguments[0]);
            var secondNulls = RealCells.NullsOf(arguments[1]);
            for (var i = 0; i < groups.Length; i++)
            {
                if ((!firstNulls.IsEmpty && firstNulls[i]) || (!secondNulls.IsEmpty && secondNulls[i])) continue;
                _states[groups[i]].Add(first[i], second[i]);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Products)other)._states;
            for (var i = 0; i < map.Length; i++) _states[map[i]].Add(added[i]);
        }

        public override Column Finish(int groups)
        {
            var result = new ColumnBuilder<double>(KqlType.Real, groups);
            foreach (var state in _states.AsSpan(0, groups))
            {
                var divisor = state.Count - (ofSample ? 1 : 0);
                if (divisor > 0) result.Add(state.Product / divisor);
                else result.AddNull();
            }

            return result.Build();
        }
    }
}
