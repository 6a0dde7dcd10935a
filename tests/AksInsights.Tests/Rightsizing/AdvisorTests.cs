using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;
using static AksInsights.Tests.Rightsizing.AdviceSamples;

namespace AksInsights.Tests.Rightsizing;

public sealed class AdvisorTests
{
    private static readonly ContainerResources Generous = Resources("500m", "1", "1Gi", "2Gi");

    [Fact]
    public void AGenerousContainerIsSizedWithReasonsMoneyAndAReplay()
    {
        var change = Change(Steady(Generous));
        Assert.Null(change.Proposed.CpuLimit);
        Assert.InRange(change.Proposed.CpuRequest!.Value.Millicores, 100, 115);
        Assert.InRange(change.Proposed.MemoryRequest!.Value.Mebibytes, 200, 230);
        Assert.True(change.Proposed.MemoryLimit!.Value.Mebibytes >= 300);
        // Two pods: 0.385 to 0.4 cores at 1 and about 0.8 GiB at 0.1, each twice.
        Assert.InRange(change.MonthlySaving, 0.92m, 0.97m);
        Assert.Equal((0, 0.0), (change.Backtest!.OomKills, change.Backtest.Throttled));
        // Of the first week 0.5 cores and 1 GiB were reserved where 0.11 and 0.22 are needed: four fifths less, weighed by price.
        Assert.InRange(change.Backtest.ReservedChange!.Value, -0.82, -0.75);
        Assert.Equal((ConfidenceLevel.High, 0), (change.Confidence.Level, change.Confidence.Doubts.Count));
        Assert.Contains(change.Reasons, r => r.StartsWith("No CPU limit", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatFitsIsLeftAndNotCalledAChange()
    {
        var right = Change(Steady(Generous)).Proposed;
        Assert.IsType<ContainerAdvice.Fits>(Advise(Steady(right)));
        // A tenth more is not worth a review.
        var near = right with { CpuRequest = new(right.CpuRequest!.Value.Nanocores + 9_000_000) };
        Assert.IsType<ContainerAdvice.Fits>(Advise(Steady(near)));
    }

    [Theory]
    [InlineData("krr", "100m", "230Mi")]
    [InlineData("source-rule", "70m", "144Mi")]
    public void AmountsOfOtherPoliciesAreThoseThatPeopleWrite(string policy, string cpu, string memory)
    {
        var change = Change(Steady(Generous), policy: PolicyTable.Find(policy));
        // 115 % of 200 MiB is 230 MiB, written as the next step; 70 % of 200 MiB is 140 MiB.
        Assert.Equal((cpu, memory == "230Mi" ? "240Mi" : memory), (change.Proposed.CpuRequest.ToString(), change.Proposed.MemoryRequest.ToString()));
    }

    [Fact]
    public void AKillRaisesTheMemoryLimitWhateverItSaves()
    {
        var days = Enumerable.Range(0, 10).Select(i => Day(i, 100, 200, Resources("100m", null, "208Mi", "256Mi"))).ToList();
        days[8] = days[8] with { OomKills = 2, OomLimit = 256L << 20, Restarts = 2 };
        var change = Change(new ContainerHistory(Key(), ContainerFacts.Unknown, days));
        Assert.True(change.Proposed.MemoryLimit!.Value.Mebibytes >= 1.5 * 256);
        Assert.Equal(ConfidenceLevel.Low, change.Confidence.Level);
        Assert.Contains(change.Confidence.Doubts, d => d.Contains("killed for memory 2 times", StringComparison.Ordinal));
        Assert.Equal(2, change.Usage.OomKills);
    }

    [Fact]
    public void UsageAtItsCpuLimitDoesNotLowerTheRequest()
    {
        var change = Change(Steady(Resources("400m", "100m", "1Gi", "2Gi")));
        Assert.Equal("400m", change.Proposed.CpuRequest.ToString());
        Assert.Null(change.Proposed.CpuLimit);
        Assert.Contains(change.Confidence.Doubts, d => d.StartsWith("CPU was at its limit", StringComparison.Ordinal));
    }

    [Fact]
    public void KeptCpuLimitsStayAtLeastAsHighAsTheRequest()
    {
        Assert.Equal("1", Change(Steady(Generous), new AdviceOptions { KeepCpuLimits = true }).Proposed.CpuLimit.ToString());
        var tight = Steady(Resources("10m", "500m", "208Mi", "1Gi"));
        var change = Change(tight, new AdviceOptions { KeepCpuLimits = true });
        Assert.True(change.Proposed.CpuLimit >= change.Proposed.CpuRequest);
    }

    public static TheoryData<string, ContainerHistory> LeftAlone => new()
    {
        { "namespace of the platform", Steady(Generous, key: Key(space: "kube-system")) },
        { "excluded", Steady(Generous, key: Key("pay")) },
        { "opted out", Steady(Generous, facts: new ContainerFacts { OptOut = "off" }) },
        { "Vertical Pod Autoscaler", Steady(Generous, facts: new ContainerFacts { ResizedByVpa = true }) },
        { "autoscaled", Steady(Generous, facts: new ContainerFacts { Scaler = "keda-hpa-cart" }) },
        { "DaemonSet on unlike nodes", Steady(Generous, key: Key(kind: "DaemonSet"), facts: new ContainerFacts { VmSizes = 2 }) },
        { "too little data", new ContainerHistory(Key(), ContainerFacts.Unknown, [Day(0, 100, 200, Generous) with { HoursSeen = 23 }]) },
        { "ignored", Steady(Generous, key: Key("known")) },
    };

    [Theory]
    [MemberData(nameof(LeftAlone))]
    public void SomeAreLeftAloneAndItIsSaidWhy(string cause, ContainerHistory history)
    {
        var options = new AdviceOptions { Workloads = ["*/pay"], Ignored = new Dictionary<ContainerKey, string> { [Key("known")] = "ann said so" } };
        var left = Assert.IsType<ContainerAdvice.LeftAlone>(Advise(history, options));
        Assert.Equal(cause, left.Cause);
        Assert.EndsWith(cause == "ignored" ? "so" : ".", left.Detail, StringComparison.Ordinal);
        Assert.Equal(Generous, left.After);
    }

    [Fact]
    public void AnAutoscaledWorkloadIsSizedWhenAskedAndItsTargetIsSaid()
    {
        var history = Steady(Resources("500m", null, "208Mi", "1Gi"), facts: new ContainerFacts { Scaler = "cart-hpa" });
        var change = Change(history, new AdviceOptions { WithAutoscaled = true });
        var factor = 500 / change.Proposed.CpuRequest!.Value.Millicores;
        Assert.Contains(change.Risks, r => r.Contains($"multiply its target by {factor.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
    }

    [Fact]
    public void AFixedHeapKeepsItsMemory()
    {
        var change = Change(Steady(Generous, facts: new ContainerFacts { HeapFlag = "-Xmx1g" }));
        Assert.Equal((Generous.MemoryRequest, Generous.MemoryLimit), (change.Proposed.MemoryRequest, change.Proposed.MemoryLimit));
        Assert.Contains(change.Risks, r => r.Contains("-Xmx1g", StringComparison.Ordinal));
    }

    [Fact]
    public void ShortAndCoarsePastsAreTrustedLess()
    {
        var few = Change(Steady(Generous, days: 2)).Confidence;
        Assert.Equal(ConfidenceLevel.Low, few.Level);
        Assert.Null(Change(Steady(Generous, days: 2)).Backtest);
        var coarse = new ContainerHistory(Key(), ContainerFacts.Unknown, [.. Steady(Generous).Days.Select(d => d with { Interval = TimeSpan.FromMinutes(15) })]);
        Assert.Equal("Samples are 15 minutes apart: shorter bursts are not seen.", Assert.Single(Change(coarse).Confidence.Doubts));
        var growing = new ContainerHistory(Key(), ContainerFacts.Unknown, [.. Enumerable.Range(0, 14).Select(i => Day(i, 100, i > 10 ? 400 : 200, Generous))]);
        Assert.Contains(Change(growing).Confidence.Doubts, d => d.Contains("growing: its highest peak of the last 3 days is 100 % above", StringComparison.Ordinal));
    }

    [Fact]
    public void ALimitThatIsPassedIsAKillOfTheReplay()
    {
        // Steady for four weeks but for one hour of one day, which no policy can know of.
        var days = Enumerable.Range(0, 28).Select(i => Day(i, 100, 200, Generous)).ToList();
        var peak = new double[] { 900 * Mebibyte, 900 * Mebibyte, 200 * Mebibyte };
        days[20] = days[20] with { Memory = new ResourceDay(UsageHistogram.Of(peak), UsageHistogram.Of(peak), 900 * Mebibyte) };
        var change = Change(new ContainerHistory(Key(), ContainerFacts.Unknown, days), policy: PolicyTable.Find("krr"));
        Assert.Equal(2, change.Backtest!.OomKills);
    }
}
