using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>The statistics of a series, and how far its items lie outside of them.</summary>
internal static class SeriesStatistics
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Stats("series_stats", "as several columns", bag => bag is null ? null : new DynamicArray([.. bag.Take(7).Select(item => item.Value)])) with
        {
            MultiColumn = SeriesValues.Columns(
                "series_stats", ("min", KqlType.Real), ("min_idx", KqlType.Long), ("max", KqlType.Real), ("max_idx", KqlType.Long),
                ("avg", KqlType.Real), ("stdev", KqlType.Real), ("variance", KqlType.Real)),
        },
        Stats("series_stats_dynamic", "with sum and length, as a bag", bag => bag),
        new("series_outliers", FunctionKind.Scalar,
            "How many inter-quantile ranges each item lies above (positive) or below (negative) the normal range, 0 inside it and for missing items: beyond 1.5 it is an anomaly. "
            + "The range is the 10th to 90th percentile ('ctukey', or two percentiles of one's own) or the 25th to 75th ('tukey').",
            "series_outliers(dynamic([30, 28, 5, 27, 31, 38, 29, 80, 25, 37, 30]))", "series-outliers-function")
        {
            KeepsName = true,
            Signatures =
            [
                new(
                    [
                        Parameter.Dynamic("series"), Parameter.Text("kind").Optional(), Parameter.Real("ignore_val").Optional(),
                        Parameter.Real("min_percentile").Optional(), Parameter.Real("max_percentile").Optional(),
                    ],
                    KqlType.Dynamic) { Kernel = _ => Map.OfRow(Outliers) },
            ],
        },
    ];

    /// <summary>Tukey's score of each number: its distance from the range between two percentiles in units of that range; 0 inside, and for NaN.</summary>
    /// <remarks>
    /// The percentiles are interpolated between ranks. The page names Tukey's fences without saying how a score is scaled; this is the plain reading,
    /// so that 1.5 is Tukey's own fence.
    /// </remarks>
    public static double[] TukeyScores(double[] numbers, double low, double high)
    {
        double[] sorted = [.. numbers.Where(double.IsFinite).Order()];
        var scores = new double[numbers.Length];
        if (sorted.Length == 0) return scores;
        var from = Percentile(sorted, low);
        var to = Percentile(sorted, high);
        for (var i = 0; i < scores.Length; i++)
        {
            var beyond = numbers[i] > to ? numbers[i] - to : numbers[i] < from ? numbers[i] - from : 0;
            // Where all normal values are one, whatever differs is infinitely far away.
            scores[i] = beyond == 0 ? 0 : beyond / (to - from);
        }

        return scores;
    }

    /// <summary>The percentiles of a kind of test; null for a kind that is none.</summary>
    public static (double Low, double High)? Percentiles(string kind, double low = 10, double high = 90) => kind.ToLowerInvariant() switch
    {
        "ctukey" when low is >= 2 and <= 98 && high is >= 2 and <= 98 && low < high => (low, high),
        "tukey" => (25, 75),
        _ => null,
    };

    private static FunctionEntry Stats(string name, string form, Func<DynamicBag?, object?> result) => new(
        name, FunctionKind.Scalar,
        $"Minimum, maximum (each with its first place), average, sample standard deviation and variance of a series, {form}; "
        + "null when an item is no finite number, unless those are to be ignored.",
        $"{name}(dynamic([23, 46, 23, 87]))", SeriesValues.Page(name))
    {
        Signatures =
        [
            new([Parameter.Dynamic("series"), new Parameter("ignore_nonfinite", TypeSet.Bool).Optional()], KqlType.Dynamic)
            {
                Kernel = _ => Map.OfRow(row => result(Describe(row[0], row.Length > 1 && row[1] is true))),
            },
        ],
    };

    private static DynamicBag? Describe(object? value, bool ignoreNonFinite)
    {
        if (value is not DynamicArray array) return null;
        var items = array.Select((item, i) => (Number: DynamicEquality.IsNumber(item) ? DynamicEquality.ToReal(item!) : double.NaN, Place: (long)i)).ToArray();
        var finite = items.Where(item => double.IsFinite(item.Number)).ToArray();
        if (finite.Length == 0 || (finite.Length < items.Length && !ignoreNonFinite)) return null;
        var min = finite.MinBy(item => item.Number);
        var max = finite.MaxBy(item => item.Number);
        double[] numbers = [.. finite.Select(item => item.Number)];
        var variance = numbers.Length == 1 ? 0 : LeastSquares.SumOfSquares(numbers) / (numbers.Length - 1);
        return new DynamicBag(9)
        {
            ["min"] = min.Number,
            ["min_idx"] = min.Place,
            ["max"] = max.Number,
            ["max_idx"] = max.Place,
            ["avg"] = numbers.Average(),
            ["stdev"] = Math.Sqrt(variance),
            ["variance"] = variance,
            ["sum"] = numbers.Sum(),
            ["len"] = (long)array.Count,
        };
    }

    private static object? Outliers(object?[] row)
    {
        if (row[0] is not DynamicArray array) return null;
        var kind = SeriesValues.Text(row, 1, "ctukey");
        if (Percentiles(kind, SeriesValues.Number(row, 3, 10), SeriesValues.Number(row, 4, 90)) is not { } range)
            throw new CallFailedException($"series_outliers() knows the kinds `ctukey`, with percentiles from 2 to 98, and `tukey`; it was given `{kind}` with what is none of these.");
        var ignored = SeriesValues.Number(row, 2, double.NaN);
        double[] numbers = [.. array.Select(item => DynamicEquality.IsNumber(item) ? DynamicEquality.ToReal(item!) : double.NaN)];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] == ignored) numbers[i] = double.NaN;
        }

        return SeriesValues.ToArray(TukeyScores(numbers, range.Low, range.High));
    }

    private static double Percentile(double[] sorted, double percentile)
    {
        var rank = percentile / 100 * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }
}
