using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>Turns the past of a container into advice. Pure; safe for concurrent use.</summary>
public sealed class Advisor
{
    private readonly IRightsizingPolicy _policy;
    private readonly PriceList _prices;
    private readonly AdviceOptions _options;

    /// <summary>Makes an advisor.</summary>
    /// <param name="policy">What chooses amounts.</param>
    /// <param name="prices">What reserving costs.</param>
    /// <param name="options">What is left alone.</param>
    public Advisor(IRightsizingPolicy policy, PriceList prices, AdviceOptions options) => (_policy, _prices, _options) = (policy, prices, options);

    /// <summary>Advises on one container. Cost: O(days × buckets), some 100 microseconds for a month.</summary>
    /// <param name="history">Its past.</param>
    public ContainerAdvice Advise(ContainerHistory history)
    {
        var end = history.Days[^1].Start + TimeSpan.FromDays(1);
        var window = history.Days.Where(d => d.Start >= end - _options.Window).ToList();
        var pods = window.Average(d => d.Pods);
        var current = history.InForce;
        if (LeavingAlone.Reason(history, window, _options) is var (cause, detail))
            return new ContainerAdvice.LeftAlone(history.Container, history.Facts, pods, current, cause, detail);

        var cpu = UsageOf(window, ResourceKind.Cpu, end);
        var memory = UsageOf(window, ResourceKind.Memory, end);
        var proposed = Propose(cpu, history.Facts.HeapFlag is null ? memory : null, current);
        if (CpuLimitHit.Share(cpu, current) is not null) proposed = proposed with { CpuRequest = Max(proposed.CpuRequest, current.CpuRequest) };
        if (proposed == current)
        {
            return history.Facts.HeapFlag is { } flag
                ? new ContainerAdvice.LeftAlone(history.Container, history.Facts, pods, current, "Java heap set by a flag", $"Its heap is set by `{flag}`, and its CPU fits.")
                : new ContainerAdvice.Fits(history.Container, history.Facts, pods, current);
        }

        return Change(history, window, pods, proposed, cpu, memory);
    }

    private ContainerResources Propose(ResourceUsage? cpu, ResourceUsage? memory, ContainerResources current)
    {
        var (cpuRequest, cpuLimit) = cpu is null ? (current.CpuRequest, current.CpuLimit) : AmountChoice.Cpu(_policy, cpu, current, _options.KeepCpuLimits);
        var (memoryRequest, memoryLimit) = memory is null ? (current.MemoryRequest, current.MemoryLimit) : AmountChoice.Memory(_policy, memory, current);
        return new ContainerResources(cpuRequest, cpuLimit, memoryRequest, memoryLimit);
    }

    private ContainerAdvice.Change Change(
        ContainerHistory history, IReadOnlyList<UsageDay> window, double pods, ContainerResources proposed, ResourceUsage? cpu, ResourceUsage? memory)
    {
        var prices = _prices.For(history.Facts.VmSize);
        var current = history.InForce;
        var (cpuSamples, memorySamples) = (Samples(cpu), Samples(memory));
        var recommendation = new Recommendation
        {
            Container = history.Container,
            Current = current,
            Proposed = proposed,
            Policy = _policy.Name,
            Reasons = Reasons(cpu, memory, current, proposed),
            Confidence = Doubts.Of(history, window, CpuLimitHit.Share(cpu, current)),
            QosBefore = Qos.Of([current]),
            QosAfter = Qos.Of([proposed]),
            Replicas = Math.Round(pods, 2),
            MonthlySaving = Saving(current, proposed, pods, prices),
            Currency = _prices.Currency,
            Risks = Risks.Of(history, current, proposed, cpuSamples, memorySamples),
            Usage = Summary(window, cpu, memory),
            Backtest = HistoryBacktest.Run(history, _policy, _options.Window, prices),
        };
        return new ContainerAdvice.Change(history.Container, history.Facts, pods, recommendation, Kept(cpuSamples), Kept(memorySamples));
    }

    private static CpuQuantity? Max(CpuQuantity? one, CpuQuantity? other) => one is null || other > one ? other : one;

    private static ResourceUsage? UsageOf(IReadOnlyList<UsageDay> window, ResourceKind resource, DateTimeOffset end)
    {
        var blocks = window.Where(d => d.Of(resource).Max > 0).Select(d => HistoryTrack.BlockOf(d, resource)).ToList();
        var kills = resource == ResourceKind.Memory ? HistoryTrack.KillsOf(window) : [];
        return blocks.Count == 0 ? null : new ResourceUsage(resource, end, blocks, kills);
    }

    private static UsageDistribution Samples(ResourceUsage? usage) => usage?.Samples ?? UsageDistribution.Merge([], 0);

    // A month of a hundred thousand containers is held at once, so in the compact form.
    private static UsageHistogram Kept(UsageDistribution samples) => UsageHistogram.Of(samples.Buckets.Select(b => ((long)b.Bucket, (long)b.Weight)));

    private List<string> Reasons(ResourceUsage? cpu, ResourceUsage? memory, ContainerResources current, ContainerResources proposed)
    {
        var reasons = new List<string>();
        if (memory is not null && (current.MemoryRequest != proposed.MemoryRequest || current.MemoryLimit != proposed.MemoryLimit))
            reasons.AddRange(_policy.Explain(memory, new Sizing(proposed.MemoryRequest?.Bytes, proposed.MemoryLimit?.Bytes)));
        if (cpu is not null && (current.CpuRequest != proposed.CpuRequest || current.CpuLimit != proposed.CpuLimit))
            reasons.AddRange(_policy.Explain(cpu, new Sizing(proposed.CpuRequest?.Nanocores, proposed.CpuLimit?.Nanocores)));
        return reasons;
    }

    private static decimal Saving(ContainerResources current, ContainerResources proposed, double pods, ResourcePrices prices)
    {
        var cpu = prices.CpuMonth((current.CpuRequest?.Nanocores ?? 0) - (proposed.CpuRequest?.Nanocores ?? 0));
        var memory = prices.MemoryMonth((current.MemoryRequest?.Bytes ?? 0) - (proposed.MemoryRequest?.Bytes ?? 0));
        return Math.Round((decimal)((cpu + memory) * pods), 2);
    }

    private static UsageSummary Summary(IReadOnlyList<UsageDay> window, ResourceUsage? cpu, ResourceUsage? memory) => new(
        window[0].Start,
        window[^1].Start + TimeSpan.FromDays(1),
        window.Sum(d => d.HoursSeen),
        window[^1].Interval,
        new UsageLevels<CpuQuantity>(Cores(cpu, 0.5), Cores(cpu, 0.95), Cores(cpu, 1)),
        new UsageLevels<MemoryQuantity>(Bytes(memory, 0.5), Bytes(memory, 0.95), Bytes(memory, 1)),
        window.Sum(d => d.OomKills),
        window.Sum(d => d.Restarts));

    // Rounded up to what is worth reading.
    private static CpuQuantity Cores(ResourceUsage? usage, double share) => CpuQuantity.FromMillicores((long)Math.Ceiling((usage?.Quantile(share) ?? 0) / 1e6));

    private static MemoryQuantity Bytes(ResourceUsage? usage, double share) => MemoryQuantity.FromMebibytes((long)Math.Ceiling((usage?.Quantile(share) ?? 0) / (1 << 20)));
}
