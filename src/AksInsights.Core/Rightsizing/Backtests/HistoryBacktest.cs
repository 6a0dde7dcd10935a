using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>Replays a policy over a container's own last four weeks: decided every week, each time from what was known then.</summary>
public static class HistoryBacktest
{
    /// <summary>How much of the past is replayed at most.</summary>
    public static readonly TimeSpan Replayed = TimeSpan.FromDays(28);

    private static readonly TimeSpan Step = TimeSpan.FromDays(7);

    // With less, a first decision says more about the shortage than about the policy.
    private static readonly TimeSpan LeastKnown = TimeSpan.FromDays(3);

    /// <summary>Replays; null when the past is too short.</summary>
    /// <param name="history">The past.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="train">How much of the past a decision may use.</param>
    /// <param name="prices">What reserving costs there, to weigh CPU against memory.</param>
    public static BacktestSummary? Run(ContainerHistory history, IRightsizingPolicy policy, TimeSpan train, ResourcePrices prices)
    {
        var end = history.Days[^1].Start + TimeSpan.FromDays(1);
        var earliest = history.Days[0].Start + LeastKnown;
        var first = earliest > end - Replayed ? earliest : end - Replayed;
        var decisions = new List<DateTimeOffset>();
        for (var at = first; at < end; at += Step) decisions.Add(at);
        if (decisions.Count == 0) return null;
        var cpu = new HistoryTrack(history, ResourceKind.Cpu, decisions, train, end);
        var memory = new HistoryTrack(history, ResourceKind.Memory, decisions, train, end);
        var (cpuTally, memoryTally) = (cpu.Replay(policy, null, cpu.InForceAtFirst()), memory.Replay(policy, null, memory.InForceAtFirst()));
        if (cpuTally.Seconds <= 0 && memoryTally.Seconds <= 0) return null;
        return new BacktestSummary(
            Math.Max(cpu.DaysScored, memory.DaysScored),
            (int)memoryTally.Episodes,
            Share(cpuTally.SecondsAboveLimit, cpuTally),
            Share(cpuTally.SecondsAboveRequest, cpuTally),
            Share(memoryTally.SecondsAboveRequest, memoryTally),
            Change(cpuTally.Reserved, memoryTally.Reserved, cpu.ReservedThen, memory.ReservedThen, prices));
    }

    private static double Share(double seconds, ReplayTally tally) => tally.Seconds > 0 ? Math.Round(seconds / tally.Seconds, 4) : 0;

    // Where one of the two was not requested at all, it is left out on both sides.
    private static double? Change(double cpu, double memory, double cpuThen, double memoryThen, ResourcePrices prices)
    {
        var before = prices.CpuMonth(cpuThen) + prices.MemoryMonth(memoryThen);
        if (before <= 0) return null;
        var after = (cpuThen > 0 ? prices.CpuMonth(cpu) : 0) + (memoryThen > 0 ? prices.MemoryMonth(memory) : 0);
        return Math.Round((after / before) - 1, 4);
    }
}
