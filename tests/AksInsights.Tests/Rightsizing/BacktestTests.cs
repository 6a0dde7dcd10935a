using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Tests.Rightsizing;

public sealed class BacktestTests
{
    private const double Mebibyte = 1 << 20;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void EveryNumberIsWhatOneWouldCountByHand()
    {
        // Ten-minute samples. A day of 100 MiB decides; then 100 MiB again with one hour and a half at 300 MiB.
        var values = Enumerable.Repeat(100 * Mebibyte, 288).ToArray();
        Array.Fill(values, 300 * Mebibyte, 200, 9);
        var policy = new FixedPolicy(new Sizing(150 * Mebibyte, 200 * Mebibyte));
        var score = Run(policy, Series("a", ResourceKind.Memory, 10, values))[0].Memory!;

        var used = (135 * 100.0) + (9 * 300);
        Assert.Equal(((144 * 150) - used) / used, score.Slack, 9);
        Assert.Equal(score.Slack, score.MedianSlack);
        Assert.Equal(9.0 / 144, score.AboveRequest, 9);
        Assert.Equal(9 * 150 / used, score.Deficit, 9);
        Assert.Equal(9.0 / 144, score.AboveLimit, 9);
        // At minute 0 of the burst and again an hour later.
        Assert.Equal(200, score.KillsPer100Days, 9);
        Assert.Equal(1, score.ContainersKilled);
        Assert.Equal(150 * Mebibyte, score.Reserved, 3);
        Assert.Null(score.ChangesPerMonth);
    }

    [Fact]
    public void GapsAreNoTime()
    {
        var values = Enumerable.Repeat(100 * Mebibyte, 288).ToArray();
        Array.Fill(values, double.NaN, 150, 100);
        var score = Run(new FixedPolicy(new Sizing(200 * Mebibyte, null)), Series("a", ResourceKind.Memory, 10, values))[0].Memory!;
        Assert.Equal(1, score.Slack, 9);
        Assert.Equal(200 * Mebibyte, score.Reserved, 3);
    }

    [Fact]
    public void ADecisionSeesOnlyThePast()
    {
        var values = Enumerable.Range(0, 144 * 6).Select(i => 1e6 * (i + 1)).ToArray();
        var policy = new SpyPolicy();
        Run(policy, Series("a", ResourceKind.Cpu, 10, values));
        Assert.Equal(5, policy.Seen.Count);
        // Trained on one day: the greatest is the sample before the decision, the least the one a day earlier.
        Assert.Equal([144e6, 288e6, 432e6, 576e6, 720e6], policy.Seen.Select(s => s.Max));
        Assert.Equal([1e6, 145e6, 289e6, 433e6, 577e6], policy.Seen.Select(s => s.Sorted![0]));
        Assert.Equal([1, 2, 3, 4, 5], policy.Seen.Select(s => (s.Now - Start).TotalDays));
    }

    [Fact]
    public void WhatWasDecidedIsInForceAtTheNextDecision()
    {
        var policy = new SpyPolicy();
        Run(policy, Series("a", ResourceKind.Cpu, 10, [.. Enumerable.Repeat(1e6, 144 * 4)]));
        Assert.Equal([null, 1e6, 2e6], policy.InForce.Select(s => s?.Request));
    }

    [Fact]
    public void ChangesOfMoreThanATenthAreCounted()
    {
        // 1e6, 2e6, 3e6 and so on: all changes.
        var score = Run(new SpyPolicy(), Series("a", ResourceKind.Cpu, 10, [.. Enumerable.Repeat(1e6, 144 * 4)]))[0].Cpu!;
        Assert.Equal(30, score.ChangesPerMonth);
        Assert.Equal(0, Run(new FixedPolicy(new Sizing(1e6, null)), Series("a", ResourceKind.Cpu, 10, [.. Enumerable.Repeat(1e6, 144 * 4)]))[0].Cpu!.ChangesPerMonth);
    }

    [Fact]
    public void LargeContainersWeighMoreInSlackAndTheSameInTime()
    {
        var small = Series("small", ResourceKind.Cpu, 10, [.. Enumerable.Repeat(1e6, 288)]);
        var large = Series("large", ResourceKind.Cpu, 10, [.. Enumerable.Repeat(9e6, 288)]);
        var score = Run(new FixedPolicy(new Sizing(8e6, null)), small, large)[0].Cpu!;
        Assert.Equal((16.0 - 10) / 10, score.Slack, 9);
        Assert.Equal(((7.0 / 1) + (-1.0 / 9)) / 2, score.MedianSlack, 9);
        Assert.Equal(0.5, score.AboveRequest, 9);
    }

    [Fact]
    public void DaysThatWereNotObservedCanBeLeftOut()
    {
        double[] day = [.. Enumerable.Repeat(1.0, 144)];
        double[] gap = [.. Enumerable.Repeat(double.NaN, 100), .. Enumerable.Repeat(2.0, 44)];
        var series = Series("a", ResourceKind.Cpu, 10, [.. day, .. gap, .. day, 3.0]);
        Assert.Equal([.. day, .. day, 3.0], series.WithoutGapDays().Values);
    }

    [Theory]
    [InlineData("a,cpu,millicores,300,0", "Line 2: expected name,resource,unit,interval_s,start_epoch,values and found 5 fields.")]
    [InlineData("a,disk,MiB,300,0,1", "Line 2: `disk` is no resource; expected cpu or memory.")]
    [InlineData("a,memory,millicores,300,0,1", "Line 2: `millicores` is no unit of memory; expected MiB.")]
    [InlineData("a,cpu,millicores,0,0,1", "Line 2: `0` is no interval; expected whole seconds up to a day.")]
    [InlineData("a,cpu,millicores,300,yesterday,1", "Line 2: `yesterday` is no start; expected seconds since 1970.")]
    [InlineData("a,cpu,millicores,300,0,1 x 2", "Line 2: value 2, `x`, is no amount.")]
    [InlineData("a,cpu,millicores,300,0,1 -2", "Line 2: value 2, `-2`, is no amount.")]
    [InlineData("a,cpu,millicores,300,0,1 NaN", "Line 2: value 2, `NaN`, is no amount.")]
    public void ALineThatIsNoSeriesIsNamed(string line, string expected)
    {
        UsageSeriesReader.Read(new StringReader("# remark\n" + line + "\n"), out var problem);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void SeriesAreReadWithUnitsAndGaps()
    {
        var series = UsageSeriesReader.Read(
            new StringReader("# remark\na,cpu,percent of a core,300,86400,1.5  2\nb,memory,MiB,60,0,1\nc,cpu,millicores,60,0,250\n"), out var problem);
        Assert.Null(problem);
        Assert.Equal(["a", "b", "c"], series.Select(s => s.Name));
        Assert.Equal([15e6, double.NaN, 20e6], series[0].Values);
        Assert.Equal(new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero), series[0].Start);
        Assert.Equal(TimeSpan.FromMinutes(5), series[0].Interval);
        Assert.Equal([Mebibyte], series[1].Values);
        Assert.Equal([250e6], series[2].Values);
    }

    private static UsageSeries Series(string name, ResourceKind resource, int minutes, double[] values) => new(name, resource, TimeSpan.FromMinutes(minutes), Start, values);

    private static IReadOnlyList<PolicyBacktest> Run(IRightsizingPolicy policy, params UsageSeries[] series)
    {
        var plan = new BacktestPlan(TimeSpan.FromDays(1), TimeSpan.FromDays(1), [policy]);
        // The last decision needs a whole day behind it, so one is decided at the moment the training time is over.
        DateTimeOffset[] moments = [.. Enumerable.Range(1, 20).Select(day => Start + TimeSpan.FromDays(day))];
        return Backtest.Run([.. series.Select(s => new SeriesTrack(s, plan, moments))], plan, CancellationToken.None);
    }

    private sealed class FixedPolicy(Sizing sizing) : IRightsizingPolicy
    {
        public string Name => "fixed";

        public string Description => "";

        public Sizing Size(ResourceUsage usage, Sizing? inForce) => sizing;

        public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen) => [];
    }

    private sealed class SpyPolicy : IRightsizingPolicy
    {
        public List<ResourceUsage> Seen { get; } = [];

        public List<Sizing?> InForce { get; } = [];

        public string Name => "spy";

        public string Description => "";

        public Sizing Size(ResourceUsage usage, Sizing? inForce)
        {
            Seen.Add(usage);
            InForce.Add(inForce);
            return new Sizing(Seen.Count * 1e6, null);
        }

        public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen) => [];
    }
}
