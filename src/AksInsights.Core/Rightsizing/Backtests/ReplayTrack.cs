using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>The past of one resource of one container, cut at the moments of decisions: before each is what may be known, behind it what comes.</summary>
public abstract class ReplayTrack
{
    /// <summary>The name of the container.</summary>
    public abstract string Name { get; }

    /// <summary>The resource.</summary>
    public abstract ResourceKind Resource { get; }

    /// <summary>When decisions are made, oldest first.</summary>
    public abstract IReadOnlyList<DateTimeOffset> Decisions { get; }

    /// <summary>What is known at a decision; null when that, or what comes, is too little to say anything.</summary>
    /// <param name="decision">The number of the decision.</param>
    /// <param name="kills">When the container would have been killed so far.</param>
    public abstract ResourceUsage? Known(int decision, IReadOnlyList<MemoryKill> kills);

    /// <summary>Lets a decision hold until the next one.</summary>
    /// <param name="decision">The number of the decision.</param>
    /// <param name="sizing">What was decided.</param>
    /// <param name="tally">What comes of it is added here.</param>
    public abstract void Hold(int decision, Sizing sizing, ReplayTally tally);

    /// <summary>Replays a policy.</summary>
    /// <param name="policy">The policy; it sees what it decided before as what is in force.</param>
    /// <param name="decisions">Takes every decision; null when nobody wants them.</param>
    /// <param name="inForce">What was in force before the first decision; null when that is not known.</param>
    public ReplayTally Replay(IRightsizingPolicy policy, ICollection<BacktestDecision>? decisions = null, Sizing? inForce = null)
    {
        var tally = new ReplayTally();
        for (var i = 0; i < Decisions.Count; i++)
        {
            if (Known(i, tally.Kills) is not { } usage) continue;
            var sizing = policy.Size(usage, inForce);
            if (sizing.Request is not { } request) continue;
            tally.Decide(request);
            decisions?.Add(new BacktestDecision(Name, Resource, Decisions[i], sizing));
            Hold(i, sizing, tally);
            inForce = sizing;
        }

        return tally;
    }
}
