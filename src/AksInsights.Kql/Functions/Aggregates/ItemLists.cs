using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>A growing list of dynamic values for each group, up to a size.</summary>
internal sealed class ItemLists(int size)
{
    private (object?[] Items, int Count)[] _lists = [];
    private long _capacity;

    /// <summary>Roughly the memory held, in bytes; a boxed value counts as 24.</summary>
    public long Bytes => (_lists.Length * 16L) + (_capacity * 32L);

    /// <summary>Makes room for groups.</summary>
    public void Resize(int groups) => GroupStates.Grow(ref _lists, groups);

    /// <summary>Whether a group takes no more values.</summary>
    public bool IsFull(int group) => _lists[group].Count >= size;

    /// <summary>Adds a value, unless the group is full.</summary>
    public void Add(int group, object? item)
    {
        ref var list = ref _lists[group];
        if (list.Count >= size) return;
        if (list.Items is null || list.Count == list.Items.Length) Grow(ref list);
        list.Items![list.Count++] = item;
    }

    /// <summary>The values of a group, in order.</summary>
    public ReadOnlySpan<object?> Of(int group) => _lists[group].Items.AsSpan(0, _lists[group].Count);

    /// <summary>The arrays of groups 0 to <paramref name="groups"/> - 1; empty ones for groups without values.</summary>
    public Column ToColumn(int groups)
    {
        var arrays = new object[groups];
        for (var i = 0; i < groups; i++) arrays[i] = _lists[i].Count == 0 ? DynamicArray.Empty : new DynamicArray(Of(i).ToArray());
        return new FlatColumn<object>(KqlType.Dynamic, arrays);
    }

    private void Grow(ref (object?[] Items, int Count) list)
    {
        var capacity = Math.Max(4, list.Count * 2);
        _capacity += capacity - list.Count;
        Array.Resize(ref list.Items, capacity);
    }
}
