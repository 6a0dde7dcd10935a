using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>As <see cref="ArrayOf"/> without nulls, for values of up to 64 bits: they are kept as they are and made objects of only at the end.</summary>
internal sealed class NumberArrayOf(KqlType type, int size) : Aggregator
{
    private readonly ItemKeys _keys = ItemKeys.For(type);
    private readonly GroupedValues _values = new();
    private int[] _counts = [];

    public override bool DependsOnOrder => true;

    public override long Bytes => _values.Bytes + (_counts.Length * sizeof(int));

    public override void Resize(int groups)
    {
        GroupedValues.Resize(groups);
        GroupStates.Grow(ref _counts, groups);
    }

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
    {
        var values = _keys.Of(arguments[0]);
        var nulls = _keys.NullsOf(arguments[0]);
        for (var i = 0; i < groups.Length; i++)
        {
            if (!nulls.IsEmpty && nulls[i]) continue;
            ref var count = ref _counts[groups[i]];
            if (count >= size) continue;
            count++;
            _values.Add(groups[i], values[i]);
        }
    }

    // Together the states may hold more than the size; what is beyond it is left out at the end.
    public override void Merge(Aggregator other, ReadOnlySpan<int> map) => _values.Merge(((NumberArrayOf)other)._values, map);

    public override Column Finish(int groups)
    {
        using var reader = _values.Read(groups);
        var arrays = new object[groups];
        for (var group = 0; group < groups; group++)
        {
            var numbers = reader.ToArray(group);
            var items = new object?[Math.Min(numbers.Length, size)];
            for (var i = 0; i < items.Length; i++) items[i] = _keys.ItemOf(numbers[i]);
            arrays[group] = new DynamicArray(items);
        }

        return new FlatColumn<object>(KqlType.Dynamic, arrays);
    }
}
