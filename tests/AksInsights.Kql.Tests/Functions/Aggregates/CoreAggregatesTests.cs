using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Count, sum, avg, min, max and their conditional forms against sums and orders computed row by row.</summary>
public class CoreAggregatesTests
{
    [Fact]
    public void SumOfLongsIsTheSumOfTheValuesThatAreNotNull() => Agrees("sum", KqlType.Long, KqlType.Long, (long[] v) => v.Sum());

    [Fact]
    public void SumOfIntsIsLong() => Agrees("sum", KqlType.Int, KqlType.Long, (long[] v) => v.Sum());

    [Fact]
    public void SumOfTimespansIsATimespan() => Agrees("sum", KqlType.TimeSpan, KqlType.TimeSpan, (long[] v) => v.Sum());

    [Fact]
    public void SumOfDecimalsIsExact() => Agrees("sum", KqlType.Decimal, KqlType.Decimal, (decimal[] v) => v.Sum());

    [Fact]
    public void SumOfRealsIsTheSum() => Agrees("sum", KqlType.Real, KqlType.Real, (double[] v) => v.Sum());

    [Fact]
    public void AverageOfLongsIsReal() => Agrees("avg", KqlType.Long, KqlType.Real, (long[] v) => v.Length == 0 ? double.NaN : v.Average());

    [Fact]
    public void AverageOfRealsIsReal() => Agrees("avg", KqlType.Real, KqlType.Real, (double[] v) => v.Length == 0 ? double.NaN : v.Average());

    [Fact]
    public void AverageOfDecimalsIsDecimal() => Agrees("avg", KqlType.Decimal, KqlType.Decimal, (decimal[] v) => v.Length == 0 ? null : v.Average());

    [Fact]
    public void AverageOfDatesIsADate() =>
        Agrees("avg", KqlType.DateTime, KqlType.DateTime, (long[] v) => v.Length == 0 ? null : (long)(v.Aggregate((Int128)0, (sum, x) => sum + x) / v.Length));

    [Theory]
    [InlineData(KqlType.Int)]
    [InlineData(KqlType.Long)]
    [InlineData(KqlType.DateTime)]
    [InlineData(KqlType.TimeSpan)]
    public void ExtremesOfWholeNumbersKeepTheType(KqlType type)
    {
        Agrees("min", type, type, (long[] v) => v.Length == 0 ? null : v.Min());
        Agrees("max", type, type, (long[] v) => v.Length == 0 ? null : v.Max());
    }

    [Fact]
    public void ExtremesOfOtherTypesKeepTheType()
    {
        Agrees("min", KqlType.Real, KqlType.Real, (double[] v) => v.Length == 0 ? null : v.Min());
        Agrees("max", KqlType.Real, KqlType.Real, (double[] v) => v.Length == 0 ? null : v.Max());
        Agrees("min", KqlType.Decimal, KqlType.Decimal, (decimal[] v) => v.Length == 0 ? null : v.Min());
        Agrees("max", KqlType.Bool, KqlType.Bool, (bool[] v) => v.Length == 0 ? null : v.Max());
        Agrees("max", KqlType.String, KqlType.String, (string[] v) => v.Length == 0 ? "" : v.Max(StringComparer.Ordinal)!);
    }

    [Fact]
    public void DistinctCountsCountEachValueOnce()
    {
        Agrees("dcount", KqlType.String, KqlType.Long, (string[] v) => (long)v.Distinct().Count());
        Agrees("count_distinct", KqlType.Long, KqlType.Long, (long[] v) => (long)v.Distinct().Count());
        Agrees("dcount", KqlType.Guid, KqlType.Long, (Guid[] v) => (long)v.Distinct().Count());
        Agrees("dcount", KqlType.Real, KqlType.Long, (double[] v) => (long)v.Distinct().Count());
    }

    [Theory]
    [InlineData("sumif")]
    [InlineData("countif")]
    public void ConditionalFormsSkipRowsWhoseConditionIsNotTrue(string name)
    {
        var run = name == "countif" ? new AggregateRun(name, (KqlType.Bool, null)) : new AggregateRun(name, (KqlType.Long, null), (KqlType.Bool, null));
        AggregateRows.Check(seed =>
        {
            var rows = AggregateRows.Random(seed, KqlType.Long, KqlType.Bool);
            var kept = rows.Where(r => r.Cells[1] is true).ToList();
            var input = name == "countif" ? rows.ConvertAll(r => (r.Group, new[] { r.Cells[1] })) : rows;
            var expected = Enumerable.Range(0, AggregateRows.Groups)
                .Select(g => (object?)(name == "countif" ? kept.Count(r => r.Group == g) : kept.Values<long>(g).Sum()));
            Assert.Equal(expected, run.Split(AggregateRows.Groups, input, seed));
        });
    }

    [Fact]
    public void NaNIsAnExtremeOnlyWhereThereIsNothingElse()
    {
        var rows = new List<(int, object?[])> { (0, [double.NaN]), (0, [-1.5]), (0, [double.NaN]), (1, [double.NaN]), (1, [null]) };
        Assert.Equal([-1.5, double.NaN], new AggregateRun("max", (KqlType.Real, null)).Whole(2, rows));
        Assert.Equal([-1.5, double.NaN], new AggregateRun("min", (KqlType.Real, null)).Whole(2, rows));
    }

    [Fact]
    public void DecimalsThatAddUpBeyondTheirRangeGiveNull()
    {
        var rows = new List<(int, object?[])> { (0, [decimal.MaxValue]), (0, [decimal.MaxValue]), (1, [1m]) };
        Assert.Equal([null, 1m], new AggregateRun("sum", (KqlType.Decimal, null)).Whole(2, rows));
    }

    [Fact]
    public void DatesAverageExactlyThoughTheirSumExceeds64Bits()
    {
        var rows = Enumerable.Range(0, 100).Select(i => (0, new object?[] { DateTime.MaxValue.Ticks - i })).ToList();
        Assert.Equal([(object?)(DateTime.MaxValue.Ticks - 50)], new AggregateRun("avg", (KqlType.DateTime, null)).Whole(1, rows));
    }

    private static void Agrees<T>(string name, KqlType type, KqlType result, Func<T[], object?> expected)
    {
        var run = new AggregateRun(name, (type, null));
        Assert.Equal(result, run.ResultType);
        AggregateRows.Check(seed =>
        {
            var rows = AggregateRows.Random(seed, type);
            var wanted = Enumerable.Range(0, AggregateRows.Groups).Select(g => expected(rows.Values<T>(g))).ToArray();
            AssertClose(wanted, run.Whole(AggregateRows.Groups, rows));
            AssertClose(wanted, run.Split(AggregateRows.Groups, rows, seed));
        });
    }

    private static void AssertClose(object?[] expected, object?[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            // Sums of reals depend on the order of adding; 300 cells of at most 1e6 differ by less than this.
            if (expected[i] is double x && actual[i] is double y && double.IsFinite(x)) Assert.Equal(x, y, 1e-6);
            else Assert.Equal(expected[i], actual[i]);
        }
    }
}
