using System.Numerics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Series;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Series;

/// <summary>Fits, statistics, spectra, periods and decompositions. Expected values are those of the functions' pages unless said otherwise.</summary>
public class SeriesAnalysisTests
{
    private const string Traffic =
        "[80,139,87,110,68,54,50,51,53,133,86,141,97,156,94,149,95,140,77,61,50,54,47,133,72,152,94,148,105,162,101,160,87,63,53,55,54,151,103,189,108,183,113,175,"
        + "113,178,90,71,62,62,65,165,109,181,115,182,121,178,114,170]";

    private static readonly Typed Line = Dyn("[2,5,6,8,11,15,17,18,25,26,30,30]");

    [Fact]
    public void LinesFitBest()
    {
        var bag = (DynamicBag)Evaluate("series_fit_line_dynamic", Line)!;
        Near(0.982, bag["rsquare"], 1e-3);
        Near(2.730, bag["slope"], 1e-3);
        Near(98.628, bag["variance"], 1e-3);
        Near(1.686, bag["rvariance"], 1e-3);
        Near(-1.666, bag["interception"], 1e-3);
        var fit = (DynamicArray)bag["line_fit"]!;
        Near(1.064, fit[0], 1e-3);
        Near(31.102, fit[11], 1e-3);
    }

    [Fact]
    public void ColumnsOfALineAreTheBagsValues()
    {
        var row = (DynamicArray)Evaluate("series_fit_line", Line)!;
        var bag = (DynamicBag)Evaluate("series_fit_line_dynamic", Line)!;
        string[] order = ["rsquare", "slope", "variance", "rvariance", "interception", "line_fit"];
        Assert.Equal(order.Select(name => bag[name]), row);
        FunctionCatalog.TryFind("series_fit_line", out var entry);
        var columns = entry!.MultiColumn!(["y"], new CallShape([KqlType.Dynamic], [null]));
        Assert.Equal(order.Select(name => "series_fit_line_y_" + name), columns.Select(column => column.Name));
        Assert.Equal(KqlType.Dynamic, columns[5].Type);
        Assert.Equal("series_fit_line__rsquare", entry.MultiColumn!([null], new CallShape([KqlType.Dynamic], [null]))[0].Name);
    }

    [Fact]
    public void TwoLinesBreakWhereTheTrendChanges()
    {
        // Two exact lines: 1, 2, 3, 4 rises by 1, and 20, 18, 16 falls by 2.
        var row = (DynamicArray)Evaluate("series_fit_2lines", Dyn("[1,2,3,4,20,18,16]"))!;
        Assert.Equal(15, row.Count);
        Near(1, row[0], 1e-9);
        Assert.Equal(4L, row[1]);
        Near(0, row[3], 1e-9);
        Near(-2, row[6], 1e-9);
        Near(22, row[7], 1e-9);
        Near(1, row[11], 1e-9);
        Near(0, row[12], 1e-9);
        var bag = (DynamicBag)Evaluate("series_fit_2lines_dynamic", Dyn("[1,2,3,4,20,18,16]"))!;
        Near(-2, ((DynamicBag)bag["right"]!)["slope"], 1e-9);
        Assert.Null(Evaluate("series_fit_2lines", Dyn("[1,2,3]")));
    }

    [Fact]
    public void PolynomialsFitExactly()
    {
        // x³ - 2x + 1 at x = 1, 2, ..., 8.
        var row = (DynamicArray)Evaluate("series_fit_poly", Dyn("[0,5,22,57,116,205,330,497]"), Dyn("[1,2,3,4,5,6,7,8]"), 3)!;
        Near(1, row[0], 1e-12);
        double[] expected = [1, 0, -2, 1];
        for (var i = 0; i < 4; i++) Near(expected[i], ((DynamicArray)row[1]!)[i], 1e-9);
        // Of degree 1 it is the line.
        var line = (DynamicArray)Evaluate("series_fit_poly", Line)!;
        Near(2.730, ((DynamicArray)line[1]!)[0], 1e-3);
        Assert.Null(Evaluate("series_fit_poly", Dyn("[1,2]"), Dyn("[1,2]"), 2));
        Assert.Null(Evaluate("series_fit_poly", Dyn("[1,2,3]"), Dyn("[1,1,1]"), 1));
        Assert.Throws<CallFailedException>(() => Evaluate("series_fit_poly", Line, Line, 101));
    }

    [Fact]
    public void StatisticsDescribeASeries()
    {
        var bag = (DynamicBag)Evaluate("series_stats_dynamic", Dyn("[23,46,23,87,4,8,3,75,2,56,13,75,32,16,29]"))!;
        Assert.Equal((2.0, 8L, 87.0, 3L), (bag["min"], bag["min_idx"], bag["max"], bag["max_idx"]));
        Near(32.8, bag["avg"], 1e-12);
        Near(28.503633853548269, bag["stdev"], 1e-12);
        Near(812.45714285714291, bag["variance"], 1e-10);
        Assert.Equal((492.0, 15L), (bag["sum"], bag["len"]));
        Assert.Equal("[2.0,2,5.0,1,3.5,2.1213203435596424,4.5]", Call("series_stats", Dyn("[null,5,2]"), true));
        Assert.Null(Evaluate("series_stats", Dyn("[null,5,2]")));
    }

    [Fact]
    public void OutliersAreMeasuredInRanges()
    {
        // By hand: of 0, 10, ..., 100 the 10th and 90th percentiles are 10 and 90, the 25th and 75th 25 and 75.
        var series = Dyn("[0,10,20,30,40,50,60,70,80,90,100]");
        Assert.Equal("[-0.125,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.125]", Call("series_outliers", series));
        Assert.Equal("[-0.5,-0.3,-0.1,0.0,0.0,0.0,0.0,0.0,0.1,0.3,0.5]", Call("series_outliers", series, "tukey"));
        Assert.Equal("[0.0,0.0,0.0]", Call("series_outliers", Dyn("[null,3,3]")));
        Assert.Throws<CallFailedException>(() => Evaluate("series_outliers", series, "sigma"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(17)]
    public void TransformsAreTheirDefinition(int n)
    {
        var random = new Random(n);
        Complex[] signal = [.. Enumerable.Range(0, n).Select(_ => new Complex(random.NextDouble(), random.NextDouble()))];
        var transformed = Fourier.Transform(signal, inverse: false);
        for (var k = 0; k < n; k++)
        {
            var expected = Complex.Zero;
            for (var j = 0; j < n; j++) expected += signal[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * j / n);
            Assert.True(Complex.Abs(expected - transformed[k]) < 1e-10);
        }

        var back = Fourier.Transform(transformed, inverse: true);
        for (var j = 0; j < n; j++) Assert.True(Complex.Abs(signal[j] - back[j]) < 1e-10);
    }

    [Fact]
    public void SpectraHaveTwoColumns()
    {
        Assert.Equal("[[1.0,1.0,1.0,1.0],[0.0,0.0,0.0,0.0]]", Call("series_fft", Dyn("[1,0,0,0]")));
        Assert.Equal("[[0.25,0.25,0.25,0.25],[0.0,0.0,0.0,0.0]]", Call("series_ifft", Dyn("[1,0,0,0]"), Dyn("[0,0,0,0]")));
        Assert.Null(Evaluate("series_fft", Dyn("[1,2]"), Dyn("[1]")));
    }

    [Fact]
    public void TheWeeklyPeriodIsFound()
    {
        var found = (DynamicArray)Evaluate("series_periods_detect", Dyn(Traffic), 0.0, 50.0, 2)!;
        Assert.Equal("[14.0,0.0]", DynamicText.Format(found[0]));
        Near(0.84, ((DynamicArray)found[1]!)[0], 0.01);
        Near(0, ((DynamicArray)found[1]!)[1], 0);
        var validated = (DynamicArray)Evaluate("series_periods_validate", Dyn(Traffic), 14.0, 10.0)!;
        Assert.Equal("[14.0,10.0]", DynamicText.Format(validated[0]));
        Near(0.84, ((DynamicArray)validated[1]!)[0], 0.01);
        Near(0, ((DynamicArray)validated[1]!)[1], 0);
    }

    [Theory]
    [InlineData("[2,5,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2,1]", -1,
        "[1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0,2.0,3.0,4.0,3.0,2.0,1.0]")]
    [InlineData("[8,12,14,12,10,10,12,14,12,10,10,12,14,12,10,10,12,14,12,10]", -1,
        "[10.0,12.0,14.0,12.0,10.0,10.0,12.0,14.0,12.0,10.0,10.0,12.0,14.0,12.0,10.0,10.0,12.0,14.0,12.0,10.0]")]
    [InlineData("[1,3,5,2,4,6,1,3,5,2,4,6]", -1, "[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]")]
    [InlineData("[1,3,5,1,3,5,2,4,6]", 3, "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]")]
    [InlineData("[1,3,5,2,4,6,1,3,5,2,4,6]", 3, "[1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5]")]
    public void SeasonsAreMediansOfTheirPhase(string series, int period, string expected)
    {
        var seasonal = period < 0 ? Call("series_seasonal", Dyn(series)) : Call("series_seasonal", Dyn(series), period);
        Assert.Equal(expected, seasonal);
    }

    [Fact]
    public void ADecompositionAddsUp()
    {
        // A season of two, exactly; then a line, exactly.
        var parts = (DynamicArray)Evaluate("series_decompose", Dyn("[0,10,0,10,0,10,0,10]"), 2, "avg")!;
        Assert.Equal("[0.0,10.0,0.0,10.0,0.0,10.0,0.0,10.0]", DynamicText.Format(parts[1]));
        Assert.Equal("[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]", DynamicText.Format(parts[3]));
        var line = (DynamicArray)Evaluate("series_decompose", Dyn("[1,2,3,4,5,6]"), 0, "linefit")!;
        for (var i = 0; i < 6; i++) Near(i + 1, ((DynamicArray)line[2]!)[i], 1e-9);
        Assert.Throws<CallFailedException>(() => Evaluate("series_decompose", Dyn("[1]"), 0, "spline"));
    }

    [Fact]
    public void ForecastsContinueSeasonAndTrend()
    {
        var parts = (DynamicArray)Evaluate("series_decompose_forecast", Dyn("[1,5,1,5,1,5,0,0]"), 2, 2, "avg")!;
        Assert.Equal("[1.0,5.0,1.0,5.0,1.0,5.0,1.0,5.0]", DynamicText.Format(parts[0]));
    }

    [Fact]
    public void AnomaliesAreFlagged()
    {
        // Ten periods of 0, 4, 8, 4 with a little regular noise, one spike and one dip.
        var series = Enumerable.Range(0, 40).Select(i => (i % 4 == 2 ? 8.0 : i % 2 * 4.0) + (i % 7 * 0.1)).ToArray();
        series[17] += 50;
        series[30] -= 50;
        var array = new DynamicArray([.. series.Select(v => (object?)v)]);
        var parts = (DynamicArray)Evaluate("series_decompose_anomalies", array, 1.5, 4)!;
        var flags = ((DynamicArray)parts[0]!).Select((flag, i) => (Flag: (long)flag!, Place: i)).Where(item => item.Flag != 0);
        Assert.Equal([(1L, 17), (-1L, 30)], flags);
        // The period is found without being told.
        Assert.Equal(4, Decomposition.DetectPeriod([.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1.0 : 0.0)], 0.6));
    }

    private static void Near(double expected, object? actual, double tolerance) =>
        Assert.InRange(Assert.IsType<double>(actual), expected - tolerance, expected + tolerance);
}
