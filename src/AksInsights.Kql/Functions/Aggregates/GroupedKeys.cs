using System.Numerics;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>A set of pairs of group and key: one open table for all groups, 16 bytes a slot, at most two thirds full.</summary>
internal sealed class GroupedKeys
{
    private Slot[] _slots = new Slot[64];
    private int _count;

    /// <summary>The memory held, in bytes.</summary>
    public long Bytes => _slots.Length * 16L;

    /// <summary>Adds a pair; false when it is there already.</summary>
    public bool Add(int group, long key)
    {
        ref var slot = ref Find(_slots, group, key);
        if (slot.GroupPlusOne != 0) return false;
        slot = new Slot(key, group + 1);
        if (++_count * 3L > _slots.Length * 2L) Grow();
        return true;
    }

    /// <summary>All pairs, in no order.</summary>
    public IEnumerable<(int Group, long Key)> Pairs
    {
        get
        {
            foreach (var slot in _slots)
            {
                if (slot.GroupPlusOne != 0) yield return (slot.GroupPlusOne - 1, slot.Key);
            }
        }
    }

    private static ref Slot Find(Slot[] slots, int group, long key)
    {
        // Multiplying by odd constants and taking the upper bits spreads runs of small keys and groups over the table.
        var hash = (((ulong)key * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)group * 0xC2B2AE3D27D4EB4FUL)) * 0xD6E8FEB86659FD93UL;
        var index = (int)(hash >> (64 - BitOperations.Log2((uint)slots.Length)));
        while (true)
        {
            ref var slot = ref slots[index];
            if (slot.GroupPlusOne == 0 || (slot.Key == key && slot.GroupPlusOne == group + 1)) return ref slot;
            index = (index + 1) & (slots.Length - 1);
        }
    }

    private void Grow()
    {
        var slots = new Slot[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot.GroupPlusOne != 0) Find(slots, slot.GroupPlusOne - 1, slot.Key) = slot;
        }

        _slots = slots;
    }

    // An empty slot is all zeros.
    private readonly record struct Slot(long Key, int GroupPlusOne);
}
