using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions;

/// <summary>Tests coded rows by what a function says of each distinct value; it is asked once for each, as they turn up.</summary>
internal sealed class PoolTest<T>
    where T : notnull
{
    // What is known of a code: the lowest bit is the answer.
    private const byte True = 1;
    private const byte Unknown = 2;

    private readonly Pool<T> _pool;
    private readonly byte[] _answers;

    private PoolTest(Pool<T> pool)
    {
        _pool = pool;
        _answers = new byte[pool.Count];
        _answers.AsSpan().Fill(Unknown);
    }

    /// <summary>The rows for which the function is true; null reads as false.</summary>
    public static void Test(CallSite site, CodedColumn<T> column, Func<T, Maybe<bool>> function, Span<ulong> mask)
    {
        if (site.Cache is not PoolTest<T> test || !ReferenceEquals(test._pool, column.Pool)) site.Cache = test = new PoolTest<T>(column.Pool);
        test.Test(column.Codes, function, mask);
    }

    private void Test(ReadOnlySpan<int> codes, Func<T, Maybe<bool>> function, Span<ulong> mask)
    {
        ref var answers = ref MemoryMarshal.GetArrayDataReference(_answers);
        for (var word = 0; word < mask.Length; word++)
        {
            var part = codes[(word * RowMask.WordRows)..];
            if (part.Length > RowMask.WordRows) part = part[..RowMask.WordRows];
            var bits = 0UL;
            uint seen = 0;
            for (var i = 0; i < part.Length; i++)
            {
                uint answer = Unsafe.Add(ref answers, part[i]);
                seen |= answer;
                bits |= (ulong)(answer & True) << i;
            }

            mask[word] = (seen & Unknown) == 0 ? bits : Ask(part, function);
        }
    }

    private ulong Ask(ReadOnlySpan<int> codes, Func<T, Maybe<bool>> function)
    {
        var bits = 0UL;
        for (var i = 0; i < codes.Length; i++)
        {
            ref var answer = ref _answers[codes[i]];
            if (answer == Unknown) answer = _pool.Values[codes[i]] is { } value && function(value) is { HasValue: true, Value: true } ? True : (byte)0;
            bits |= (ulong)answer << i;
        }

        return bits;
    }
}
