using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Periods and seasons of a series. Null unless all items are numbers. How periods are found: <see cref="Periodicity"/>.</summary>
internal static class SeriesSeasons
{
    // Stated by the page of series_seasonal for the detection it does by itself.
    private const double SeasonalThreshold = 0.7;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("series_periods_detect", FunctionKind.Scalar,
            "The best periods of a series within limits, and their scores from 0 to 1, as two arrays of a given length that zeros fill up.",
            "series_periods_detect(dynamic([1, 2, 9, 2, 1, 2, 9, 2, 1, 2, 9, 2, 1, 2, 9, 2]), 0.0, 8.0, 1)", "series-periods-detect-function")
        {
            MultiColumn = SeriesValues.Columns("series_periods_detect", ("periods", KqlType.Dynamic), ("scores", KqlType.Dynamic)),
            Signatures =
            [
                new(
                    [Parameter.Dynamic("series"), Parameter.Real("min_period"), Parameter.Real("max_period"), Parameter.Long("num_periods")],
                    KqlType.Dynamic) { Kernel = _ => Map.OfRow(Detect) },
            ],
        },
        new("series_periods_validate", FunctionKind.Scalar,
            "Periods as given, and their scores from 0 to 1, as two arrays; 0 for a period below 4 points or above half the series.",
            "series_periods_validate(dynamic([1, 2, 9, 2, 1, 2, 9, 2, 1, 2, 9, 2]), 4.0, 5.0)", "series-periods-validate-function")
        {
            MultiColumn = SeriesValues.Columns("series_periods_validate", ("periods", KqlType.Dynamic), ("scores", KqlType.Dynamic)),
            Signatures =
            [
                new([Parameter.Dynamic("series"), Parameter.Real("period")], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(Validate) },
            ],
        },
        new("series_seasonal", FunctionKind.Scalar,
            "The seasonal component of a series: at each point the median of its phase; zeros where no period is given and none is detected.",
            "series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)", "series-seasonal-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("series"), Parameter.Long("period").Optional(), Parameter.Long("test_points").Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(Seasonal),
                },
            ],
        },
    ];

    private static object? Detect(object?[] row)
    {
        if (row.Contains(null) || SeriesValues.Read(row[0]) is not { } numbers) return null;
        var count = (int)Math.Clamp((long)row[3]!, 0, Math.Max(numbers.Length, 1));
        var found = new Periodicity(numbers).Detect((double)row[1]!, (double)row[2]!);
        var periods = new double[count];
        var scores = new double[count];
        for (var i = 0; i < Math.Min(count, found.Count); i++) (periods[i], scores[i]) = found[i];
        return new DynamicArray([SeriesValues.ToArray(periods), SeriesValues.ToArray(scores)]);
    }

    private static object? Validate(object?[] row)
    {
        if (row.Contains(null) || SeriesValues.Read(row[0]) is not { } numbers) return null;
        var periodicity = new Periodicity(numbers);
        double[] periods = [.. row.Skip(1).Select(period => (double)period!)];
        return new DynamicArray([SeriesValues.ToArray(periods), SeriesValues.ToArray(periods.Select(periodicity.Score))]);
    }

    private static object? Seasonal(object?[] row)
    {
        if (SeriesValues.Read(row[0]) is not { } numbers) return null;
        var learned = (int)Math.Clamp(numbers.Length - SeriesValues.Whole(row, 2, 0), 0, numbers.Length);
        var period = SeriesValues.Whole(row, 1, -1);
        if (period == -1) period = Decomposition.DetectPeriod(numbers.AsSpan(0, learned), SeasonalThreshold);
        return SeriesValues.ToArray(Decomposition.Season(numbers, learned, period));
    }
}
