using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>States of distinct counts and percentiles: exact while small, within the documented error beyond, the same after a trip through JSON.</summary>
public class SketchTests
{
    [Theory]
    [InlineData(0L, 0.016)]
    [InlineData(1L, 0.008)]
    [InlineData(4L, 0.002)]
    public void EstimatesStayWithinFourTimesTheDocumentedError(long accuracy, double error)
    {
        foreach (var count in new[] { 3_000, 40_000, 300_000 })
        {
            var sketch = new HyperLogLog(HyperLogLog.PrecisionOf(accuracy));
            var random = new Random(count);
            for (var i = 0; i < count; i++) sketch.Add(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.InRange(sketch.Estimate(), count * (1 - (4 * error)), count * (1 + (4 * error)));
        }
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(900, 1800)]
    [InlineData(3000, 6000)]
    public void StatesOfHalvesMergeToTheStateOfTheWhole(int half, int whole)
    {
        var states = new[] { Hll(0, half), Hll(half, whole), Hll(0, whole) };
        var merged = Scalar("hll_merge", KqlType.Dynamic, states[0], states[1], null);
        Assert.Equal(Count(states[2]), Count(merged));
        Assert.InRange(Count(merged), whole * 0.96, whole * 1.04);
        if (whole < 1000) Assert.Equal(whole, Count(merged));
    }

    [Fact]
    public void StatesSurviveJson()
    {
        foreach (var state in new[] { Hll(0, 20), Hll(0, 5000) })
        {
            Assert.True(DynamicText.TryParse(DynamicText.Format(state), out var read));
            Assert.Equal(Count(state), Count(read));
        }

        var digest = TDigest([1.5, 2.5, double.PositiveInfinity]);
        Assert.True(DynamicText.TryParse(DynamicText.Format(TDigest([1.5, 2.5])), out var readDigest));
        Assert.Equal(2.5, Scalar("percentile_tdigest", KqlType.Dynamic, readDigest, 100.0));
        Assert.Equal(double.PositiveInfinity, Scalar("percentile_tdigest", KqlType.Dynamic, digest, 100.0));
    }

    [Fact]
    public void ValuesThatAreNoStatesGiveNull()
    {
        foreach (var value in new object?[] { null, 5L, "x", new DynamicArray([]), new DynamicArray([1L, 2L, 3L]), new DynamicArray([new DynamicArray(["guid"]), new DynamicArray([1L]), new DynamicArray([1L])]) })
        {
            Assert.Null(Scalar("dcount_hll", KqlType.Long, value));
            Assert.Null(Scalar("hll_merge", KqlType.Dynamic, value, value));
            Assert.Null(Scalar("percentile_tdigest", KqlType.Dynamic, value, 50.0));
            Assert.Null(Scalar("rank_tdigest", KqlType.Real, value, 5L));
            Assert.Null(Scalar("tdigest_merge", KqlType.Dynamic, value, value));
        }
    }

    [Fact]
    public void StatesOfDifferentAccuracyAreNotMerged()
    {
        var (low, high) = (new HyperLogLog(12), new HyperLogLog(14));
        Assert.Contains("same accuracy", Assert.Throws<KqlException>(() => low.Add(high)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DistinctCountsOfLargeGroupsAreEstimated()
    {
        const int Distinct = 200_000;
        var whole = Enumerable.Range(0, Distinct * 2).Select(i => (long)(i % Distinct) * 7919).ToArray();
        var (first, second) = (Create("dcount", KqlType.Long), Create("dcount", KqlType.Long));
        first.Resize(2);
        second.Resize(2);
        for (var start = 0; start < whole.Length; start += 8000)
        {
            var state = start % 16_000 == 0 ? first : second;
            state.Add(new int[8000], [new FlatColumn<long>(KqlType.Long, whole, null, start, 8000)]);
            state.Add(Enumerable.Repeat(1, 10).ToArray(), [new FlatColumn<long>(KqlType.Long, whole, null, start, 10)]);
        }

        first.Merge(second, [0, 1]);
        var counts = ((Column<long>)first.Finish(2)).Flatten();
        Assert.InRange(counts[0], Distinct * 0.97, Distinct * 1.03);
        Assert.Equal(whole.Where((_, i) => i % 8000 < 10).Distinct().Count(), counts[1]);
    }

    [Fact]
    public void SmallDigestsAreExact()
    {
        var rows = Enumerable.Range(1, 1000).Select(i => (0, new object?[] { (long)(i * 37 % 1009 + 1) })).ToList();
        var sorted = rows.Select(r => (long)r.Item2[0]!).Order().ToArray();
        var digest = new AggregateRun("tdigest", (KqlType.Long, null)).Split(1, rows, 3)[0];
        Assert.Equal(sorted[^1], Scalar("percentile_tdigest", KqlType.Long, digest, 100.0));
        Assert.Equal(sorted[499], Scalar("percentile_tdigest", KqlType.Long, digest, 50.0));
        Assert.Equal(685.0, Scalar("rank_tdigest", KqlType.Real, digest, sorted[684]));
        Assert.Equal(68.5, Scalar("percentrank_tdigest", KqlType.Real, digest, sorted[684]));
    }

    [Fact]
    public void LargeDigestsErrByLessThanOnePercentOfTheRanks()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 100_000).Select(_ => Math.Exp(random.NextDouble() * 20)).ToArray();
        var halves = new[] { TDigest(values[..30_000]), TDigest(values[30_000..]) };
        var merged = Scalar("tdigest_merge", KqlType.Dynamic, halves[0], halves[1]);
        Array.Sort(values);
        foreach (var percentile in new[] { 0.0, 1, 25, 50, 75, 99, 99.9, 100 })
        {
            var estimate = (double)Scalar("percentile_tdigest", KqlType.Real, merged, percentile)!;
            var rank = values.Count(v => v <= estimate) / 1000.0;
            Assert.InRange(rank, percentile - (percentile is 0 or 100 ? 0.001 : 0.5), percentile + 0.5);
            Assert.Equal(rank, (double)Scalar("percentrank_tdigest", KqlType.Real, merged, estimate)!, 0.5);
        }

        Assert.Equal(values[0], Scalar("percentile_tdigest", KqlType.Dynamic, merged, 0.0));
        Assert.Equal(values[^1], Scalar("percentile_tdigest", KqlType.Dynamic, merged, 100.0));
    }

    [Fact]
    public void DigestsOfTimesGiveTimes()
    {
        var ticks = new DateTime(2007, 12, 31, 23, 59, 0).Ticks;
        var digest = new AggregateRun("tdigest", (KqlType.DateTime, null)).Whole(2, [(0, [ticks]), (0, [0L])]);
        Assert.Equal(new DateTime(ticks, DateTimeKind.Utc), Scalar("percentile_tdigest", KqlType.Dynamic, digest[0], 100.0));
        Assert.Equal(ticks, Scalar("percentile_tdigest", KqlType.DateTime, digest[0], 100.0));
        Assert.Null(Scalar("percentile_tdigest", KqlType.Long, digest[0], 100.0));
        Assert.Null(digest[1]);
    }

    [Fact]
    public void WeightsCountLikeRepeatedValues()
    {
        var rows = new List<(int, object?[])> { (0, [10L, 8L]), (0, [20L, 6L]), (0, [30L, 3L]), (0, [40L, 1L]), (0, [99L, null]) };
        var digest = new AggregateRun("tdigest", (KqlType.Long, null), (KqlType.Long, null)).Split(1, rows, 2)[0];
        Assert.Equal("[20,20,40]", DynamicText.Format(Scalar("percentiles_array_tdigest", KqlType.Dynamic, digest, 50.0, 75.0, 99.9)));
    }

    private static object? Hll(int from, int to) =>
        new AggregateRun("hll", (KqlType.String, null)).Split(1, [.. Enumerable.Range(from, to - from).Select(i => (0, new object?[] { $"value {i}" }))], 8)[0];

    private static object? TDigest(double[] values) =>
        new AggregateRun("tdigest", (KqlType.Real, null)).Whole(1, [.. values.Select(v => (0, new object?[] { v }))])[0];

    private static long Count(object? state) => (long)Scalar("dcount_hll", KqlType.Long, state)!;

    private static Aggregator Create(string name, KqlType type)
    {
        Assert.True(FunctionCatalog.TryFindAggregate(name, out var entry));
        return entry.Signatures[0].Aggregator!(new CallShape([type], [null]));
    }

    private static object? Scalar(string name, KqlType result, params object?[] arguments)
    {
        Assert.True(FunctionCatalog.TryFind(name, out var entry));
        var parameters = entry.Signatures[0].Parameters;
        Column[] columns = [.. arguments.Select((a, i) => Constants.Create(TypeOf(parameters[Math.Min(i, parameters.Count - 1)], a), a, 1))];
        var shape = new CallShape([.. columns.Select(c => c.Type)], arguments);
        var kernel = entry.Signatures[0].Kernel!(shape);
        return kernel.Evaluate(new CallSite(result, 0, CancellationToken.None), columns, 1).Box(0);
    }

    private static KqlType TypeOf(Parameter parameter, object? value) => value switch
    {
        _ when parameter.Accepts == TypeSet.Dynamic => KqlType.Dynamic,
        double => KqlType.Real,
        long => KqlType.Long,
        _ => KqlType.Dynamic,
    };
}
