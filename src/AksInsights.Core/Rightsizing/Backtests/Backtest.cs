using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>Replays policies over pasts.</summary>
public static class Backtest
{
    /// <summary>Replays every policy of a plan over every track. Cost: O(policies × samples), on all cores.</summary>
    /// <param name="tracks">The pasts.</param>
    /// <param name="plan">What to replay.</param>
    /// <param name="cancellation">Gives up.</param>
    public static IReadOnlyList<PolicyBacktest> Run(IReadOnlyList<ReplayTrack> tracks, BacktestPlan plan, CancellationToken cancellation)
    {
        var tallies = new ReplayTally[plan.Policies.Count, tracks.Count];
        var decisions = new List<BacktestDecision>[plan.Policies.Count, tracks.Count];
        Parallel.For(0, tracks.Count, new ParallelOptions { CancellationToken = cancellation }, track =>
        {
            for (var p = 0; p < plan.Policies.Count; p++) tallies[p, track] = tracks[track].Replay(plan.Policies[p], decisions[p, track] = []);
        });
        return [.. plan.Policies.Select((policy, p) => new PolicyBacktest(policy, Score(ResourceKind.Cpu, p), Score(ResourceKind.Memory, p), [.. All(p)]))];

        BacktestScore? Score(ResourceKind resource, int policy) =>
            BacktestScore.Of([.. Enumerable.Range(0, tracks.Count).Where(t => tracks[t].Resource == resource).Select(t => tallies[policy, t])], plan.Step);

        IEnumerable<BacktestDecision> All(int policy) => Enumerable.Range(0, tracks.Count).SelectMany(t => decisions[policy, t]);
    }
}

/// <summary>What came of one policy.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Cpu">For CPU; null when no CPU was scored.</param>
/// <param name="Memory">For memory; null when no memory was scored.</param>
/// <param name="Decisions">What it decided, by track and time.</param>
public sealed record PolicyBacktest(IRightsizingPolicy Policy, BacktestScore? Cpu, BacktestScore? Memory, IReadOnlyList<BacktestDecision> Decisions);
