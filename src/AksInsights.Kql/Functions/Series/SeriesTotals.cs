using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>One number for a series, or for two.</summary>
internal static class SeriesTotals
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        One("series_sum", "The sum of a series; null unless all items are numbers.", numbers => numbers.Sum()),
        One("series_product", "The product of a series; null unless all items are numbers.", numbers => numbers.Aggregate(1.0, (a, b) => a * b)),
        One("series_magnitude", "The square root of the sum of a series' squares; null unless all items are numbers.", numbers => Math.Sqrt(Dot(numbers, numbers))),
        new("series_dot_product", FunctionKind.Scalar,
            "The sum of the products of two series item by item, or of a series and one number; the shorter length counts, what is no number is left out, null without items.",
            "series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "series-dot-product-function")
        {
            Signatures = SeriesArithmetic.Forms(KqlType.Real, Map.OfMaybe<object, object, double>(DotProduct)),
        },
        new("series_cosine_similarity", FunctionKind.Scalar,
            "The cosine of the angle between two series as vectors; the shorter length counts, what is no number is left out, null without items. Their magnitudes may be given.",
            "series_cosine_similarity(dynamic([1, 2]), dynamic([2, 4]))", "series-cosine-similarity-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("series1"), Parameter.Dynamic("series2")], KqlType.Real) { Kernel = _ => Map.OfRow(Cosine) },
                new(
                    [Parameter.Dynamic("series1"), Parameter.Dynamic("series2"), Parameter.Real("magnitude1"), Parameter.Real("magnitude2").Optional()],
                    KqlType.Real) { Kernel = _ => Map.OfRow(Cosine) },
            ],
        },
        new("series_pearson_correlation", FunctionKind.Scalar,
            "The correlation coefficient of two series; null unless they are equally long and all items are numbers.",
            "series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6]))", "series-pearson-correlation-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("series1"), Parameter.Dynamic("series2")], KqlType.Real) { Kernel = _ => Map.OfMaybe<object, object, double>(Pearson) },
            ],
        },
    ];

    private static FunctionEntry One(string name, string description, Func<double[], double> total) =>
        new(name, FunctionKind.Scalar, description, $"{name}(dynamic([1, 2, 3, 4]))", SeriesValues.Page(name))
        {
            Signatures =
            [
                new([Parameter.Dynamic("series")], KqlType.Real)
                {
                    Kernel = _ => Map.OfMaybe<object, double>(value => SeriesValues.Read(value) is { } numbers ? total(numbers) : Maybe<double>.Null),
                },
            ],
        };

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static Maybe<double> DotProduct(object left, object right)
    {
        var (first, second) = Pairs(left, right);
        return first.Length == 0 ? Maybe<double>.Null : Dot(first, second);
    }

    private static object? Cosine(object?[] row)
    {
        if (row.Contains(null)) return null;
        var (first, second) = Pairs(row[0]!, row[1]!);
        if (first.Length == 0) return null;
        var magnitude1 = SeriesValues.Number(row, 2, Math.Sqrt(Dot(first, first)));
        var magnitude2 = SeriesValues.Number(row, 3, Math.Sqrt(Dot(second, second)));
        return Dot(first, second) / (magnitude1 * magnitude2);
    }

    // The items that are numbers on both sides; a number by itself stands for a series as long as the other one.
    private static (double[] First, double[] Second) Pairs(object left, object right)
    {
        var length = Math.Min((left as DynamicArray)?.Count ?? int.MaxValue, (right as DynamicArray)?.Count ?? int.MaxValue);
        if (length == int.MaxValue) return ([], []);
        var pairs = Enumerable.Range(0, length)
            .Select(i => (A: left is DynamicArray a ? a[i] : left, B: right is DynamicArray b ? b[i] : right))
            .Where(pair => DynamicEquality.IsNumber(pair.A) && DynamicEquality.IsNumber(pair.B))
            .ToArray();
        return ([.. pairs.Select(pair => DynamicEquality.ToReal(pair.A!))], [.. pairs.Select(pair => DynamicEquality.ToReal(pair.B!))]);
    }

    private static Maybe<double> Pearson(object left, object right)
    {
        if (SeriesValues.Read(left) is not { Length: > 0 } first || SeriesValues.Read(right) is not { } second) return Maybe<double>.Null;
        if (first.Length != second.Length) return Maybe<double>.Null;
        var (mean1, mean2) = (first.Average(), second.Average());
        var deviations1 = Array.ConvertAll(first, number => number - mean1);
        var deviations2 = Array.ConvertAll(second, number => number - mean2);
        return Dot(deviations1, deviations2) / Math.Sqrt(Dot(deviations1, deviations1) * Dot(deviations2, deviations2));
    }
}
