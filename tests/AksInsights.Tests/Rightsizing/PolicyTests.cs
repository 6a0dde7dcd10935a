using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Tests.Rightsizing;

public sealed class PolicyTests
{
    private const double Millicore = 1e6;
    private const double Mebibyte = 1 << 20;
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void SourceRuleIsWhatItSays()
    {
        // The 95th percentile of 100 millicores for all samples is 100 millicores.
        var sizing = new SourceRulePolicy().Size(Usage(ResourceKind.Cpu, Enumerable.Repeat(100 * Millicore, 1000)), null);
        Assert.Equal(70, sizing.Request!.Value / Millicore, 3);
        Assert.Equal(140, sizing.Limit!.Value / Millicore, 3);
    }

    [Fact]
    public void KrrRoundsUpAndHasFloors()
    {
        var krr = new KrrPolicy();
        // 1 to 1000 millicores: the interpolated 95th percentile is 950.05.
        Assert.Equal(new Sizing(951 * Millicore, null), krr.Size(Usage(ResourceKind.Cpu, Steps(1000, Millicore)), null));
        Assert.Equal(new Sizing(10 * Millicore, null), krr.Size(Usage(ResourceKind.Cpu, Enumerable.Repeat(Millicore, 100)), null));
        // 1.15 times 201 MiB is 231.15 MiB.
        Assert.Equal(new Sizing(232 * Mebibyte, 232 * Mebibyte), krr.Size(Usage(ResourceKind.Memory, [100 * Mebibyte, 201 * Mebibyte]), null));
        Assert.Equal(new Sizing(100 * Mebibyte, 100 * Mebibyte), krr.Size(Usage(ResourceKind.Memory, [Mebibyte]), null));
    }

    [Fact]
    public void VpaTakesTheEndOfItsBucketAndItsFloors()
    {
        var vpa = new VpaPolicy();
        // Buckets begin at 0, 10, 20.5, 31.525, 43.1... millicores: 40 lies in that from 31.525 to 43.10125; 15 % more is 49.566.
        Assert.Equal(49.566, vpa.Size(Usage(ResourceKind.Cpu, Enumerable.Repeat(40 * Millicore, 500)), null).Request!.Value / Millicore, 2);
        Assert.Equal(25 * Millicore, vpa.Size(Usage(ResourceKind.Cpu, Enumerable.Repeat(Millicore, 500)), null).Request);
        Assert.Equal(250 * Mebibyte, vpa.Size(Usage(ResourceKind.Memory, Enumerable.Repeat(20 * Mebibyte, 500)), null).Request);
    }

    [Fact]
    public void VpaIsRaisedByAKill()
    {
        var quiet = Usage(ResourceKind.Memory, Enumerable.Repeat(400 * Mebibyte, 500));
        var killed = Usage(ResourceKind.Memory, Enumerable.Repeat(400 * Mebibyte, 500), new MemoryKill(Now - TimeSpan.FromHours(1), 500 * Mebibyte));
        // A kill at 500 MiB counts as a peak of 600 MiB.
        Assert.True(new VpaPolicy().Size(killed, null).Request > 600 * 1.15 * Mebibyte);
        Assert.True(new VpaPolicy().Size(quiet, null).Request < 450 * 1.15 * Mebibyte);
    }

    [Fact]
    public void DefaultRequestsWhatASteadyContainerUses()
    {
        Assert.Equal(100 * Millicore, LeastCostPolicy.Default.Size(Usage(ResourceKind.Cpu, Enumerable.Repeat(99 * Millicore, 1000)), null).Request);
        Assert.Equal(112 * Mebibyte, LeastCostPolicy.Default.Size(Usage(ResourceKind.Memory, Enumerable.Repeat(111 * Mebibyte, 1000)), null).Request);
    }

    [Fact]
    public void DefaultCoversASmallContainerNearlyAlwaysAndALargeOneAsFarAsItIsWorth()
    {
        // 96 % of the time at the level, 4 % at ten times the level.
        IEnumerable<double> Bursts(double level) => Enumerable.Range(0, 1000).Select(i => (i % 25 == 0 ? 10 * level : level) * Millicore);
        var small = Usage(ResourceKind.Cpu, Bursts(20));
        var large = Usage(ResourceKind.Cpu, Bursts(500));
        Assert.Equal(0, small.Samples.Above(LeastCostPolicy.Default.Size(small, null).Request!.Value).Share);
        // Covering the bursts would reserve 4500m more; they cost 4 times 45m for the time and 10/3 of 180m for the demand. To the cautious it is 10 times 180m.
        // A bucket is 5 % wide, so that the request may be the next amount that people write.
        Assert.InRange(LeastCostPolicy.Default.Size(large, null).Request!.Value, 500 * Millicore, 550 * Millicore);
        Assert.InRange(LeastCostPolicy.Cautious.Size(large, null).Request!.Value, 500 * Millicore, 550 * Millicore);
    }

    [Fact]
    public void NoPolicyOfOursLimitsCpu()
    {
        var usage = Usage(ResourceKind.Cpu, Steps(1000, Millicore));
        Assert.Null(LeastCostPolicy.Default.Size(usage, new Sizing(Millicore, 2 * Millicore)).Limit);
    }

    [Fact]
    public void TheMemoryLimitIsFarAboveAnyPeakAndRaisedAfterAKill()
    {
        double[] samples = [100 * Mebibyte, 300 * Mebibyte];
        // Twice the peak and 256 MiB: 856 MiB, written as 896 MiB.
        Assert.Equal(896 * Mebibyte, LeastCostPolicy.Default.Size(Usage(ResourceKind.Memory, samples), null).Limit);
        // One and a half times the limit at which it was killed: 1536 MiB.
        var killed = Usage(ResourceKind.Memory, samples, new MemoryKill(Now - TimeSpan.FromDays(2), 1024 * Mebibyte));
        Assert.Equal(1536 * Mebibyte, LeastCostPolicy.Default.Size(killed, null).Limit);
        Assert.Equal(1536 * Mebibyte, LeastCostPolicy.Default.Size(killed, new Sizing(100 * Mebibyte, 1024 * Mebibyte)).Limit);
    }

    [Theory]
    [InlineData(577, 896)] // below one and a half times the peak and 128 MiB
    [InlineData(579, 579)]
    [InlineData(4480, 4480)]
    [InlineData(4500, 896)] // above five times what is needed
    public void AMemoryLimitInForceStaysWhileChangingItWouldSaveNothing(double inForceMebibytes, double limitMebibytes)
    {
        var usage = Usage(ResourceKind.Memory, [100 * Mebibyte, 300 * Mebibyte]);
        Assert.Equal(limitMebibytes * Mebibyte, LeastCostPolicy.Default.Size(usage, new Sizing(null, inForceMebibytes * Mebibyte)).Limit);
    }

    [Fact]
    public void ARequestInForceStaysUnlessTheChangeIsWorthIt()
    {
        var usage = Usage(ResourceKind.Cpu, Enumerable.Repeat(500 * Millicore, 1000));
        double? Request(double inForce) => LeastCostPolicy.Default.Size(usage, new Sizing(inForce * Millicore, null)).Request / Millicore;
        Assert.Equal(540, Request(540));
        Assert.Equal(500, Request(560));
        Assert.Equal(500, Request(400));
        // Ten millicores are not worth a change, however small the container.
        var tiny = Usage(ResourceKind.Cpu, Enumerable.Repeat(2 * Millicore, 1000));
        Assert.Equal(18 * Millicore, LeastCostPolicy.Default.Size(tiny, new Sizing(18 * Millicore, null)).Request);
    }

    [Fact]
    public void AmountsAreThoseThatPeopleWrite()
    {
        foreach (var amounts in new[] { HumanAmounts.Cpu, HumanAmounts.Memory })
        {
            for (var i = 1; i < amounts.Count; i++)
            {
                Assert.True(amounts[i] > amounts[i - 1]);
                if (amounts[i] > (amounts == HumanAmounts.Cpu ? 40 * Millicore : 32 * Mebibyte)) Assert.True(amounts[i] <= amounts[i - 1] * 1.1251, $"{amounts[i]}");
            }
        }

        Assert.Equal(25 * Millicore, HumanAmounts.Cpu.AtLeast(21 * Millicore));
        Assert.Equal(64 * Mebibyte, HumanAmounts.Memory.AtLeast(61 * Mebibyte));
        Assert.Equal(1152 * Mebibyte, HumanAmounts.Memory.AtLeast(1025 * Mebibyte));
    }

    private static IEnumerable<double> Steps(int count, double unit) => Enumerable.Range(1, count).Select(i => i * unit);

    private static ResourceUsage Usage(ResourceKind resource, IEnumerable<double> samples, params MemoryKill[] kills)
    {
        var sorted = samples.Order().ToArray();
        var block = new ResourceBlock(Now - TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), UsageHistogram.Of(sorted), UsageHistogram.Empty, sorted[^1]);
        return new ResourceUsage(resource, Now, [block], kills) { Sorted = sorted };
    }
}
