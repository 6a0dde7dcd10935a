using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The mean of values.</summary>
internal static class Averages
{
    private static readonly Signature Average = new([new Parameter("value", Sums.Summable)], shape => shape.Types[0].IsInteger() ? KqlType.Real : shape.Types[0])
    {
        Aggregator = shape => shape.Types[0] switch
        {
            KqlType.Real => new MeanOfReals(),
            KqlType.Decimal => new DecimalTotal(isMean: true),
            KqlType.DateTime => new MeanOfWholes(KqlType.DateTime),
            KqlType.TimeSpan => new MeanOfWholes(KqlType.TimeSpan),
            _ => new MeanOfWholes(KqlType.Real),
        },
    };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("avg", FunctionKind.Aggregate, "The mean of the values that are not null; of no value NaN for numbers, null for other types.", "summarize avg(CounterValue) by Computer", "avg-aggregation-function")
        {
            Signatures = [Average],
        },
        new("avgif", FunctionKind.Aggregate, "The mean over the rows for which a condition is true.", "summarize avgif(CounterValue, CounterName == 'cpu')", "avgif-aggregation-function")
        {
            Signatures = [Average.When()],
        },
    ];

    /// <summary>The mean of reals.</summary>
    private sealed class MeanOfReals : Aggregator
    {
        private (double Sum, long Count)[] _states = [];

        public override long Bytes => _states.Length * 16L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var states = _states;
            var column = (Column<double>)arguments[0];
            var values = column.Flatten();
            var nulls = column.FlattenNulls();
            if (GroupStates.IsSingle(groups))
            {
                // Null rows hold zero, so they need only be left out of the count.
                ref var state = ref states[groups[0]];
                state.Sum += GroupStates.Sum(values);
                state.Count += GroupStates.CountValues(groups.Length, nulls);
            }
            else if (nulls.IsEmpty)
            {
                for (var i = 0; i < groups.Length; i++)
                {
                    ref var state = ref states[groups[i]];
                    state.Sum += values[i];
                    state.Count++;
                }
            }
            else
            {
                for (var i = 0; i < groups.Length; i++)
                {
                    ref var state = ref states[groups[i]];
                    state.Sum += values[i];
                    state.Count += nulls[i] ? 0 : 1;
                }
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((MeanOfReals)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                ref var state = ref _states[map[i]];
                state.Sum += added[i].Sum;
                state.Count += added[i].Count;
            }
        }

        public override Column Finish(int groups)
        {
            var means = new double[groups];
            for (var i = 0; i < groups; i++) means[i] = _states[i].Sum / _states[i].Count;
            return new FlatColumn<double>(KqlType.Real, means);
        }
    }

    /// <summary>The mean of whole numbers or ticks, from an exact sum: a dozen dates already exceed 64 bits.</summary>
    private sealed class MeanOfWholes(KqlType result) : Aggregator
    {
        private (Int128 Sum, long Count)[] _states = [];

        public override long Bytes => _states.Length * 32L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var states = _states;
            var column = (Column<long>)arguments[0];
            var values = column.Flatten();
            var nulls = column.FlattenNulls();
            for (var i = 0; i < groups.Length; i++)
            {
                if (!nulls.IsEmpty && nulls[i]) continue;
                ref var state = ref states[groups[i]];
                state.Sum += values[i];
                state.Count++;
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((MeanOfWholes)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                ref var state = ref _states[map[i]];
                state.Sum += added[i].Sum;
                state.Count += added[i].Count;
            }
        }

        public override Column Finish(int groups)
        {
            if (result == KqlType.Real)
            {
                var means = new double[groups];
                for (var i = 0; i < groups; i++) means[i] = (double)_states[i].Sum / _states[i].Count;
                return new FlatColumn<double>(KqlType.Real, means);
            }

            var ticks = new ColumnBuilder<long>(result, groups);
            foreach (var (sum, count) in _states.AsSpan(0, groups))
            {
                if (count == 0) ticks.AddNull();
                else ticks.Add((long)(sum / count));
            }

            return ticks.Build();
        }
    }
}
