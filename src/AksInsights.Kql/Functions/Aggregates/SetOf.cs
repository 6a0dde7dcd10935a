using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Collects the distinct values of each group into an array, in the order in which they first turned up.</summary>
/// <remarks>A dynamic array counts as its items, as make-set-aggregation-function shows; its null items count as nulls.</remarks>
internal sealed class SetOf(KqlType type, int size) : Aggregator
{
    private readonly ItemKeys _keys = ItemKeys.For(type);
    private readonly GroupedKeys _pairs = new();
    private readonly GroupedValues _sets = new();
    private int[] _counts = [];

    public override long Bytes => _keys.Bytes + _pairs.Bytes + _sets.Bytes + (_counts.Length * sizeof(int));

    public override void Resize(int groups)
    {
        GroupedValues.Resize(groups);
        GroupStates.Grow(ref _counts, groups);
    }

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
    {
        if (type == KqlType.Dynamic)
        {
            AddItems(groups, ((Column<object>)arguments[0]).Read());
            return;
        }

        var keys = _keys.Of(arguments[0]);
        var nulls = _keys.NullsOf(arguments[0]);
        for (var i = 0; i < groups.Length; i++)
        {
            if (nulls.IsEmpty || !nulls[i]) AddKey(groups[i], keys[i]);
        }
    }

    public override void Merge(Aggregator other, ReadOnlySpan<int> map)
    {
        var added = (SetOf)other;
        var keyOf = _keys.Adopt(added._keys);
        using var reader = added._sets.Read(map.Length);
        for (var i = 0; i < map.Length; i++)
        {
            foreach (var key in reader.ToArray(i)) AddKey(map[i], keyOf(key));
        }
    }

    public override Column Finish(int groups)
    {
        using var reader = _sets.Read(groups);
        var arrays = new object[groups];
        for (var i = 0; i < groups; i++) arrays[i] = new DynamicArray(Array.ConvertAll(reader.ToArray(i), _keys.ItemOf));
        return new FlatColumn<object>(KqlType.Dynamic, arrays);
    }

    private void AddItems(ReadOnlySpan<int> groups, ColumnReader<object> values)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (values[i] is DynamicArray array)
            {
                foreach (var item in array) AddItem(groups[i], item);
            }
            else
            {
                AddItem(groups[i], values[i]);
            }
        }
    }

    private void AddItem(int group, object? item)
    {
        if (item is not null) AddKey(group, _keys.KeyOf(item));
    }

    private void AddKey(int group, long key)
    {
        if (_counts[group] >= size || !_pairs.Add(group, key)) return;
        _counts[group]++;
        _sets.Add(group, key);
    }
}
