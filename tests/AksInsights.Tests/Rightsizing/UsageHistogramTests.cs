using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Tests.Rightsizing;

public sealed class UsageHistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1.04, 1)]
    [InlineData(1.06, 2)]
    [InlineData(1e9, 425)]
    [InlineData(1e30, LogBuckets.Count - 1)]
    public void BucketsAreThoseOfTheFormula(double amount, int bucket) => Assert.Equal(bucket, LogBuckets.Of(amount));

    [Fact]
    public void EveryAmountLiesInItsBucketAndNearItsMiddle()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var amount = Math.Exp(random.NextDouble() * 43) + 1;
            var bucket = LogBuckets.Of(amount);
            Assert.InRange(amount, LogBuckets.Start(bucket) * (1 - 1e-12), LogBuckets.End(bucket) * (1 + 1e-12));
        }
    }

    [Fact]
    public void TheStoredFormComesBack()
    {
        var random = new Random(2);
        for (var round = 0; round < 500; round++)
        {
            var counts = Enumerable.Range(0, random.Next(0, 80)).Select(_ => ((long)random.Next(LogBuckets.Count), random.NextInt64(1, 1L << random.Next(1, 40)))).ToList();
            var expected = counts.GroupBy(c => c.Item1).ToDictionary(g => (int)g.Key, g => g.Sum(c => c.Item2));
            var read = UsageHistogram.Read(UsageHistogram.Of(counts).Bytes.ToArray());
            Assert.Equal(expected.OrderBy(e => e.Key).Select(e => (e.Key, e.Value)), Entries(read));
            Assert.Equal(expected.Values.Sum(), read.Samples);
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 5, 1 })]
    [InlineData(new byte[] { 1, 5 })]
    [InlineData(new byte[] { 1, 0x85 })]
    [InlineData(new byte[] { 1, 0xFF, 0x7F, 1 })]
    [InlineData(new byte[] { 1, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1 })]
    public void BytesOfAnotherFormAreRefused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => UsageHistogram.Read(bytes));

    [Fact]
    public void BucketsThatDoNotExistAreRefused()
    {
        Assert.Throws<InvalidDataException>(() => UsageHistogram.Of([(-1L, 1L)]));
        Assert.Throws<InvalidDataException>(() => UsageHistogram.Of([((long)LogBuckets.Count, 1L)]));
        Assert.Throws<InvalidDataException>(() => UsageHistogram.Of([(3L, -1L)]));
    }

    [Fact]
    public void QuantilesAreWithinTwoAndAHalfPercentOfExactOnes()
    {
        foreach (var samples in RealisticSeries.Many(seed: 3, count: 60))
        {
            var half = samples.Length / 2;
            // Merged from two days, as they come from the store.
            var merged = UsageDistribution.Merge([(UsageHistogram.Of(samples.AsSpan(0, half)), 1.0), (UsageHistogram.Of(samples.AsSpan(half)), 1.0)], samples.Max());
            var sorted = samples.Order().ToArray();
            foreach (var share in new[] { 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1 })
            {
                var exact = sorted[Math.Max((int)Math.Ceiling(share * sorted.Length) - 1, 0)];
                Assert.InRange(merged.Quantile(share), exact * 0.975, exact * 1.025);
            }
        }
    }

    [Fact]
    public void TimeAndDemandAboveAnAmountAreNearTheExactOnes()
    {
        foreach (var samples in RealisticSeries.Many(seed: 4, count: 60))
        {
            var merged = UsageDistribution.Merge([(UsageHistogram.Of(samples), 1.0)], samples.Max());
            var mean = samples.Average();
            Assert.InRange(merged.Mean, mean * 0.975, mean * 1.025);
            foreach (var amount in new[] { mean * 0.5, mean, mean * 1.5, mean * 3 })
            {
                var above = merged.Above(amount);
                // No worse than an amount that is half a bucket off.
                Assert.InRange(above.Share, samples.Average(s => s > amount * 1.05 ? 1.0 : 0), samples.Average(s => s > amount / 1.05 ? 1.0 : 0));
                Assert.InRange(above.Mean, samples.Average(s => Math.Max(s - (amount * 1.05), 0)) - (0.01 * mean), samples.Average(s => Math.Max(s - (amount / 1.05), 0)) + (0.01 * mean));
            }
        }
    }

    [Fact]
    public void NothingIsAboveTheGreatestSampleAndAllIsAboveNothing()
    {
        double[] samples = [2e6, 3e6, 5e6];
        var distribution = UsageDistribution.Merge([(UsageHistogram.Of(samples), 1.0)], 5e6);
        Assert.Equal(default, distribution.Above(5e6));
        Assert.Equal(1, distribution.Above(0).Share);
        Assert.Equal(distribution.Mean - 1e6, distribution.Above(1e6).Mean, 3);
    }

    [Fact]
    public void OldSamplesCountLess()
    {
        var now = new DateTimeOffset(2026, 1, 11, 0, 0, 0, TimeSpan.Zero);
        ResourceBlock Block(int daysAgo, double amount, int count) => new(
            now - TimeSpan.FromDays(daysAgo), TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), UsageHistogram.Of(Enumerable.Repeat(amount, count).ToArray()), UsageHistogram.Empty, amount);

        // The middle of the older day is three days further back than that of the newer: an eighth with a half-life of a day.
        var usage = new ResourceUsage(ResourceKind.Cpu, now, [Block(4, 1e9, 800), Block(1, 1e6, 900)], []);
        var above = usage.Decayed(TimeSpan.FromDays(1)).Above(1e8).Share;
        Assert.Equal(100.0 / 1000, above, 6);
        Assert.Equal(800.0 / 1700, usage.Samples.Above(1e8).Share, 6);
    }

    private static IEnumerable<(int, long)> Entries(UsageHistogram histogram)
    {
        var entries = new List<(int, long)>();
        foreach (var entry in histogram) entries.Add(entry);
        return entries;
    }
}
