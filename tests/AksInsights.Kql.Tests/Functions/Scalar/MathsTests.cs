using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Scalar;

/// <summary>Expected values are those of the functions' pages, or Python's <c>math</c> module.</summary>
public class MathsTests
{
    [Theory]
    // Page round-function.
    [InlineData(2.98765, 3, 2.988)]
    [InlineData(2.15, 1, 2.2)]
    [InlineData(-50.55, -2, -100)]
    [InlineData(21.5, -1, 20)]
    // Written halves that lie on the other side in binary.
    [InlineData(1.005, 2, 1.01)]
    [InlineData(-1.005, 2, -1.01)]
    [InlineData(0.5, 0, 1)]
    [InlineData(2.5, 0, 3)]
    [InlineData(1234567.891, 2, 1234567.89)]
    [InlineData(0.1, 30, 0.1)]
    [InlineData(1e300, 2, 1e300)]
    [InlineData(double.NaN, 2, double.NaN)]
    [InlineData(double.PositiveInfinity, -2, double.PositiveInfinity)]
    public void RoundReadsRealsInDecimal(double number, long places, double expected) =>
        Assert.Equal(expected, Evaluate("round", number, places));

    [Fact]
    public void RoundKeepsTheType()
    {
        Assert.Equal(2.0, Evaluate("round", 2.15));
        Assert.Equal(1234L, Evaluate("round", 1234));
        Assert.Equal(1200L, Evaluate("round", 1234, -2));
        Assert.Equal(-1300L, Evaluate("round", -1250, -2));
        Assert.Equal(0L, Evaluate("round", 1234, -30));
        Assert.Null(Evaluate("round", long.MaxValue, -18 - 1));
        Assert.Equal(2.2m, Evaluate("round", 2.15m, 1));
        Assert.Equal(KqlType.Int, TypeOf("round", new Typed(KqlType.Int, 5)));
    }

    [Fact]
    public void AbsIsPositive()
    {
        Assert.Equal(5L, Evaluate("abs", -5));
        Assert.Equal(5.5, Evaluate("abs", -5.5));
        Assert.Equal(5.5m, Evaluate("abs", -5.5m));
        Assert.Equal(TimeSpan.TicksPerHour, Evaluate("abs", TimeSpan.FromHours(-1)));
        Assert.Equal(KqlType.Long, TypeOf("abs", new Typed(KqlType.Int, 5)));
        Assert.Null(Evaluate("abs", Null(KqlType.Long)));
    }

    [Fact]
    public void SignIsReal()
    {
        // Page sign-function.
        Assert.Equal(-1.0, Evaluate("sign", -42));
        Assert.Equal(0.0, Evaluate("sign", 0));
        Assert.Equal(1.0, Evaluate("sign", 11.2));
    }

    [Fact]
    public void CeilingKeepsTheType()
    {
        Assert.Equal(-1.0, Evaluate("ceiling", -1.1));
        Assert.Equal(1.0, Evaluate("ceiling", 0.9));
        Assert.Equal(3L, Evaluate("ceiling", 3));
        Assert.Equal(-1m, Evaluate("ceiling", -1.1m));
    }

    [Theory]
    [InlineData("sqrt", 256, 16)]
    [InlineData("exp", 1, Math.E)]
    [InlineData("exp2", 10, 1024)]
    [InlineData("exp10", 3, 1000)]
    [InlineData("log", 5, 1.6094379124341003)]
    [InlineData("log2", 8, 3)]
    [InlineData("log10", 5, 0.69897000433601886)]
    [InlineData("sin", 1, 0.841470984807897)]
    [InlineData("cos", 1, 0.5403023058681398)]
    [InlineData("tan", 1, 1.5574077246549023)]
    [InlineData("cot", 1, 0.64209261593433065)]
    [InlineData("asin", 0.5, 0.5235987755982989)]
    [InlineData("acos", 0.5, 1.0471975511965979)]
    [InlineData("atan", 0.5, 0.4636476090008061)]
    [InlineData("degrees", Math.PI / 4, 45)]
    [InlineData("radians", 90, 1.5707963267949)]
    [InlineData("gamma", 5, 24)]
    [InlineData("gamma", 0.5, 1.7724538509055159)]
    [InlineData("gamma", -1.5, 2.3632718012073544)]
    [InlineData("gamma", 10.1, 454760.7514415857)]
    [InlineData("loggamma", 5, 3.178053830347945)]
    [InlineData("loggamma", 0.3, 1.0957979948180752)]
    [InlineData("loggamma", 100, 359.1342053695754)]
    [InlineData("loggamma", -1.5, 0.8600470153764812)]
    [InlineData("erf", 0.1, 0.1124629160182849)]
    [InlineData("erf", -1, -0.8427007929497149)]
    [InlineData("erf", 2.4, 0.999311486103355)]
    [InlineData("erf", 2.6, 0.9997639655834707)]
    [InlineData("erfc", 0.5, 0.4795001221869535)]
    [InlineData("erfc", 2, 0.004677734981047265)]
    [InlineData("erfc", 3, 2.2090496998585438e-05)]
    [InlineData("erfc", 5, 1.5374597944280351e-12)]
    [InlineData("erfc", -3, 1.999977909503001)]
    public void CurvesHaveTheirValues(string function, double argument, double expected)
    {
        var actual = Assert.IsType<double>(Evaluate(function, argument));
        Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{function}({argument}) = {actual:R}, not {expected:R}");
    }

    [Theory]
    [InlineData("sqrt", -1)]
    [InlineData("log", -1)]
    [InlineData("log2", -0.5)]
    [InlineData("log10", -5)]
    [InlineData("asin", 1.1)]
    [InlineData("acos", -1.1)]
    public void WhatHasNoRealValueIsNull(string function, double argument) => Assert.Null(Evaluate(function, argument));

    [Fact]
    public void PowersAndAnglesTakeTwo()
    {
        Assert.Equal(8.0, Evaluate("pow", 2, 3));
        Assert.Equal(Math.PI / 4, Evaluate("atan2", 1, 1));
        Assert.Equal(Math.PI, Evaluate("atan2", 0, -1));
        Assert.Null(Evaluate("pow", Null(KqlType.Real), 2));
        Assert.Equal(Math.PI, Evaluate("pi"));
    }

    [Theory]
    [InlineData(double.NaN, true, false, false)]
    [InlineData(double.NegativeInfinity, false, true, false)]
    [InlineData(1.5, false, false, true)]
    public void RealsAreClassified(double value, bool nan, bool infinite, bool finite)
    {
        Assert.Equal(nan, Evaluate("isnan", value));
        Assert.Equal(infinite, Evaluate("isinf", value));
        Assert.Equal(finite, Evaluate("isfinite", value));
    }

    [Theory]
    // Pages beta-cdf-function and beta-pdf-function, and sums of binomials.
    [InlineData("beta_cdf", 0.9, 10, 20, 0.999999999999959)]
    [InlineData("beta_cdf", 0.3, 2, 5, 0.579825)]
    [InlineData("beta_cdf", 0.5, 10, 20, 0.9692858271300793)]
    [InlineData("beta_cdf", 0.05, 3, 2, 0.00048125)]
    [InlineData("beta_cdf", 1.5, 10, 20, double.NaN)]
    [InlineData("beta_cdf", 0.1, -1, 20, double.NaN)]
    [InlineData("beta_cdf", 0.1, 10001, 20, double.NaN)]
    [InlineData("beta_pdf", 0.5, 10, 20, 0.746176019310951)]
    [InlineData("beta_pdf", -10, 10, 20, double.NaN)]
    [InlineData("beta_inv", 0.1, 10, 20, 0.226415022388749)]
    [InlineData("beta_inv", 0.1, -1, 20, double.NaN)]
    public void BetaDistributionsHaveTheirValues(string function, double first, double alpha, double beta, double expected)
    {
        var actual = Assert.IsType<double>(Evaluate(function, first, alpha, beta));
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) < 1e-12, $"{actual:R}");
    }

    [Fact]
    public void AProbabilityAboveOneHasNoInverse() => Assert.Null(Evaluate("beta_inv", 1.5, 10, 20));

    [Fact]
    public void WelchComparesTwoSamples()
    {
        // Page welch-test-function: two samples of 15, p = 0.021.
        double[] first = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] second = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4];
        var p = Assert.IsType<double>(Evaluate("welch_test", first.Average(), Variance(first), 15, second.Average(), Variance(second), 15));
        Assert.Equal(0.021, p, 3);
        Assert.Null(Evaluate("welch_test", 1, 1, 1, 2, 1, 10));

        static double Variance(double[] values) => values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1);
    }

    [Fact]
    public void BitsAreCombined()
    {
        Assert.Equal(8L, Evaluate("binary_and", 12, 10));
        Assert.Equal(14L, Evaluate("binary_or", 12, 10));
        Assert.Equal(6L, Evaluate("binary_xor", 12, 10));
        Assert.Equal(-101L, Evaluate("binary_not", 100));
        Assert.Equal(4L, Evaluate("binary_shift_left", 1, 2));
        Assert.Equal(2L, Evaluate("binary_shift_left", 1, 65));
        Assert.Null(Evaluate("binary_shift_left", 1, -1));
        Assert.Equal(2L, Evaluate("binary_shift_right", 8, 2));
        Assert.Equal(3L, Evaluate("bitset_count_ones", 42));
        Assert.Equal(64L, Evaluate("bitset_count_ones", -1));
        Assert.Equal(true, Evaluate("not", false));
        Assert.Null(Evaluate("not", Null(KqlType.Bool)));
    }

    [Fact]
    public void ExtremesPassOverNulls()
    {
        // The pages' examples, tried over rows in which other arguments are null.
        Assert.Equal(17L, Run("max_of", 10, 1, -3, 17));
        Assert.Equal(-3L, Run("min_of", 10, 1, -3, 17));
        Assert.Equal(3L, Run("min_of", null, 3));
        Assert.Equal(1L, Run("max_of", 1, null));
        Assert.Null(Run("max_of", null, null));

        static object? Run(string name, params long?[] row)
        {
            FunctionCatalog.TryFind(name, out var entry);
            var types = Enumerable.Repeat(KqlType.Long, row.Length).ToArray();
            var kernel = entry!.Signatures[0].Kernel!(new CallShape(types, new object?[row.Length]));
            Column[] columns = [.. row.Select(v => new FlatColumn<long>(KqlType.Long, [v ?? 0], [v is null]))];
            return kernel.Evaluate(new CallSite(KqlType.Long, 0, CancellationToken.None), columns, 1).Box(0);
        }
    }

    [Fact]
    public void AroundIncludesItsEnds()
    {
        Assert.Equal(true, Evaluate("around", 5, 4, 1));
        Assert.Equal(false, Evaluate("around", 5.5, 4, 1));
        Assert.Equal(true, Evaluate("around", Now, Now.AddDays(1), TimeSpan.FromDays(1)));
        Assert.Equal(false, Evaluate("around", Now, Now.AddDays(1.5), TimeSpan.FromDays(1)));
    }

    [Fact]
    public void RandomNumbersDifferFromRowToRow()
    {
        FunctionCatalog.TryFind("rand", out var rand);
        var site = new CallSite(KqlType.Real, 0, CancellationToken.None);
        var reals = ((Column<double>)rand!.Signatures[0].Kernel!(new CallShape([], [])).Evaluate(site, [], 1000)).Flatten().ToArray();
        Assert.All(reals, value => Assert.InRange(value, 0, Math.BitDecrement(1.0)));
        Assert.True(reals.Distinct().Count() > 990);
        var limit = Constants.Create(KqlType.Long, 3L, 1000);
        var wholes = ((Column<double>)rand.Signatures[1].Kernel!(new CallShape([KqlType.Long], [3L])).Evaluate(site, [limit], 1000)).Flatten().ToArray();
        Assert.Equal([0.0, 1.0, 2.0], wholes.Distinct().Order());
        Assert.False(rand.Deterministic);
    }
}
