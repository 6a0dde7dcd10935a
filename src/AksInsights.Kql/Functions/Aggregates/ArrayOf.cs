using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Collects the values of each group into an array, in the order of adding.</summary>
internal sealed class ArrayOf(int size, bool withNulls) : Aggregator
{
    private readonly ItemLists _lists = new(size);

    public override bool DependsOnOrder => true;

    public override long Bytes => _lists.Bytes;

    public override void Resize(int groups) => _lists.Resize(groups);

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
    {
        var item = DynamicCells.Of(arguments[0]);
        for (var i = 0; i < groups.Length; i++)
        {
            if (_lists.IsFull(groups[i])) continue;
            var value = item(i);
            if (withNulls || value is not null) _lists.Add(groups[i], value);
        }
    }

    public override void Merge(Aggregator other, ReadOnlySpan<int> map)
    {
        var added = ((ArrayOf)other)._lists;
        for (var i = 0; i < map.Length; i++)
        {
            foreach (var item in added.Of(i)) _lists.Add(map[i], item);
        }
    }

    public override Column Finish(int groups) => _lists.ToColumn(groups);
}
