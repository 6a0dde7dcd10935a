using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The smallest and the greatest value.</summary>
internal static class MinMax
{
    /// <summary>The types that have an order, by the service's rules: neither guid nor dynamic.</summary>
    internal const TypeSet Orderable = TypeSet.Bool | TypeSet.Number | TypeSet.DateTime | TypeSet.TimeSpan | TypeSet.String;

    private static readonly Signature Min = Of(Smallest);
    private static readonly Signature Max = Of(Greatest);

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("min", FunctionKind.Aggregate, "The smallest value that is not null; null when there is none.", "summarize min(TimeGenerated)", "min-aggregation-function")
        {
            Signatures = [Min],
        },
        new("minif", FunctionKind.Aggregate, "The smallest value of the rows for which a condition is true.", "summarize minif(CounterValue, CounterName == 'cpu')", "minif-aggregation-function")
        {
            Signatures = [Min.When()],
        },
        new("max", FunctionKind.Aggregate, "The greatest value that is not null; null when there is none.", "summarize max(CounterValue) by Computer", "max-aggregation-function")
        {
            Signatures = [Max],
        },
        new("maxif", FunctionKind.Aggregate, "The greatest value of the rows for which a condition is true.", "summarize maxif(CounterValue, CounterName == 'cpu')", "maxif-aggregation-function")
        {
            Signatures = [Max.When()],
        },
    ];

    private static Signature Of(Func<KqlType, Aggregator> aggregator) => new([new Parameter("value", Orderable)], shape => shape.Types[0])
    {
        Aggregator = shape => aggregator(shape.Types[0]),
    };

    private static Aggregator Smallest(KqlType type) => type switch
    {
        KqlType.Real => new Extreme<double, Order.SmallerReal>(type),
        KqlType.Decimal => new Extreme<decimal, Order.Smaller<decimal>>(type),
        KqlType.String => new Extreme<string, Order.SmallerText>(type),
        KqlType.Bool => new Extreme<bool, Order.Smaller<bool>>(type),
        _ when type.IsInt64() => new Extreme<long, Order.SmallerWhole>(type),
        _ => throw new UnreachableException($"min of {type}"),
    };

    private static Aggregator Greatest(KqlType type) => type switch
    {
        KqlType.Real => new Extreme<double, Order.GreaterReal>(type),
        KqlType.Decimal => new Extreme<decimal, Order.Greater<decimal>>(type),
        KqlType.String => new Extreme<string, Order.GreaterText>(type),
        KqlType.Bool => new Extreme<bool, Order.Greater<bool>>(type),
        _ when type.IsInt64() => new Extreme<long, Order.GreaterWhole>(type),
        _ => throw new UnreachableException($"max of {type}"),
    };

    /// <summary>The best value of each group in an order.</summary>
    private sealed class Extreme<T, TOrder>(KqlType type) : Aggregator
        where TOrder : struct, IOrder<T>
    {
        private (T Value, bool HasValue)[] _states = [];

        public override long Bytes => _states.Length * 16L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var column = (Column<T>)arguments[0];
            var values = column.Flatten();
            var nulls = column.FlattenNulls();
            if (!nulls.IsEmpty) AddValues(groups, values, nulls);
            else if (GroupStates.IsSingle(groups)) AddOneGroup(ref _states[groups[0]], values);
            else AddAll(groups, values);
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Extreme<T, TOrder>)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                if (added[i].HasValue) Offer(ref _states[map[i]], added[i].Value);
            }
        }

        public override Column Finish(int groups)
        {
            var result = new ColumnBuilder<T>(type, groups);
            foreach (var (value, hasValue) in _states.AsSpan(0, groups))
            {
                if (hasValue) result.Add(value);
                else result.AddNull();
            }

            return result.Build();
        }

        private void AddAll(ReadOnlySpan<int> groups, ReadOnlySpan<T> values)
        {
            var states = _states;
            for (var i = 0; i < groups.Length; i++) Offer(ref states[groups[i]], values[i]);
        }

        private void AddValues(ReadOnlySpan<int> groups, ReadOnlySpan<T> values, ReadOnlySpan<bool> nulls)
        {
            for (var i = 0; i < groups.Length; i++)
            {
                if (!nulls[i]) Offer(ref _states[groups[i]], values[i]);
            }
        }

        private static void AddOneGroup(ref (T Value, bool HasValue) state, ReadOnlySpan<T> values)
        {
            var best = values[0];
            foreach (var value in values[1..])
            {
                if (TOrder.Wins(value, best)) best = value;
            }

            Offer(ref state, best);
        }

        private static void Offer(ref (T Value, bool HasValue) state, T value)
        {
            if (state.HasValue && !TOrder.Wins(value, state.Value)) return;
            state.Value = value;
            state.HasValue = true;
        }
    }
}
