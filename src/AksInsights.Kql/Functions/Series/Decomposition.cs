namespace AksInsights.Kql.Functions.Series;

/// <summary>A series taken apart: baseline = seasonal + trend, and residual = series - baseline. All as long as the series.</summary>
internal sealed record Decomposition(double[] Baseline, double[] Seasonal, double[] Trend, double[] Residual)
{
    /// <summary>The score a detected period must have, where the query names none.</summary>
    public const double DefaultThreshold = 0.6;

    /// <summary>Takes a series apart in the documented order: the seasonal component, then the trend of what is left.</summary>
    /// <param name="numbers">The series.</param>
    /// <param name="period">The period in points; 0 for no season, negative to detect it.</param>
    /// <param name="trend"><c>avg</c>, <c>linefit</c> or <c>none</c>.</param>
    /// <param name="testPoints">How many points at the end are left out of learning and only continued into.</param>
    /// <param name="threshold">The score that a detected period must have.</param>
    /// <remarks>Source: series-decompose-function. Null when no points are left to learn from.</remarks>
    public static Decomposition? Of(double[] numbers, long period, string trend, long testPoints, double threshold)
    {
        var learned = (int)Math.Clamp(numbers.Length - testPoints, 0, numbers.Length);
        if (learned == 0) return null;
        var seasonal = Season(numbers, learned, period < 0 ? DetectPeriod(numbers.AsSpan(0, learned), threshold) : period);
        var deseasonal = new double[numbers.Length];
        for (var i = 0; i < numbers.Length; i++) deseasonal[i] = numbers[i] - seasonal[i];
        var trends = TrendOf(deseasonal, learned, trend);
        var baseline = new double[numbers.Length];
        for (var i = 0; i < baseline.Length; i++) baseline[i] = seasonal[i] + trends[i];
        var residual = new double[numbers.Length];
        for (var i = 0; i < residual.Length; i++) residual[i] = numbers[i] - baseline[i];
        return new Decomposition(baseline, seasonal, trends, residual);
    }

    /// <summary>The best period of a series if its score reaches the threshold, else 0.</summary>
    public static int DetectPeriod(ReadOnlySpan<double> numbers, double threshold)
    {
        var periods = new Periodicity(numbers).Detect(Periodicity.MinPeriod, numbers.Length);
        return periods.Count > 0 && periods[0].Score >= threshold ? periods[0].Period : 0;
    }

    /// <summary>At each point the median of the learned points in the same phase; zeros for a period that is not positive.</summary>
    public static double[] Season(double[] numbers, int learned, long period)
    {
        var seasonal = new double[numbers.Length];
        if (period <= 0) return seasonal;
        for (long phase = 0; phase < Math.Min(period, numbers.Length); phase++)
        {
            var values = new List<double>();
            for (var i = phase; i < learned; i += period) values.Add(numbers[i]);
            var median = values.Count == 0 ? 0 : Median(values);
            for (var i = phase; i < numbers.Length; i += period) seasonal[i] = median;
        }

        return seasonal;
    }

    private static double[] TrendOf(double[] numbers, int learned, string trend)
    {
        var result = new double[numbers.Length];
        if (trend == "avg")
        {
            Array.Fill(result, numbers.Take(learned).Average());
        }
        else if (trend == "linefit" && LeastSquares.Line(numbers.AsSpan(0, learned)) is { } line)
        {
            for (var i = 0; i < result.Length; i++) result[i] = (line.Coefficients[0] * (i + 1)) + line.Coefficients[1];
        }

        return result;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
