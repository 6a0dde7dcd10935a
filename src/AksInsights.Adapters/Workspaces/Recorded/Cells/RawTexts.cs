using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>The distinct spellings of a column's cells as raw bytes, each with a code. Code 0 is the empty spelling.</summary>
/// <remarks>Cost: looking a spelling up is O(its length). Bytes are kept in chunks, so the whole may exceed 2 GB.</remarks>
internal sealed class RawTexts
{
    private const int LargestChunk = 1 << 18;
    private Entry[] _entries = new Entry[64];
    private int[] _buckets = new int[128];
    private byte[] _chunk = [];
    private int _chunkUsed;

    /// <summary>Makes a table that holds the empty spelling only.</summary>
    public RawTexts() => _entries[0].Chunk = [];

    /// <summary>The number of codes.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>What is kept with a code.</summary>
    public ref Entry this[int code] => ref _entries[code];

    /// <summary>The code of a spelling, which is added if it is new; -1 when it is new and not UTF-8.</summary>
    /// <param name="raw">The spelling.</param>
    /// <param name="isVerbatim">True when a new spelling stands for itself, not for what its escapes mean.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Intern(ReadOnlySpan<byte> raw, bool isVerbatim)
    {
        if (raw.IsEmpty)
            return 0;
        var hash = Hash(raw);
        var mask = _buckets.Length - 1;
        var slot = (int)hash & mask;
        while (_buckets[slot] is var code and > 0)
        {
            ref var entry = ref _entries[code];
            if (entry.Hash == hash && entry.Raw.SequenceEqual(raw))
                return code;
            slot = (slot + 1) & mask;
        }

        return Utf8.IsValid(raw) ? Add(raw, hash, isVerbatim) : -1;
    }

    private int Add(ReadOnlySpan<byte> raw, uint hash, bool isVerbatim)
    {
        if (Count == _entries.Length)
            Grow();
        Place(Count, hash);
        if (raw.Length > _chunk.Length - _chunkUsed)
        {
            _chunk = new byte[Math.Max(Math.Clamp(_chunk.Length * 2, 1024, LargestChunk), raw.Length)];
            _chunkUsed = 0;
        }

        raw.CopyTo(_chunk.AsSpan(_chunkUsed));
        _entries[Count] = new Entry { Chunk = _chunk, Start = _chunkUsed, Length = raw.Length, Hash = hash, IsVerbatim = isVerbatim };
        _chunkUsed += raw.Length;
        return Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, Count * 2);
        _buckets = new int[Count * 4];
        for (var code = 1; code < Count; code++)
            Place(code, _entries[code].Hash);
    }

    private void Place(int code, uint hash)
    {
        var mask = _buckets.Length - 1;
        var slot = (int)hash & mask;
        while (_buckets[slot] > 0)
            slot = (slot + 1) & mask;
        _buckets[slot] = code;
    }

    private static uint Hash(ReadOnlySpan<byte> raw)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = (ulong)raw.Length * Odd;
        while (raw.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(raw));
            raw = raw[8..];
        }

        ulong tail = 0;
        foreach (var b in raw)
            tail = (tail << 8) | b;
        hash = Mix(hash ^ tail);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0xA0761D6478BD642F, out var low);
        return high ^ low;
    }

    /// <summary>A spelling and what was seen after it.</summary>
    internal struct Entry
    {
        /// <summary>The array that holds the bytes.</summary>
        public byte[] Chunk;

        /// <summary>Where they begin.</summary>
        public int Start;

        /// <summary>How many they are.</summary>
        public int Length;

        /// <summary>The hash of the bytes.</summary>
        public uint Hash;

        /// <summary>The code of the spelling that followed this one the last time: snapshots repeat their order.</summary>
        public int Successor;

        /// <summary>True when the spelling stands for itself, not for what its escapes mean.</summary>
        public bool IsVerbatim;

        /// <summary>The bytes.</summary>
        public readonly ReadOnlySpan<byte> Raw => Chunk.AsSpan(Start, Length);
    }
}
