using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The sum or mean of decimals. A total beyond the range of decimal gives null; so does the mean of no value.</summary>
internal sealed class DecimalTotal(bool isMean) : Aggregator
{
    private State[] _states = [];

    public override long Bytes => _states.Length * 32L;

    public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
    {
        var values = ((Column<decimal>)arguments[0]).Read();
        for (var i = 0; i < groups.Length; i++)
        {
            if (!values.IsNull(i)) _states[groups[i]].Add(values[i], 1);
        }
    }

    public override void Merge(Aggregator other, ReadOnlySpan<int> map)
    {
        var added = ((DecimalTotal)other)._states;
        for (var i = 0; i < map.Length; i++)
        {
            ref var state = ref _states[map[i]];
            state.Add(added[i].Sum, added[i].Count);
            state.Overflowed |= added[i].Overflowed;
        }
    }

    public override Column Finish(int groups)
    {
        var result = new ColumnBuilder<decimal>(KqlType.Decimal, groups);
        foreach (var state in _states.AsSpan(0, groups))
        {
            if (state.Overflowed || (isMean && state.Count == 0)) result.AddNull();
            else result.Add(isMean ? state.Sum / state.Count : state.Sum);
        }

        return result.Build();
    }

    private struct State
    {
        public decimal Sum;
        public long Count;
        public bool Overflowed;

        public void Add(decimal value, long count)
        {
            try
            {
                Sum += value;
            }
            catch (OverflowException)
            {
                // Decimal arithmetic has no other way to say so; the result becomes null.
                Overflowed = true;
            }

            Count += count;
        }
    }
}
