namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>All values of each group, 8 bytes a value: chunks that double in size, cut from blocks shared by all groups.</summary>
/// <remarks>
/// Adding writes a value once and never moves it; merging takes over the other's blocks without copying. So the memory is the values plus at
/// most as much again of unused chunk ends, and the values of a group come back in the order in which they were added.
/// </remarks>
internal sealed class GroupedValues
{
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;
    private const int FirstChunk = 8;
    private const int LargestChunk = 4096;

    private readonly List<long[]> _blocks = [];
    private readonly List<Taken> _taken = [];
    private Cursor[] _cursors = [];
    private int _free;

    /// <summary>The memory held, in bytes.</summary>
    public long Bytes => ((long)_blocks.Count * BlockSize * sizeof(long)) + (_cursors.Length * 16L) + _taken.Sum(t => t.Values.Bytes);

    /// <summary>Makes room for groups.</summary>
    public void Resize(int groups) => GroupStates.Grow(ref _cursors, groups);

    /// <summary>Adds a value to a group.</summary>
    public void Add(int group, long value)
    {
        ref var cursor = ref _cursors[group];
        if (cursor.Next == cursor.End) StartChunk(ref cursor);
        _blocks[cursor.Next >> BlockBits][cursor.Next & (BlockSize - 1)] = value;
        cursor.Next++;
    }

    /// <summary>Adds many values to a group.</summary>
    public void AddRange(int group, ReadOnlySpan<long> values)
    {
        ref var cursor = ref _cursors[group];
        while (!values.IsEmpty)
        {
            if (cursor.Next == cursor.End) StartChunk(ref cursor);
            var count = Math.Min(values.Length, cursor.End - cursor.Next);
            values[..count].CopyTo(_blocks[cursor.Next >> BlockBits].AsSpan(cursor.Next & (BlockSize - 1)));
            cursor.Next += count;
            values = values[count..];
        }
    }

    /// <summary>Takes over another's values; it must not be used afterwards.</summary>
    /// <param name="other">The values to add.</param>
    /// <param name="map">For each of its groups, the group here.</param>
    public void Merge(GroupedValues other, ReadOnlySpan<int> map)
    {
        var groupOf = map.ToArray();
        _taken.Add(new Taken(other, groupOf));
        foreach (var (values, inner) in other._taken) _taken.Add(new Taken(values, Array.ConvertAll(inner, g => groupOf[g])));
        other._taken.Clear();
    }

    /// <summary>Gets ready to read the values of groups 0 to <paramref name="groups"/> - 1.</summary>
    public Reader Read(int groups) => new(this, groups);

    private void StartChunk(ref Cursor cursor)
    {
        // A chunk's first word tells where the chunk before it ends and how long that is.
        var size = cursor.Size == 0 ? FirstChunk : Math.Min(cursor.Size * 2, LargestChunk);
        if (_blocks.Count == 0 || _free + size > BlockSize)
        {
            _blocks.Add(GC.AllocateUninitializedArray<long>(BlockSize));
            _free = 0;
        }

        var start = checked(((_blocks.Count - 1) << BlockBits) + _free);
        _blocks[^1][_free] = ((long)cursor.End << 32) | (uint)cursor.Size;
        _free += size;
        cursor.Count += cursor.Size == 0 ? 0 : cursor.Size - 1;
        cursor.Next = start + 1;
        cursor.End = start + size;
        cursor.Size = size;
    }

    // A group's values: those of the newest chunk still to be filled from Next to End, and Count in the chunks before.
    private struct Cursor
    {
        public int Next;
        public int End;
        public int Size;
        public int Count;

        public readonly int Filled => Size == 0 ? 0 : Next - (End - Size) - 1;
    }

    private readonly record struct Taken(GroupedValues Values, int[] GroupOf);

    /// <summary>Reads the values group by group. May be shared by threads.</summary>
    public sealed class Reader
    {
        private readonly (GroupedValues Values, int[]? Here)[] _parts;

        internal Reader(GroupedValues values, int groups)
        {
            _parts = [(values, null), .. values._taken.Select(t => (t.Values, (int[]?)Invert(t.GroupOf, groups)))];
        }

        /// <summary>The number of values of a group.</summary>
        public int Count(int group)
        {
            var count = 0;
            foreach (var (values, here) in _parts)
            {
                var index = here is null ? group : here[group];
                if (index < 0 || index >= values._cursors.Length) continue;
                ref var cursor = ref values._cursors[index];
                count += cursor.Count + cursor.Filled;
            }

            return count;
        }

        /// <summary>Copies the values of a group, in the order in which they were added, to a span of <see cref="Count"/> values.</summary>
        public void CopyTo(int group, Span<long> target)
        {
            foreach (var (values, here) in _parts)
            {
                var index = here is null ? group : here[group];
                if (index < 0 || index >= values._cursors.Length) continue;
                ref var cursor = ref values._cursors[index];
                var count = cursor.Count + cursor.Filled;
                CopyChunks(values._blocks, cursor, target[..count]);
                target = target[count..];
            }
        }

        private static void CopyChunks(List<long[]> blocks, Cursor cursor, Span<long> target)
        {
            var (end, size, filled) = (cursor.End, cursor.Size, cursor.Filled);
            while (size > 0)
            {
                var start = end - size;
                var block = blocks[start >> BlockBits];
                var offset = start & (BlockSize - 1);
                block.AsSpan(offset + 1, filled).CopyTo(target[^filled..]);
                target = target[..^filled];
                var link = block[offset];
                (end, size) = ((int)(link >> 32), (int)link);
                filled = size - 1;
            }
        }

        private static int[] Invert(int[] groupOf, int groups)
        {
            var here = new int[groups];
            Array.Fill(here, -1);
            for (var i = 0; i < groupOf.Length; i++) here[groupOf[i]] = i;
            return here;
        }
    }
}
