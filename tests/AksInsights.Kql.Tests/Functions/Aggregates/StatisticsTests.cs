using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Variance, deviation, covariance and bit folds: documented examples, and two-pass formulas over random rows.</summary>
public class StatisticsTests
{
    [Theory]
    [InlineData("variance", 1)]
    [InlineData("variancep", 0)]
    [InlineData("stdev", 1)]
    [InlineData("stdevp", 0)]
    public void DeviationsFollowTheTwoPassFormula(string name, int lost)
    {
        double Expected(double[] v)
        {
            if (v.Length <= lost) return 0;
            var variance = v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Length - lost);
            return name.StartsWith("stdev", StringComparison.Ordinal) ? Math.Sqrt(variance) : variance;
        }

        Agrees(name, KqlType.Real, rows => g => Expected(rows.Values<double>(g)));
        Agrees(name, KqlType.Int, rows => g => Expected([.. rows.Values<long>(g).Select(x => (double)x)]));
        Agrees(name, KqlType.Decimal, rows => g => Expected([.. rows.Values<decimal>(g).Select(x => (double)x)]));
    }

    [Fact]
    public void VarianceOfLargeNearbyValuesDoesNotCancel()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => (0, new object?[] { 1e9 + (i % 2) })).ToList();
        Assert.Equal(0.25, (double)new AggregateRun("variancep", (KqlType.Real, null)).Split(1, rows, 7)[0]!, 1e-9);
    }

    [Theory]
    [InlineData("stdevif", 29.1547594742265)]
    [InlineData("varianceif", 850.0)]
    public void ConditionalDeviationsMatchTheDocumentedExamples(string name, double expected)
    {
        var rows = Enumerable.Range(1, 100).Select(x => (0, new object?[] { (long)x, x % 2 == 0 })).ToList();
        Assert.Equal(expected, (double)new AggregateRun(name, (KqlType.Long, null), (KqlType.Bool, null)).Whole(1, rows)[0]!, 1e-9);
    }

    [Fact]
    public void CovarianceMatchesTheDocumentedExample()
    {
        double[] y = [14, 10, 17, 20, 50];
        var rows = y.Select((value, i) => (0, new object?[] { i + 1.0, value })).ToList();
        Assert.Equal(20.5, (double)new AggregateRun("covariance", (KqlType.Real, null), (KqlType.Real, null)).Split(1, rows, 3)[0]!, 1e-9);
    }

    [Theory]
    [InlineData("covarianceif", 2142.0)]
    [InlineData("covariancepif", 2077.09090909091)]
    public void ConditionalCovariancesMatchTheDocumentedExamples(string name, double expected)
    {
        var rows = Enumerable.Range(1, 100).Select(x => (0, new object?[] { (long)x, (long)(x % 2 == 0 ? x * 2 : x * 3), x % 3 == 0 })).ToList();
        var run = new AggregateRun(name, (KqlType.Long, null), (KqlType.Long, null), (KqlType.Bool, null));
        Assert.Equal(expected, (double)run.Split(1, rows, 11)[0]!, 1e-8);
    }

    [Fact]
    public void CovarianceLeavesOutPairsWithANull()
    {
        var rows = new List<(int, object?[])> { (0, [1.0, 2.0]), (0, [null, 9.0]), (0, [3.0, 4.0]), (0, [9.0, null]), (1, [1.0, 1.0]), (2, [null, null]) };
        Assert.Equal([2.0, null, null], new AggregateRun("covariance", (KqlType.Real, null), (KqlType.Real, null)).Split(3, rows, 5));
        Assert.Equal([1.0, 0.0, null], new AggregateRun("covariancep", (KqlType.Real, null), (KqlType.Real, null)).Split(3, rows, 5));
    }

    [Theory]
    [InlineData("binary_all_and", new[] { 0xFFFFFFFFL, 0xFFFFF00F, 0xCFFFFFFD, 0xFAFEFFFF }, 0xCAFEF00DL)]
    [InlineData("binary_all_xor", new[] { 0x44404440L, 0x1E1E1E1E, 0x90ABBA09, 0x000B105A }, 0xCAFEF00DL)]
    [InlineData("binary_all_or", new[] { 0x88888008L, 0x42000000, 0x00767000, 0x00000005 }, 0xCAFEF00DL)]
    public void BitFoldsMatchTheDocumentedExamples(string name, long[] values, long expected)
    {
        var rows = values.Select(v => (0, new object?[] { v })).Append((1, [null])).ToList();
        Assert.Equal([expected, null], new AggregateRun(name, (KqlType.Long, null)).Split(2, rows, 1));
    }

    private static void Agrees(string name, KqlType type, Func<List<(int Group, object?[] Cells)>, Func<int, double>> expected)
    {
        var run = new AggregateRun(name, (type, null));
        Assert.Equal(KqlType.Real, run.ResultType);
        AggregateRows.Check(seed =>
        {
            var rows = AggregateRows.Random(seed, type);
            var actual = run.Split(AggregateRows.Groups, rows, seed);
            for (var g = 0; g < AggregateRows.Groups; g++)
            {
                var wanted = expected(rows)(g);
                Assert.Equal(wanted, (double)actual[g]!, Math.Max(1e-9, Math.Abs(wanted) * 1e-9));
            }
        });
    }
}
