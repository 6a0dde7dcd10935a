using System.Diagnostics;
using System.Runtime.CompilerServices;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Picks the row with the greatest or smallest key of each group: the work of <c>arg_max</c> and <c>arg_min</c>.</summary>
/// <remarks>
/// Arguments: the key and the row's number (<c>Column&lt;long&gt;</c>, not null). The result is the number of the winning row, -1 for a group without rows.
/// Null keys lose to all others, but a group of null keys still gives a row. Of equal keys the lowest row number wins, so that parallel runs agree.
/// Source: arg-max-aggregation-function, arg-min-aggregation-function.
/// </remarks>
internal static class ArgExtreme
{
    /// <summary>An aggregator for a key type.</summary>
    public static Aggregator Create(KqlType keyType, bool max) => keyType switch
    {
        KqlType.Real => max ? new Picker<double, Order.GreaterReal>() : new Picker<double, Order.SmallerReal>(),
        KqlType.Decimal => max ? new Picker<decimal, Order.Greater<decimal>>() : new Picker<decimal, Order.Smaller<decimal>>(),
        KqlType.String => max ? new Picker<string, Order.GreaterText>() : new Picker<string, Order.SmallerText>(),
        KqlType.Bool => max ? new Picker<bool, Order.Greater<bool>>() : new Picker<bool, Order.Smaller<bool>>(),
        KqlType.Guid => max ? new Picker<Guid, Order.Greater<Guid>>() : new Picker<Guid, Order.Smaller<Guid>>(),
        _ when keyType.IsInt64() => max ? new Picker<long, Order.GreaterWhole>() : new Picker<long, Order.SmallerWhole>(),
        _ => throw new UnreachableException($"arg_max of {keyType}"),
    };

    private struct State<T>
    {
        public T Key;

        // Row number + 1: positive with a key, negative while all keys were null, 0 before the first row.
        public long Row;
    }

    private sealed class Picker<T, TOrder> : Aggregator
        where TOrder : struct, IOrder<T>
    {
        private State<T>[] _states = [];

        public override long Bytes => _states.Length * 24L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var states = _states;
            var column = (Column<T>)arguments[0];
            var keys = column.Flatten();
            var nulls = column.FlattenNulls();
            var rows = ((Column<long>)arguments[1]).Flatten();
            if (nulls.IsEmpty)
            {
                for (var i = 0; i < groups.Length; i++) OfferKey(ref states[groups[i]], keys[i], rows[i] + 1);
                return;
            }

            for (var i = 0; i < groups.Length; i++)
            {
                if (nulls[i]) OfferNull(ref states[groups[i]], rows[i] + 1);
                else OfferKey(ref states[groups[i]], keys[i], rows[i] + 1);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Picker<T, TOrder>)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                if (added[i].Row > 0) OfferKey(ref _states[map[i]], added[i].Key, added[i].Row);
                else if (added[i].Row < 0) OfferNull(ref _states[map[i]], -added[i].Row);
            }
        }

        public override Column Finish(int groups)
        {
            var rows = new long[groups];
            for (var i = 0; i < groups; i++) rows[i] = Math.Abs(_states[i].Row) - 1;
            return new FlatColumn<long>(KqlType.Long, rows);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void OfferKey(ref State<T> state, T key, long row)
        {
            if (state.Row > 0 && !TOrder.Wins(key, state.Key))
            {
                if (row >= state.Row || TOrder.Wins(state.Key, key)) return;
            }

            state.Key = key;
            state.Row = row;
        }

        private static void OfferNull(ref State<T> state, long row)
        {
            if (state.Row == 0 || (state.Row < 0 && row < -state.Row)) state.Row = -row;
        }
    }
}
