using System.Numerics;
using System.Runtime.CompilerServices;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The value of a rank among unsorted values.</summary>
/// <remarks>
/// Large sets: the range of the values is cut into equal buckets, one pass counts, a second keeps only the bucket that holds the rank; each
/// round leaves a small share, so the cost is O(n) with two sequential passes and no swaps. Small sets are sorted.
/// </remarks>
internal static class NearestRank
{
    private const int SortBelow = 12;
    private const int MostBuckets = 2048;

    /// <summary>The rank, from 1, of a percentile among <paramref name="count"/> sorted values: the smallest that so many percent of them do not exceed.</summary>
    /// <remarks>Of 0 it is 1, by definition. Source: percentiles-aggregation-function, «Nearest-rank percentile».</remarks>
    public static long Rank(double percentile, long count)
    {
        // A rank that is whole must not be lifted to the next by what binary fractions add (99.9 % of 1000 is 999).
        var rank = percentile * count / 100;
        return (long)Math.Clamp(Math.Ceiling(rank - (rank * 1e-14)), 1, count);
    }

    /// <summary>The value with <paramref name="index"/> smaller ones before it. Reorders and overwrites the values.</summary>
    public static long Select(Span<long> values, int index)
    {
        while (values.Length > SortBelow)
        {
            var (min, max) = Range(values);
            if (min == max) return min;
            values = Narrow(values, ref index, min, max);
        }

        SortFew(values);
        return values[index];
    }

    private static void SortFew(Span<long> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var place = i;
            for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
            values[place] = value;
        }
    }

    [SkipLocalsInit]
    private static Span<long> Narrow(Span<long> values, scoped ref int index, long min, long max)
    {
        // As many buckets as make two or four values a bucket, so that clearing and summing them stays cheap.
        var bits = Math.Min(BitOperations.Log2((uint)values.Length) - 1, 11);
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)max - (ulong)min) - bits);
        Span<int> counts = stackalloc int[MostBuckets];
        counts = counts[..(1 << bits)];
        counts.Clear();
        foreach (var value in values) counts[(int)(((ulong)value - (ulong)min) >> shift)]++;

        var bucket = 0;
        while (index >= counts[bucket]) index -= counts[bucket++];
        var kept = 0;
        foreach (var value in values)
        {
            // Written in any case, kept only if it belongs: no branch to mispredict.
            values[kept] = value;
            if ((int)(((ulong)value - (ulong)min) >> shift) == bucket) kept++;
        }

        return values[..kept];
    }

    private static (long Min, long Max) Range(ReadOnlySpan<long> values)
    {
        var lowest = new Vector<long>(long.MaxValue);
        var highest = new Vector<long>(long.MinValue);
        var width = Vector<long>.Count;
        var row = 0;
        for (; row <= values.Length - width; row += width)
        {
            var next = new Vector<long>(values[row..]);
            lowest = Vector.Min(lowest, next);
            highest = Vector.Max(highest, next);
        }

        var (min, max) = (long.MaxValue, long.MinValue);
        for (var lane = 0; lane < width; lane++) (min, max) = (Math.Min(min, lowest[lane]), Math.Max(max, highest[lane]));
        for (; row < values.Length; row++) (min, max) = (Math.Min(min, values[row]), Math.Max(max, values[row]));
        return (min, max);
    }
}
