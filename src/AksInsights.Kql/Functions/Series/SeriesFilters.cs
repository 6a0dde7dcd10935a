using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Digital filters. Null unless series and coefficients are arrays of numbers; what lies before and behind the series is 0.</summary>
internal static class SeriesFilters
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("series_fir", FunctionKind.Scalar,
            "A series filtered by a finite impulse response: each item is the sum of this and earlier items times the coefficients, or of items on both sides if centered. "
            + "The coefficients are divided by their sum (normalize) unless one is negative; null when that is asked for all the same.",
            "series_fir(dynamic([0, 0, 10, 0, 0]), dynamic([1, 1]))", "series-fir-function")
        {
            KeepsName = true,
            Signatures =
            [
                new(
                    [
                        Parameter.Dynamic("series"), Parameter.Dynamic("filter"), new Parameter("normalize", TypeSet.Bool).Optional(),
                        new Parameter("center", TypeSet.Bool).Optional(),
                    ],
                    KqlType.Dynamic) { Kernel = _ => Map.OfRow(Finite) },
            ],
        },
        new("series_iir", FunctionKind.Scalar,
            "A series filtered by an infinite impulse response with numerator and denominator coefficients; null when the first denominator is 0.",
            "series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))", "series-iir-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([Parameter.Dynamic("series"), Parameter.Dynamic("numerators"), Parameter.Dynamic("denominators")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(Infinite),
                },
            ],
        },
    ];

    private static object? Finite(object?[] row)
    {
        if (SeriesValues.Read(row[0]) is not { } series || SeriesValues.Read(row[1]) is not { Length: > 0 } filter) return null;
        var hasNegative = filter.Any(coefficient => coefficient < 0);
        var normalize = row.Length > 2 && row[2] is bool asked ? asked : !hasNegative;
        if (normalize && hasNegative) return null;
        var scale = normalize ? filter.Sum() : 1;
        var shift = row.Length > 3 && row[3] is true ? (filter.Length - 1) / 2 : 0;
        var result = new double[series.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Convolve(series, filter, i + shift) / scale;
        return SeriesValues.ToArray(result);
    }

    private static double Convolve(double[] series, double[] filter, int index)
    {
        var sum = 0.0;
        for (var k = Math.Max(0, index - series.Length + 1); k < filter.Length && k <= index; k++) sum += filter[k] * series[index - k];
        return sum;
    }

    private static object? Infinite(object?[] row)
    {
        if (SeriesValues.Read(row[0]) is not { } series || SeriesValues.Read(row[1]) is not { } numerators) return null;
        if (SeriesValues.Read(row[2]) is not { Length: > 0 } denominators || denominators[0] == 0) return null;
        var result = new double[series.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = Convolve(series, numerators, i);
            for (var k = 1; k < denominators.Length && k <= i; k++) sum -= denominators[k] * result[i - k];
            result[i] = sum / denominators[0];
        }

        return SeriesValues.ToArray(result);
    }
}
