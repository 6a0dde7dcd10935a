using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution;

/// <summary>Numbers the distinct combinations of several key columns: each column's values are numbered, then pairs of numbers are.</summary>
internal sealed class GroupKeys
{
    private readonly ColumnKeys[] _columns;
    private readonly LongTable[] _pairs;
    private int[] _scratch = [];

    public GroupKeys(IReadOnlyList<KqlType> types)
    {
        _columns = types.Select(ColumnKeys.Create).ToArray();
        _pairs = Enumerable.Range(1, Math.Max(0, types.Count - 1)).Select(_ => new LongTable()).ToArray();
    }

    /// <summary>The number of groups; without columns always 1.</summary>
    public int Count => _columns.Length == 0 ? 1 : _pairs.Length == 0 ? _columns[0].Count : _pairs[^1].Count;

    public long Bytes => _columns.Sum(c => c.Bytes) + _pairs.Sum(p => p.Bytes);

    /// <summary>The group of each row; new combinations get new numbers.</summary>
    public void Encode(IReadOnlyList<Column> keys, Span<int> groups)
    {
        if (_columns.Length == 0)
        {
            groups.Clear();
            return;
        }

        _columns[0].Encode(keys[0], groups);
        for (var c = 1; c < _columns.Length; c++)
        {
            var ids = Scratch(groups.Length);
            _columns[c].Encode(keys[c], ids);
            var pairs = _pairs[c - 1];
            for (var i = 0; i < ids.Length; i++) groups[i] = pairs.GetOrAdd(Pair(groups[i], ids[i]));
        }
    }

    /// <summary>The group of each row, -1 for an unknown combination and for a row with a null key.</summary>
    public void Find(IReadOnlyList<Column> keys, Span<int> groups)
    {
        if (_columns.Length == 0)
        {
            groups.Clear();
            return;
        }

        _columns[0].Find(keys[0], groups);
        HideNull(_columns[0], groups);
        for (var c = 1; c < _columns.Length; c++)
        {
            var ids = Scratch(groups.Length);
            _columns[c].Find(keys[c], ids);
            HideNull(_columns[c], ids);
            var pairs = _pairs[c - 1];
            for (var i = 0; i < ids.Length; i++) groups[i] = groups[i] < 0 || ids[i] < 0 ? -1 : pairs.Find(Pair(groups[i], ids[i]));
        }
    }

    /// <summary>The values of each key column by group.</summary>
    public Column[] Values()
    {
        var result = new Column[_columns.Length];
        if (_columns.Length == 0) return result;
        var groups = new int[Count];
        for (var i = 0; i < groups.Length; i++) groups[i] = i;
        for (var c = _columns.Length - 1; c >= 1; c--)
        {
            var pairs = _pairs[c - 1].Keys;
            var ids = new int[groups.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                var pair = pairs[groups[i]];
                ids[i] = (int)pair;
                groups[i] = (int)(pair >> 32);
            }

            result[c] = _columns[c].Values().Gather(ids);
        }

        result[0] = _columns[0].Values().Gather(groups);
        return result;
    }

    /// <summary>Adds another worker's groups; gives for each of them the group here.</summary>
    public int[] Merge(GroupKeys other)
    {
        var groups = new int[other.Count];
        Encode(other.Values(), groups);
        return groups;
    }

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    private static void HideNull(ColumnKeys keys, Span<int> ids)
    {
        if (keys.NullId < 0) return;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] == keys.NullId) ids[i] = -1;
        }
    }

    private Span<int> Scratch(int length)
    {
        if (_scratch.Length < length) _scratch = new int[length];
        return _scratch.AsSpan(0, length);
    }
}
