using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Lines and polynomials fitted to a series. Lines run over x = 1, 2, ...; null unless all items are numbers and there are enough of them.</summary>
internal static class SeriesFits
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Fit("series_fit_line", "The straight line that fits a series best, as several columns.", "dynamic([2, 5, 6, 8])", y => Row(Line(y)), SeriesValues.Columns(
            "series_fit_line", ("rsquare", KqlType.Real), ("slope", KqlType.Real), ("variance", KqlType.Real), ("rvariance", KqlType.Real),
            ("interception", KqlType.Real), ("line_fit", KqlType.Dynamic))),
        Fit("series_fit_line_dynamic", "The straight line that fits a series best, as a bag.", "dynamic([2, 5, 6, 8])", Line, null),
        Fit("series_fit_2lines",
            "The two straight lines, with the best place to break, that fit a series best, as several columns; each line runs over its own x = 1, 2, ...",
            "dynamic([1, 2, 3, 9, 8, 7])", y => Row(TwoLines(y)), SeriesValues.Columns(
            "series_fit_2lines", ("rsquare", KqlType.Real), ("split_idx", KqlType.Long), ("variance", KqlType.Real), ("rvariance", KqlType.Real),
            ("line_fit", KqlType.Dynamic), ("right_rsquare", KqlType.Real), ("right_slope", KqlType.Real), ("right_interception", KqlType.Real),
            ("right_variance", KqlType.Real), ("right_rvariance", KqlType.Real), ("left_rsquare", KqlType.Real), ("left_slope", KqlType.Real),
            ("left_interception", KqlType.Real), ("left_variance", KqlType.Real), ("left_rvariance", KqlType.Real))),
        Fit("series_fit_2lines_dynamic", "The two straight lines that fit a series best, as a bag with the bags left and right.",
            "dynamic([1, 2, 3, 9, 8, 7])", TwoLines, null),
        new("series_fit_poly", FunctionKind.Scalar,
            "The polynomial of a degree (1 unless given) that fits a series best, as several columns; x is 1, 2, ... unless given.",
            "series_fit_poly(dynamic([1, 4, 9, 16]), dynamic([1, 2, 3, 4]), 2)", "series-fit-poly-function")
        {
            MultiColumn = SeriesValues.Columns(
                "series_fit_poly", ("rsquare", KqlType.Real), ("coefficients", KqlType.Dynamic), ("variance", KqlType.Real), ("rvariance", KqlType.Real),
                ("poly_fit", KqlType.Dynamic)),
            Signatures =
            [
                new([Parameter.Dynamic("y_series"), Parameter.Dynamic("x_series").Optional(), Parameter.Long("degree").Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(Polynomial),
                },
            ],
        },
    ];

    private static FunctionEntry Fit(string name, string description, string argument, Func<double[], object?> fit, MultiColumnShape? columns) =>
        new(name, FunctionKind.Scalar, description, $"{name}({argument})", SeriesValues.Page(name))
        {
            MultiColumn = columns,
            Signatures =
            [
                new([Parameter.Dynamic("series")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<object, object?>(value => SeriesValues.Read(value) is { } numbers ? fit(numbers) : null),
                },
            ],
        };

    private static DynamicBag? Line(double[] y)
    {
        if (LeastSquares.Line(y) is not { } line) return null;
        var bag = Segment(line, slopeFirst: true);
        bag["line_fit"] = SeriesValues.ToArray(line.Fit);
        return bag;
    }

    private static DynamicBag Segment(LeastSquares line, bool slopeFirst)
    {
        var bag = new DynamicBag { ["rsquare"] = line.RSquare, ["slope"] = line.Coefficients[0] };
        if (!slopeFirst) bag["interception"] = line.Coefficients[1];
        bag["variance"] = line.Variance;
        bag["rvariance"] = line.ResidualVariance;
        if (slopeFirst) bag["interception"] = line.Coefficients[1];
        return bag;
    }

    private static DynamicBag? TwoLines(double[] y)
    {
        var split = BestSplit(y);
        if (split == 0 || LeastSquares.Line(y.AsSpan(0, split)) is not { } left || LeastSquares.Line(y.AsSpan(split)) is not { } right) return null;
        var both = LeastSquares.Describe([], [.. left.Fit, .. right.Fit], y);
        return new DynamicBag
        {
            ["rsquare"] = both.RSquare,
            ["split_idx"] = (long)split,
            ["variance"] = both.Variance,
            ["rvariance"] = both.ResidualVariance,
            ["line_fit"] = SeriesValues.ToArray(both.Fit),
            ["right"] = Segment(right, slopeFirst: false),
            ["left"] = Segment(left, slopeFirst: false),
        };
    }

    // Where the residuals of both lines together are least, which is where the total r-square is greatest; 0 for fewer than four numbers.
    private static int BestSplit(double[] y)
    {
        var sums = new RunningSums(y);
        var best = 0;
        var least = double.PositiveInfinity;
        for (var split = 2; split <= y.Length - 2; split++)
        {
            var residuals = sums.Residuals(0, split) + sums.Residuals(split, y.Length);
            if (!(residuals < least)) continue;
            (least, best) = (residuals, split);
        }

        return best;
    }

    // The columns are the bag's values in order, those of inner bags in their place.
    private static DynamicArray? Row(DynamicBag? bag) =>
        bag is null ? null : new DynamicArray([.. bag.SelectMany(item => item.Value is DynamicBag inner ? inner.Select(pair => pair.Value) : [item.Value])]);

    private static object? Polynomial(object?[] row)
    {
        const int MaxDegree = 100;
        if (SeriesValues.Read(row[0]) is not { } y) return null;
        double[]? x = row.Length > 1 ? SeriesValues.Read(row[1]) : [.. Enumerable.Range(1, y.Length).Select(i => (double)i)];
        var degree = SeriesValues.Whole(row, 2, 1);
        if (degree > MaxDegree) throw new CallFailedException($"series_fit_poly() fits polynomials up to degree {MaxDegree}; the degree is {degree}.");
        if (x is null || degree < 0 || degree >= y.Length || LeastSquares.Polynomial(x, y, (int)degree) is not { } fit) return null;
        return new DynamicArray(
            [fit.RSquare, SeriesValues.ToArray(fit.Coefficients), fit.Variance, fit.ResidualVariance, SeriesValues.ToArray(fit.Fit)]);
    }

    /// <summary>Sums up to each place, so that the residuals of a line over any part cost O(1).</summary>
    private sealed class RunningSums
    {
        private readonly double[] _y;
        private readonly double[] _xy;
        private readonly double[] _yy;

        public RunningSums(double[] numbers)
        {
            var mean = numbers.Length == 0 ? 0 : numbers.Average();
            _y = new double[numbers.Length + 1];
            _xy = new double[numbers.Length + 1];
            _yy = new double[numbers.Length + 1];
            for (var i = 0; i < numbers.Length; i++)
            {
                // Around the mean, so that large numbers do not drown the differences.
                var y = numbers[i] - mean;
                _y[i + 1] = _y[i] + y;
                _xy[i + 1] = _xy[i] + (i * y);
                _yy[i + 1] = _yy[i] + (y * y);
            }
        }

        public double Residuals(int start, int end)
        {
            double count = end - start;
            var sum = _y[end] - _y[start];
            var covariance = _xy[end] - _xy[start] - ((start + end - 1) / 2.0 * sum);
            return _yy[end] - _yy[start] - (sum * sum / count) - (covariance * covariance / (count * ((count * count) - 1) / 12));
        }
    }
}
