using System.Buffers;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Reads the values of <see cref="GroupedValues"/> group by group. May be shared by threads until it is disposed.</summary>
internal sealed class GroupedReader : IDisposable
{
    private readonly Part[] _parts;

    internal GroupedReader(Part[] parts) => _parts = parts;

    /// <summary>The number of values of a group.</summary>
    public int Count(int group)
    {
        var count = 0;
        foreach (var part in _parts) count += part.Of(group).Length;
        return count;
    }

    /// <summary>Copies the values of a group to a span of <see cref="Count"/> values: in the order of adding, those taken over last.</summary>
    public void CopyTo(int group, Span<long> target)
    {
        foreach (var part in _parts)
        {
            var values = part.Of(group);
            values.CopyTo(target);
            target = target[values.Length..];
        }
    }

    /// <summary>The values of a group in an array of their own.</summary>
    public long[] ToArray(int group)
    {
        var values = new long[Count(group)];
        CopyTo(group, values);
        return values;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (var part in _parts) ArrayPool<long>.Shared.Return(part.Sorted);
    }

    /// <summary>One worker's values.</summary>
    /// <param name="Sorted">The values by group.</param>
    /// <param name="Starts">Where each of its groups begins.</param>
    /// <param name="Counts">How many values each of its groups has.</param>
    /// <param name="Here">For each group of the reader, the worker's own; null when they are the same.</param>
    internal readonly record struct Part(long[] Sorted, int[] Starts, int[] Counts, int[]? Here)
    {
        public ReadOnlySpan<long> Of(int group)
        {
            var own = Here is null ? group : Here[group];
            return own < 0 ? [] : Sorted.AsSpan(Starts[own], Counts[own]);
        }
    }
}
