using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Series taken apart, continued, and searched for anomalies. Null unless all items are numbers.</summary>
internal static class SeriesDecompositions
{
    private const string Parts = "The season is a period in points, 0 for none or -1 to detect one; the trend 'avg', 'linefit' or 'none'.";

    private static readonly (string, KqlType)[] Components =
        [("baseline", KqlType.Dynamic), ("seasonal", KqlType.Dynamic), ("trend", KqlType.Dynamic), ("residual", KqlType.Dynamic)];

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("series_decompose", FunctionKind.Scalar, $"A series' baseline (season and trend), season, trend and residual, as columns. {Parts}",
            "series_decompose(dynamic([1, 2, 9, 2, 1, 2, 9, 2, 1, 2, 9, 2]), 4)", "series-decompose-function")
        {
            MultiColumn = SeriesValues.Columns("series_decompose", Components),
            Signatures =
            [
                new([Series, Season.Optional(), Trend.Optional(), TestPoints.Optional(), Threshold.Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(row => Columns(Take(row, 1, 2, SeriesValues.Whole(row, 3, 0), 4))),
                },
            ],
        },
        new("series_decompose_forecast", FunctionKind.Scalar,
            $"A series with its last points replaced by what season and trend of the points before them lead to expect, and the components, as columns. {Parts}",
            "series_decompose_forecast(dynamic([1, 2, 9, 2, 1, 2, 9, 2, 0, 0, 0, 0]), 4, 4)", "series-decompose-forecast-function")
        {
            MultiColumn = SeriesValues.Columns("series_decompose_forecast", Components),
            Signatures =
            [
                new([Series, TestPoints, Season.Optional(), Trend.Optional(), Threshold.Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(row => Columns(Take(row, 2, 3, SeriesValues.Whole(row, 1, 0), 4))),
                },
            ],
        },
        new("series_decompose_anomalies", FunctionKind.Scalar,
            "Which items of a series are anomalies (1 up, -1 down, else 0), their scores, and the baseline, as columns: the residuals' Tukey scores beyond a threshold "
            + $"(1.5 unless given), by 'ctukey' or 'tukey' as in series_outliers. {Parts}",
            "series_decompose_anomalies(dynamic([1, 2, 9, 2, 1, 20, 9, 2, 1, 2, 9, 2]), 1.5, 4)", "series-decompose-anomalies-function")
        {
            MultiColumn = SeriesValues.Columns(
                "series_decompose_anomalies", ("ad_flag", KqlType.Dynamic), ("ad_score", KqlType.Dynamic), ("baseline", KqlType.Dynamic)),
            Signatures =
            [
                new(
                    [
                        Series, Parameter.Real("threshold").Optional(), Season.Optional(), Trend.Optional(), TestPoints.Optional(),
                        Parameter.Text("method").Optional(), Threshold.Optional(),
                    ],
                    KqlType.Dynamic) { Kernel = _ => Map.OfRow(Anomalies) },
            ],
        },
    ];

    private static Parameter Series => Parameter.Dynamic("series");

    private static Parameter Season => Parameter.Long("period");

    private static Parameter Trend => Parameter.Text("trend");

    private static Parameter TestPoints => Parameter.Long("test_points");

    private static Parameter Threshold => Parameter.Real("seasonality_threshold");

    private static Decomposition? Take(object?[] row, int season, int trendIndex, long testPoints, int threshold)
    {
        var trend = SeriesValues.Text(row, trendIndex, "avg").ToLowerInvariant();
        if (trend is not ("avg" or "linefit" or "none"))
            throw new CallFailedException($"There is no trend `{trend}`: series_decompose() and its kin know `avg`, `linefit` and `none`.");
        if (SeriesValues.Read(row[0]) is not { } numbers) return null;
        return Decomposition.Of(numbers, SeriesValues.Whole(row, season, -1), trend, testPoints, SeriesValues.Number(row, threshold, Decomposition.DefaultThreshold));
    }

    private static DynamicArray? Columns(Decomposition? parts) => parts is null ? null : new DynamicArray(
    [
        SeriesValues.ToArray(parts.Baseline), SeriesValues.ToArray(parts.Seasonal), SeriesValues.ToArray(parts.Trend), SeriesValues.ToArray(parts.Residual),
    ]);

    private static object? Anomalies(object?[] row)
    {
        var method = SeriesValues.Text(row, 5, "ctukey");
        if (SeriesStatistics.Percentiles(method) is not { } range)
            throw new CallFailedException($"There is no anomaly test `{method}`: series_decompose_anomalies() knows `ctukey` and `tukey`.");
        if (Take(row, 2, 3, SeriesValues.Whole(row, 4, 0), 6) is not { } parts) return null;
        var limit = SeriesValues.Number(row, 1, 1.5);
        var scores = SeriesStatistics.TukeyScores(parts.Residual, range.Low, range.High);
        var flags = scores.Select(score => (object?)(score > limit ? 1L : score < -limit ? -1L : 0L));
        return new DynamicArray([new DynamicArray([.. flags]), SeriesValues.ToArray(scores), SeriesValues.ToArray(parts.Baseline)]);
    }
}
