using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>== and != on text, case sensitive: on codes where the pool's values are distinct.</summary>
internal sealed class TextEquality(bool negated) : ScalarKernel, IRowTest
{
    public bool IsQuick => true;

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var (left, right) = Ordered(arguments);
        if (right is ConstantColumn<string> constant && left is CodedColumn<string> { Pool.IsUnique: false } texts)
            return Map.Of<string, bool>(text => (text == constant.Value) != negated).Evaluate(site, [texts], length);
        var values = ChunkBuffers.Take<bool>(site.Buffers, length);
        var result = values.AsSpan(0, length);
        if (right is ConstantColumn<string> fixedRight)
        {
            if (left is CodedColumn<string> coded) CompareCodes(coded.Codes, CodeOf(site, coded.Pool, fixedRight.Value), result);
            else CompareValues(left, fixedRight.Value, result);
        }
        else if (left is CodedColumn<string> a && right is CodedColumn<string> b && ReferenceEquals(a.Pool, b.Pool) && a.Pool.IsUnique)
        {
            var x = a.Codes;
            var y = b.Codes;
            for (var i = 0; i < result.Length; i++) result[i] = (x[i] == y[i]) != negated;
        }
        else
        {
            var (x, y) = (left.Read(), right.Read());
            for (var i = 0; i < result.Length; i++) result[i] = (x[i] == y[i]) != negated;
        }

        return new FlatColumn<bool>(KqlType.Bool, values, null, 0, length);
    }

    public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
    {
        var (left, right) = Ordered(arguments);
        if (left is not CodedColumn<string> coded || right is not ConstantColumn<string> constant) RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
        else if (coded.Pool.IsUnique) TestCodes(coded.Codes, CodeOf(site, coded.Pool, constant.Value), mask);
        else PoolTest<string>.Test(site, coded, text => (text == constant.Value) != negated, mask);
    }

    private static (Column<string> Left, Column<string> Right) Ordered(Column[] arguments)
    {
        var (left, right) = ((Column<string>)arguments[0], (Column<string>)arguments[1]);
        return left is ConstantColumn<string> && right is not ConstantColumn<string> ? (right, left) : (left, right);
    }

    // The code is looked up once per pool, not once per chunk.
    private static int CodeOf(CallSite site, Pool<string> pool, string text)
    {
        if (site.Cache is not Known known || !ReferenceEquals(known.Pool, pool)) site.Cache = known = new Known(pool, pool.Find(text));
        return known.Code;
    }

    private void TestCodes(ReadOnlySpan<int> codes, int code, Span<ulong> mask)
    {
        var flip = negated ? ulong.MaxValue : 0;
        var wanted = Vector256.Create(code);
        ref var first = ref MemoryMarshal.GetReference(codes);
        var whole = codes.Length / RowMask.WordRows;
        for (var word = 0; word < whole; word++)
        {
            var bits = 0UL;
            var row = (nuint)(word * RowMask.WordRows);
            for (var lane = 0; lane < RowMask.WordRows; lane += Vector256<int>.Count)
                bits |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref first, row + (nuint)lane), wanted).ExtractMostSignificantBits() << lane;
            mask[word] = bits ^ flip;
        }

        if (whole == mask.Length) return;
        mask[whole] = 0;
        for (var row = whole * RowMask.WordRows; row < codes.Length; row++)
            mask[whole] |= ((codes[row] == code) != negated ? 1UL : 0) << (row % RowMask.WordRows);
    }

    private void CompareCodes(ReadOnlySpan<int> codes, int code, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (codes[i] == code) != negated;
    }

    private void CompareValues(Column<string> left, string right, Span<bool> values)
    {
        var reader = left.Read();
        for (var i = 0; i < values.Length; i++) values[i] = (reader[i] == right) != negated;
    }

    private sealed record Known(Pool<string> Pool, int Code);
}
