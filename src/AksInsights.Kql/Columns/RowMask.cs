using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AksInsights.Kql.Columns;

/// <summary>Sets of rows of a chunk, a bit a row: row 0 is the lowest bit of the first word. Bits beyond the last row are zero.</summary>
internal static class RowMask
{
    /// <summary>The rows of a word.</summary>
    public const int WordRows = 64;

    /// <summary>How far <see cref="Write"/> may write beyond the last row number.</summary>
    public const int Slack = 8;

    // For each byte the places of its set bits, low to high.
    private static readonly int[] Places = MakePlaces();

    /// <summary>The number of words for a number of rows.</summary>
    public static int Words(int rows) => (rows + WordRows - 1) / WordRows;

    /// <summary>All rows, or none.</summary>
    public static void Fill(Span<ulong> mask, int rows, bool value)
    {
        mask.Fill(value ? ulong.MaxValue : 0);
        if (value && rows % WordRows != 0) mask[^1] = (1UL << (rows % WordRows)) - 1;
    }

    /// <summary>Whether no row is in the set.</summary>
    public static bool IsEmpty(ReadOnlySpan<ulong> mask) => mask.IndexOfAnyExcept(0UL) < 0;

    /// <summary>The number of rows in the set.</summary>
    public static int Count(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask) count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Takes rows out that another set does not have.</summary>
    public static void And(Span<ulong> mask, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < mask.Length; i++) mask[i] &= other[i];
    }

    /// <summary>Puts rows in that another set has.</summary>
    public static void Or(Span<ulong> mask, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < mask.Length; i++) mask[i] |= other[i];
    }

    /// <summary>The rows where a bool column is true.</summary>
    public static void Of(Column<bool> column, Span<ulong> mask)
    {
        if (column is ConstantColumn<bool> constant)
        {
            Fill(mask, column.Length, constant is { IsAllNull: false, Value: true });
            return;
        }

        Of(column.Flatten(), mask);
        var nulls = column.FlattenNulls();
        if (nulls.IsEmpty) return;
        for (var word = 0; word < mask.Length; word++) mask[word] &= ~Word(nulls, word * WordRows);
    }

    /// <summary>The rows where a flag is set.</summary>
    public static void Of(ReadOnlySpan<bool> flags, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++) mask[word] = Word(flags, word * WordRows);
    }

    /// <summary>The rows whose code has a flag set.</summary>
    public static void Of(ReadOnlySpan<int> codes, ReadOnlySpan<bool> flagOfCode, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
        {
            var part = codes[(word * WordRows)..];
            if (part.Length > WordRows) part = part[..WordRows];
            var bits = 0UL;
            for (var i = 0; i < part.Length; i++) bits |= (flagOfCode[part[i]] ? 1UL : 0) << i;
            mask[word] = bits;
        }
    }

    /// <summary>The flags from a row on, as a word.</summary>
    public static ulong Word(ReadOnlySpan<bool> flags, int row)
    {
        var left = Math.Min(WordRows, flags.Length - row);
        ref var first = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(flags));
        if (left == WordRows && Vector256.IsHardwareAccelerated)
        {
            var low = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)row), Vector256<byte>.Zero).ExtractMostSignificantBits();
            var high = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)row + 32), Vector256<byte>.Zero).ExtractMostSignificantBits();
            return ~(low | ((ulong)high << 32));
        }

        var bits = 0UL;
        for (var i = 0; i < left; i++) bits |= (flags[row + i] ? 1UL : 0) << i;
        return bits;
    }

    /// <summary>Writes the numbers of the rows in the set, ascending; their number.</summary>
    /// <param name="mask">The set.</param>
    /// <param name="rows">Room for as many rows as the set has and <see cref="Slack"/> more.</param>
    public static int Write(ReadOnlySpan<ulong> mask, Span<int> rows)
    {
        var count = 0;
        ref var places = ref MemoryMarshal.GetArrayDataReference(Places);
        for (var word = 0; word < mask.Length; word++)
        {
            var row = word * WordRows;
            for (var bits = mask[word]; bits != 0; bits >>= 8, row += 8)
            {
                // Eight numbers are written whatever the bits are, and only those that are set are counted: nothing to mispredict.
                var set = (int)(bits & 0xFF);
                var numbers = Vector256.LoadUnsafe(ref places, (nuint)(set * 8)) + Vector256.Create(row);
                numbers.CopyTo(rows[count..]);
                count += BitOperations.PopCount((uint)set);
            }
        }

        return count;
    }

    private static int[] MakePlaces()
    {
        var places = new int[256 * 8];
        for (var set = 0; set < 256; set++)
        {
            var next = set * 8;
            for (var bit = 0; bit < 8; bit++)
            {
                if ((set >> bit & 1) != 0) places[next++] = bit;
            }
        }

        return places;
    }
}
