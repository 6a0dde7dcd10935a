using System.Numerics;

namespace AksInsights.Kql.Execution;

/// <summary>Numbers distinct 64-bit keys 0, 1, 2, ...: open addressing, linear probing, at most half full.</summary>
internal sealed class LongTable
{
    private long[] _keys = new long[16];
    private int[] _slots = new int[32];
    private int _shift = 64 - 5;
    private long _lastKey;
    private int _lastId = -1;

    public int Count { get; private set; }

    /// <summary>The keys by number.</summary>
    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Count);

    public long Bytes => (_keys.Length * 8L) + (_slots.Length * 4L);

    public int GetOrAdd(long key)
    {
        // Neighbouring rows often have the same key.
        if (key == _lastKey && _lastId >= 0) return _lastId;
        var slot = Slot(key);
        while (_slots[slot] != 0)
        {
            var id = _slots[slot] - 1;
            if (_keys[id] == key) return Remember(key, id);
            slot = (slot + 1) & (_slots.Length - 1);
        }

        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
            return GetOrAdd(key);
        }

        _slots[slot] = Append(key) + 1;
        return Remember(key, Count - 1);
    }

    public int Find(long key)
    {
        var slot = Slot(key);
        while (_slots[slot] != 0)
        {
            var id = _slots[slot] - 1;
            if (_keys[id] == key) return id;
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return -1;
    }

    /// <summary>Takes the next number for something that is not a key, such as null.</summary>
    public int AddUnfindable() => Append(0);

    private int Remember(long key, int id)
    {
        _lastKey = key;
        return _lastId = id;
    }

    private int Slot(long key) => (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> _shift);

    private int Append(long key)
    {
        if (Count == _keys.Length) Array.Resize(ref _keys, _keys.Length * 2);
        _keys[Count] = key;
        return Count++;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        foreach (var entry in old)
        {
            if (entry == 0) continue;
            var slot = Slot(_keys[entry - 1]);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = entry;
        }
    }
}
