using System.Numerics;
using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>How values of one in-memory form are rounded down to a multiple of a size.</summary>
internal interface IBinning<T>
{
    /// <summary>The nearest multiple of a positive size at or below the value.</summary>
    static abstract T Floor(T value, T size);

    /// <summary>The same with multiples counted from an anchor.</summary>
    static abstract T Floor(T value, T size, T anchor);

    /// <summary>The first value beyond a bin; anything at or below the bin where the type has no such value.</summary>
    static abstract T End(T bin, T size);
}

/// <summary>Whole numbers and ticks.</summary>
internal readonly struct WholeBinning : IBinning<long>
{
    public static long Floor(long value, long size)
    {
        var rest = value % size;
        return value - rest - (rest < 0 ? size : 0);
    }

    public static long Floor(long value, long size, long anchor) => Floor(value - anchor, size) + anchor;

    public static long End(long bin, long size) => bin + size;
}

/// <summary>Reals; infinities and NaN stay what they are.</summary>
internal readonly struct RealBinning : IBinning<double>
{
    public static double Floor(double value, double size) =>
        double.IsFinite(value) && double.IsFinite(size) ? Math.Floor(value / size) * size : value;

    public static double Floor(double value, double size, double anchor) => Floor(value - anchor, size) + anchor;

    public static double End(double bin, double size) => bin + size;
}

/// <summary>Decimals.</summary>
internal readonly struct DecimalBinning : IBinning<decimal>
{
    public static decimal Floor(decimal value, decimal size)
    {
        var rest = value % size;
        if (rest >= 0) return value - rest;
        return value - rest < decimal.MinValue + size ? decimal.MinValue : value - rest - size;
    }

    // Decimals overflow where the others wrap or become infinite, so it is remainders that are subtracted, not anchors.
    public static decimal Floor(decimal value, decimal size, decimal anchor)
    {
        var rest = Remainder(value, size) - Remainder(anchor, size);
        if (rest < 0) rest += size;
        return value < decimal.MinValue + rest ? decimal.MinValue : value - rest;
    }

    private static decimal Remainder(decimal value, decimal size) => value % size is var rest && rest < 0 ? rest + size : rest;

    public static decimal End(decimal bin, decimal size) => bin > decimal.MaxValue - size ? bin : bin + size;
}

/// <summary>Rounds down to bins that are aligned to zero, or to the third argument. Null for a null, zero or negative size.</summary>
/// <remarks>With one size for all rows and no alignment, neighbours in the same bin cost a comparison instead of a division: rows mostly come in time order.</remarks>
internal sealed class BinKernel<T, TBinning> : ScalarKernel
    where T : struct, INumber<T>
    where TBinning : IBinning<T>
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[1] is not ConstantColumn<T> size || arguments.Length > 2) return EvaluateRows(site, arguments, length);
        if (size.IsAllNull || size.Value <= T.Zero) return Constants.Create(site.ResultType, null, length);
        if (arguments[0] is ConstantColumn<T> value)
            return Constants.Create(site.ResultType, value.IsAllNull ? null : TBinning.Floor(value.Value, size.Value), length);
        var column = (Column<T>)arguments[0];
        var bins = ChunkBuffers.Take<T>(site.Buffers, length);
        Floor(column.Flatten(), size.Value, bins.AsSpan(0, length));
        return new FlatColumn<T>(site.ResultType, bins, column.CopyNulls(site.Buffers), 0, length);
    }

    private static void Floor(ReadOnlySpan<T> values, T size, Span<T> bins)
    {
        var current = T.Zero;
        var end = T.Zero;
        for (var i = 0; i < bins.Length; i++)
        {
            var value = values[i];
            // Asked this way round, NaN is never taken for a member of the last bin.
            if (!(value >= current && value < end))
            {
                current = TBinning.Floor(value, size);
                end = TBinning.End(current, size);
            }

            bins[i] = current;
        }
    }

    private static Column EvaluateRows(CallSite site, Column[] arguments, int length)
    {
        var values = ((Column<T>)arguments[0]).Read();
        var sizes = ((Column<T>)arguments[1]).Read();
        var anchors = arguments.Length > 2 ? ((Column<T>)arguments[2]).Read() : default;
        var result = new Map.Result<T>(site, length);
        for (var i = 0; i < length; i++)
        {
            var anchored = arguments.Length > 2;
            if (values.IsNull(i) || sizes.IsNull(i) || sizes[i] <= T.Zero || (anchored && anchors.IsNull(i)))
            {
                result.SetNull(i);
                continue;
            }

            var anchor = anchored ? anchors[i] : T.Zero;
            result.Set(i, TBinning.Floor(values[i], sizes[i], anchor));
        }

        return result.Build(site.ResultType);
    }
}
