using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>How far values lie from their mean: variance and standard deviation, of a sample or of a whole population.</summary>
internal static class Deviations
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        .. Pair("variance", "variance of a sample", s => s.SampleVariance()),
        .. Pair("variancep", "variance of a population", s => s.PopulationVariance()),
        .. Pair("stdev", "standard deviation of a sample", s => Math.Sqrt(s.SampleVariance())),
        Pair("stdevp", "standard deviation of a population", s => Math.Sqrt(s.PopulationVariance())).First(),
    ];

    private static IEnumerable<FunctionEntry> Pair(string name, string what, Func<State, double> measure)
    {
        var plain = new Signature([new Parameter("value", Sums.Summable)], KqlType.Real) { Aggregator = _ => new Moments(measure) };
        yield return new(name, FunctionKind.Aggregate, $"The {what}: the values that are not null. Zero where there are too few.", $"summarize {name}(CounterValue)", $"{name}-aggregation-function")
        {
            Signatures = [plain],
        };
        yield return new(name + "if", FunctionKind.Aggregate, $"The {what}: the rows for which a condition is true.", $"summarize {name}if(CounterValue, CounterName == 'cpu')", $"{name}if-aggregation-function")
        {
            Signatures = [plain.When()],
        };
    }

    /// <summary>Count, mean and sum of squared distances to the mean: updated so that large values do not cancel (Welford 1962; merged as in Chan et al. 1979).</summary>
    private struct State
    {
        public long Count;
        public double Mean;
        public double Squares;

        public void Add(double value)
        {
            Count++;
            var distance = value - Mean;
            Mean += distance / Count;
            Squares += distance * (value - Mean);
        }

        public void Add(in State other)
        {
            if (other.Count == 0) return;
            var count = Count + other.Count;
            var distance = other.Mean - Mean;
            Squares += other.Squares + (distance * distance * Count / count * other.Count);
            Mean += distance * other.Count / count;
            Count = count;
        }

        public readonly double SampleVariance() => Count > 1 ? Squares / (Count - 1) : 0;

        public readonly double PopulationVariance() => Count > 0 ? Squares / Count : 0;
    }

    private sealed class Moments(Func<State, double> measure) : Aggregator
    {
        private State[] _states = [];
        private double[] _buffer = [];

        public override long Bytes => (_states.Length * 24L) + (_buffer.Length * sizeof(double));

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = RealCells.Of(arguments[0], ref _buffer);
            var nulls = RealCells.NullsOf(arguments[0]);
            for (var i = 0; i < groups.Length; i++)
            {
                if (nulls.IsEmpty || !nulls[i]) _states[groups[i]].Add(values[i]);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Moments)other)._states;
            for (var i = 0; i < map.Length; i++) _states[map[i]].Add(added[i]);
        }

        public override Column Finish(int groups)
        {
            var results = new double[groups];
            for (var i = 0; i < groups; i++) results[i] = measure(_states[i]);
            return new FlatColumn<double>(KqlType.Real, results);
        }
    }
}
