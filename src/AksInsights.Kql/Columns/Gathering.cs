using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AksInsights.Kql.Columns;

/// <summary>Picks values by row numbers.</summary>
internal static class Gathering
{
    /// <summary>Whether every row number is one of the rows there are; a negative one stands for no row.</summary>
    public static bool IsWhole(ReadOnlySpan<int> rows, int length)
    {
        var all = 0u;
        // Negative numbers are large ones here. The bits of all together tell whether any is, without a comparison for each.
        foreach (var row in rows) all |= (uint)row;
        if (all > int.MaxValue) return false;
        if (all < (uint)length) return true;
        foreach (var row in rows) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, length);
        return true;
    }

    /// <summary>Picks values. All row numbers must be known to be there, see <see cref="IsWhole"/>.</summary>
    public static void Pick<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, Span<T> target)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        target = target[..rows.Length];
        for (var i = 0; i < target.Length; i++) target[i] = Unsafe.Add(ref from, rows[i]);
    }
}
