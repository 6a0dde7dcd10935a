using System.Buffers;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>All values of each group, 10 bytes a value, in the order in which they were added.</summary>
/// <remarks>
/// Values are appended to one of 256 partitions, together with the number of the group in its partition, and sorted by group only when they are
/// read. So adding writes to few places at a time, whatever the number of groups: with a place for each of thousands of groups, finding the
/// pages of memory takes longer than the work. Neighbouring groups are in different partitions, because rows that follow each other often
/// belong to them, and a place that was just written is slow to write again. Merging takes the other's values over as they are.
/// </remarks>
internal sealed class GroupedValues
{
    private const int PartitionBits = 8;
    private const int PartitionCount = 1 << PartitionBits;
    private const int MostGroups = PartitionCount << 16;
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;
    private const int MostBlocks = 1 << (31 - BlockBits);
    private const int FirstChunk = 64 + Stagger;
    private const int LargestChunk = 4096 + Stagger;

    // Chunks of 2^n values would begin at addresses that fall into the same few lines of the cache: adding took twice as long.
    private const int Stagger = 40;

    private readonly List<Taken> _taken = [];
    private Partition[] _partitions = new Partition[PartitionCount];
    private long[][] _values = [];
    private ushort[][] _groups = [];
    private int _blocks;
    private int _free = BlockSize;

    /// <summary>The memory held, in bytes.</summary>
    public long Bytes => ((long)_blocks * BlockSize * (sizeof(long) + sizeof(ushort))) + _taken.Sum(t => t.Values.Bytes);

    /// <summary>Makes sure that groups can be told apart; nothing is kept per group.</summary>
    /// <exception cref="KqlException">There are more than 16 million groups.</exception>
    public static void Resize(int groups)
    {
        if (groups > MostGroups) throw KqlException.RowsExceeded(groups, MostGroups);
    }

    /// <summary>Adds a value to a group.</summary>
    public void Add(int group, long value)
    {
        ref var partition = ref _partitions[group & (PartitionCount - 1)];
        if (partition.Next == partition.End) StartChunk(ref partition);
        var next = partition.Next++;
        _values[next >> BlockBits][next & (BlockSize - 1)] = value;
        _groups[next >> BlockBits][next & (BlockSize - 1)] = (ushort)(group >> PartitionBits);
    }

    /// <summary>Adds a value to the group of each row.</summary>
    public void Add(ReadOnlySpan<int> groups, ReadOnlySpan<long> values)
    {
        var partitions = _partitions;
        var (valueBlocks, groupBlocks) = (_values, _groups);
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            ref var partition = ref partitions[group & (PartitionCount - 1)];
            if (partition.Next == partition.End)
            {
                StartChunk(ref partition);
                (valueBlocks, groupBlocks) = (_values, _groups);
            }

            var next = partition.Next++;
            valueBlocks[next >> BlockBits][next & (BlockSize - 1)] = values[i];
            groupBlocks[next >> BlockBits][next & (BlockSize - 1)] = (ushort)(group >> PartitionBits);
        }
    }

    /// <summary>Adds many values to a group.</summary>
    public void AddRange(int group, ReadOnlySpan<long> values)
    {
        ref var partition = ref _partitions[group & (PartitionCount - 1)];
        while (!values.IsEmpty)
        {
            if (partition.Next == partition.End) StartChunk(ref partition);
            var count = Math.Min(values.Length, partition.End - partition.Next);
            var (block, offset) = (partition.Next >> BlockBits, partition.Next & (BlockSize - 1));
            values[..count].CopyTo(_values[block].AsSpan(offset));
            _groups[block].AsSpan(offset, count).Fill((ushort)(group >> PartitionBits));
            partition.Next += count;
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

    /// <summary>Sorts the values by group, on all cores. The values are handed over: nothing must be added afterwards.</summary>
    /// <param name="groups">The number of groups.</param>
    public GroupedReader Read(int groups)
    {
        var parts = new GroupedReader.Part[_taken.Count + 1];
        Parallel.For(0, parts.Length, i => parts[i] = i == 0
            ? SortByGroup(groups, null)
            : _taken[i - 1].Values.SortByGroup(_taken[i - 1].GroupOf.Length, Invert(_taken[i - 1].GroupOf, groups)));
        return new GroupedReader(parts);
    }

    private static int[] Invert(int[] groupOf, int groups)
    {
        var here = new int[groups];
        Array.Fill(here, -1);
        for (var i = 0; i < groupOf.Length; i++) here[groupOf[i]] = i;
        return here;
    }

    // A counting sort, partition by partition: what one of them writes stays in the cache.
    private GroupedReader.Part SortByGroup(int groups, int[]? here)
    {
        var rows = (groups + PartitionCount - 1) >> PartitionBits;
        var places = new int[rows];
        var starts = new int[groups];
        var counts = new int[groups];
        var sorted = ArrayPool<long>.Shared.Rent(Count());
        var start = 0;
        for (var i = 0; i < PartitionCount; i++)
        {
            Array.Clear(places);
            foreach (var (block, offset, count) in Chunks(_partitions[i]))
            {
                foreach (var row in _groups[block].AsSpan(offset, count)) places[row]++;
            }

            for (var group = i; group < groups; group += PartitionCount)
            {
                ref var place = ref places[group >> PartitionBits];
                (starts[group], counts[group]) = (start, place);
                start += place;
                place = starts[group];
            }

            Scatter(_partitions[i], places, sorted);
        }

        Release();
        return new GroupedReader.Part(sorted, starts, counts, here);
    }

    private int Count()
    {
        var total = 0;
        foreach (var partition in _partitions)
        {
            foreach (var (_, _, count) in Chunks(partition)) total = checked(total + count);
        }

        return total;
    }

    private void Scatter(in Partition partition, int[] places, long[] sorted)
    {
        foreach (var (block, offset, count) in Chunks(partition))
        {
            var values = _values[block].AsSpan(offset, count);
            var rows = _groups[block].AsSpan(offset, count);
            for (var i = 0; i < values.Length; i++) sorted[places[rows[i]]++] = values[i];
        }
    }

    // Chunks double in size; the first value of each is where the next begins.
    private IEnumerable<(int Block, int Offset, int Count)> Chunks(Partition partition)
    {
        if (partition.Size == 0) yield break;
        var (start, size) = (partition.First, FirstChunk);
        while (true)
        {
            var isLast = start == partition.End - partition.Size;
            yield return (start >> BlockBits, (start & (BlockSize - 1)) + 1, (isLast ? partition.Next - start : size) - 1);
            if (isLast) yield break;
            start = (int)_values[start >> BlockBits][start & (BlockSize - 1)];
            size = NextSize(size);
        }
    }

    private void StartChunk(ref Partition partition)
    {
        var size = partition.Size == 0 ? FirstChunk : NextSize(partition.Size);
        if (_free + size > BlockSize) AddBlock();
        var start = ((_blocks - 1) << BlockBits) + _free;
        _free += size;
        if (partition.Size == 0) partition.First = start;
        else
        {
            var last = partition.End - partition.Size;
            _values[last >> BlockBits][last & (BlockSize - 1)] = start;
        }

        partition.Next = start + 1;
        partition.End = start + size;
        partition.Size = size;
    }

    private static int NextSize(int size) => Math.Min(((size - Stagger) * 2) + Stagger, LargestChunk);

    // Rented, because the system clears fresh memory page by page, which costs more than filling it.
    private void AddBlock()
    {
        if (_blocks == MostBlocks) throw KqlException.RowsExceeded((long)MostBlocks * BlockSize, (long)MostBlocks * BlockSize);
        if (_blocks == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(4, _blocks * 2));
            Array.Resize(ref _groups, _values.Length);
        }

        _values[_blocks] = ArrayPool<long>.Shared.Rent(BlockSize);
        _groups[_blocks] = ArrayPool<ushort>.Shared.Rent(BlockSize);
        _blocks++;
        _free = 0;
    }

    private void Release()
    {
        for (var i = 0; i < _blocks; i++)
        {
            ArrayPool<long>.Shared.Return(_values[i]);
            ArrayPool<ushort>.Shared.Return(_groups[i]);
        }

        _blocks = 0;
        _partitions = [];
    }

    // Where the next value goes and the chunk ends, how long that chunk is, and where the first one begins.
    private struct Partition
    {
        public int Next;
        public int End;
        public int Size;
        public int First;
    }

    private readonly record struct Taken(GroupedValues Values, int[] GroupOf);
}
