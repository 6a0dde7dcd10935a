using System.Numerics;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>What all aggregators do with arrays that hold one state a group, and with the rows of a chunk.</summary>
internal static class GroupStates
{
    /// <summary>Makes room for <paramref name="groups"/> states, at least doubling, so that growing costs O(1) a group.</summary>
    public static void Grow<T>(ref T[] states, int groups)
    {
        if (groups > states.Length) Array.Resize(ref states, Math.Max(groups, Math.Min(Array.MaxLength, states.Length * 2)));
    }

    /// <summary>Whether all rows are of one group: always so without <c>by</c>, mostly so when grouping sorted rows by time.</summary>
    public static bool IsSingle(ReadOnlySpan<int> groups) => groups.Length > 8 && groups.IndexOfAnyExcept(groups[0]) < 0;

    /// <summary>The number of rows that are not null.</summary>
    public static int CountValues(int rows, ReadOnlySpan<bool> nulls) => nulls.IsEmpty ? rows : rows - nulls.Count(true);

    /// <summary>The sum of the values, in four or more running sums. Null rows must hold zero.</summary>
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : struct, INumber<T>
    {
        var sums = Vector<T>.Zero;
        var row = 0;
        for (; row <= values.Length - Vector<T>.Count; row += Vector<T>.Count) sums += new Vector<T>(values[row..]);
        var total = Vector.Sum(sums);
        for (; row < values.Length; row++) total += values[row];
        return total;
    }
}
