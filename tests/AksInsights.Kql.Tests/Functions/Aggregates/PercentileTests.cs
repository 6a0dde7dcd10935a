using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Percentiles against sorting; ranks against the definition of percentiles-aggregation-function.</summary>
public class PercentileTests
{
    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(100, 5, 4)]
    [InlineData(50, 4, 1)]
    [InlineData(50, 5, 2)]
    [InlineData(95, 20, 18)]
    [InlineData(99.9, 1000, 998)]
    [InlineData(33.3, 1000, 332)]
    [InlineData(95, 30000, 28499)]
    [InlineData(0.0001, 10, 0)]
    public void TheRankIsTheSmallestThatCoversTheShare(double percentile, int count, int index) =>
        Assert.Equal(index, (int)NearestRank.Rank(percentile, count) - 1);

    [Fact]
    public void SelectionFindsWhatSortingFinds() =>
        AggregateRows.Check(seed =>
        {
            var random = new Random(seed);
            var values = Values(random, random.Next(1, 6000));
            var index = random.Next(values.Length);
            var sorted = values.Order().ToArray();
            Assert.Equal(sorted[index], NearestRank.Select(values, index));
        });

    [Theory]
    [InlineData(KqlType.Int, KqlType.Long)]
    [InlineData(KqlType.Long, KqlType.Long)]
    [InlineData(KqlType.DateTime, KqlType.DateTime)]
    [InlineData(KqlType.TimeSpan, KqlType.TimeSpan)]
    public void PercentilesOfWholeNumbersAreMembers(KqlType type, KqlType result) => Agrees<long>(type, result);

    [Fact]
    public void PercentilesOfRealsAreMembers() => Agrees<double>(KqlType.Real, KqlType.Real);

    [Fact]
    public void PercentilesOfBoolsAreBools() => Agrees<bool>(KqlType.Bool, KqlType.Bool);

    [Fact]
    public void SeveralPercentilesComeFromOnePass()
    {
        var state = new PercentileValues(KqlType.Long, 50);
        state.Resize(1);
        var column = new Columns.FlatColumn<long>(KqlType.Long, [.. Enumerable.Range(1, 100).Select(i => (long)(i * 37 % 101))]);
        state.Add(new int[100], [column]);
        var columns = state.Finish(1, [0, 50, 95, 100]);
        Assert.Equal([1L, 50L, 95L, 100L], columns.Select(c => c.Box(0)));
    }

    [Fact]
    public void NaNIsBelowAllOtherReals()
    {
        var rows = new List<(int, object?[])> { (0, [1.0]), (0, [double.NaN]), (0, [double.NegativeInfinity]), (0, [double.PositiveInfinity]) };
        object?[] At(double p) => new AggregateRun("percentile", (KqlType.Real, null), (KqlType.Real, p)).Whole(1, rows);
        Assert.Equal([double.NaN], At(0));
        Assert.Equal([double.NegativeInfinity], At(50));
        Assert.Equal([double.PositiveInfinity], At(100));
    }

    [Fact]
    public void WeightedPercentilesMatchTheDocumentedExample()
    {
        var rows = new List<(int, object?[])> { (0, [10L, 8L]), (0, [20L, 6L]), (0, [30L, 3L]), (0, [40L, 1L]), (1, [5L, 0L]), (1, [null, 3L]), (1, [5L, null]) };
        object?[] At(double p) => new AggregateRun("percentilew", (KqlType.Long, null), (KqlType.Long, null), (KqlType.Real, p)).Split(2, rows, 9);
        Assert.Equal([20L, null], At(50));
        Assert.Equal([20L, null], At(75));
        Assert.Equal([40L, null], At(99.9));
    }

    [Fact]
    public void WeightsCountLikeRepeatedValues() => AggregateRows.Check(seed =>
    {
        var rows = AggregateRows.Random(seed, KqlType.Real, KqlType.Long);
        var repeated = rows.SelectMany(r => Enumerable.Repeat((r.Group, new[] { r.Cells[0] }), (int)Math.Max(0, r.Cells[1] as long? ?? 0))).ToList();
        var percentile = new Random(seed).Next(0, 101);
        Assert.Equal(
            new AggregateRun("percentile", (KqlType.Real, null), (KqlType.Real, (double)percentile)).Whole(AggregateRows.Groups, repeated),
            new AggregateRun("percentilew", (KqlType.Real, null), (KqlType.Long, null), (KqlType.Real, (double)percentile)).Split(AggregateRows.Groups, rows, seed));
    });

    [Fact]
    public void ArraysOfPercentilesTakeNumbersOrAnArray()
    {
        var rows = new List<(int, object?[])> { (0, [10L, 8L]), (0, [20L, 6L]), (0, [30L, 3L]), (0, [40L, 1L]) };
        var list = new AggregateRun("percentilesw_array", (KqlType.Long, null), (KqlType.Long, null), (KqlType.Real, 50.0), (KqlType.Real, 75.0), (KqlType.Real, 99.9));
        Assert.Equal("[20,20,40]", DynamicText.Format(list.Whole(1, rows)[0]));
        var array = new AggregateRun("percentiles_array", (KqlType.Long, null), (KqlType.Dynamic, new DynamicArray([50L, 75L, 99.9])));
        Assert.Equal(["[20,30,40]", "null"], array.Split(2, rows, 1).Select(DynamicText.Format));
    }

    [Theory]
    [InlineData("x", 50L, "percentile_x_50")]
    [InlineData("x", 99.9, "percentile_x_99_9")]
    [InlineData(null, 50.0, "percentile__50")]
    public void TheColumnIsNamedAfterArgumentAndPercentile(string? argument, object percentile, string name)
    {
        Assert.True(Kql.Functions.FunctionCatalog.TryFind("percentile", out var entry));
        Assert.Equal(name, entry.Naming!(argument, [null, percentile]));
    }

    private static void Agrees<T>(KqlType type, KqlType result)
        where T : struct
    {
        foreach (var percentile in new[] { 0.0, 5, 50, 95, 99.9, 100 })
        {
            var run = new AggregateRun("percentile", (type, null), (KqlType.Real, percentile));
            Assert.Equal(result, run.ResultType);
            AggregateRows.Check(seed =>
            {
                var rows = AggregateRows.Random(seed, type);
                var expected = Enumerable.Range(0, AggregateRows.Groups).Select(g => Naive([.. rows.Values<T>(g).Order()], percentile)).ToArray();
                Assert.Equal(expected, run.Whole(AggregateRows.Groups, rows));
                Assert.Equal(expected, run.Split(AggregateRows.Groups, rows, seed));
            });
        }
    }

    // By counting: the first value of the sorted list that at least the share of the values does not exceed.
    private static object? Naive<T>(T[] sorted, double percentile)
        where T : struct
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            if ((i + 1) * 1000L >= (long)Math.Round(percentile * 10) * sorted.Length) return sorted[i];
        }

        return sorted.Length == 0 ? null : sorted[^1];
    }

    private static long[] Values(Random random, int count) => random.Next(5) switch
    {
        0 => [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(10))],
        1 => [.. Enumerable.Range(0, count).Select(_ => OrderedBits.FromReal(random.NextDouble() * 1e6))],
        2 => [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))],
        3 => [.. Enumerable.Range(0, count).Select(i => i % 100 == 0 ? random.NextInt64() : 7 + random.Next(3))],
        _ => [.. Enumerable.Range(0, count).Select(i => (long)i)],
    };
}
