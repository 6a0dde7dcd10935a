using System.Globalization;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>
/// Ours: the request for which what is reserved, the time above it and the demand above it cost least together; a memory limit far above any peak, as a limit
/// reserves nothing; no CPU limit.
/// </summary>
/// <remarks>
/// A percentile asks the same of a container of 20m and of one of 5 cores. Here each percent of time above the request costs a fixed amount (or twice the mean
/// usage, if that is less), so that small containers, for which safety costs next to nothing, are covered nearly always, and reserving several cores for a
/// rare burst has to be worth it. The demand above the request, which has to find spare room on its node, costs a multiple of what is reserved: that keeps large containers covered for at least
/// 1 - 1/multiple of the time. What is in force stays unless the change is worth it, so that few changes are proposed.
/// Constants were chosen on one half of the recorded series and checked on the other; see docs/rightsizing.md.
/// </remarks>
public sealed class LeastCostPolicy : IRightsizingPolicy
{
    private const double Millicore = 1e6;
    private const double Mebibyte = 1 << 20;

    // A limit in force is kept while it lies in these bounds: changing it would save nothing.
    private const double LeastLimitToPeak = 1.5;
    private const double LimitToPeak = 2;
    private const double MostLimitToNeed = 5;
    private const double LeastLimitMargin = 128 * Mebibyte;
    private const double LimitMargin = 256 * Mebibyte;
    private const double LimitToKilled = 1.5;

    // By which share the total cost must fall before more or less is requested.
    private const double WorthRaising = 0.05;
    private const double WorthLowering = 0.1;

    private const double MostPercentOfTimeToMean = 2;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(5);

    private readonly Weights _cpu;
    private readonly Weights _memory;

    private LeastCostPolicy(string name, string description, Weights cpu, Weights memory)
    {
        Name = name;
        Description = description;
        _cpu = cpu;
        _memory = memory;
    }

    /// <summary>The policy that is used unless another one is asked for.</summary>
    public static LeastCostPolicy Default { get; } = new(
        "default",
        "The request at which reserved amount, time above it and demand above it cost least together; memory limit at least twice any peak; no CPU limit.",
        new Weights(45 * Millicore, 10.0 / 3, 10 * Millicore),
        new Weights(160 * Mebibyte, 5, 16 * Mebibyte));

    /// <summary>The same with dearer risk: for clusters without spare room on their nodes.</summary>
    public static LeastCostPolicy Cautious { get; } = new(
        "cautious",
        "As default, but covers large bursts too: demand above the request is held to be three to four times as costly.",
        new Weights(45 * Millicore, 10, 10 * Millicore),
        new Weights(320 * Mebibyte, 20, 16 * Mebibyte));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public Sizing Size(ResourceUsage usage, Sizing? inForce)
    {
        var request = Request(usage, inForce?.Request);
        if (usage.Resource == ResourceKind.Cpu) return new Sizing(request, null);
        var limit = MemoryLimit(usage, inForce?.Limit);
        return new Sizing(Math.Min(request, limit), limit);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(ResourceUsage usage, Sizing chosen)
    {
        var (resource, request) = (usage.Resource, chosen.Request ?? 0);
        var covered = 1 - usage.Decayed(HalfLife).Above(request).Share;
        var reasons = new List<string>
        {
            $"The {AmountText.NameOf(resource)} request of {AmountText.Of(resource, request)} covers {Percent(covered)} of the time ({Seen(usage)}); reserving more would cost more than it is worth.",
        };
        if (resource == ResourceKind.Cpu) reasons.Add("No CPU limit: a limit throttles even when the node is idle, and reserves nothing.");
        else if (usage.Kills is [.., var kill]) reasons.Add($"The memory limit is raised because the container was killed at its limit of {AmountText.Of(resource, kill.Limit)}.");
        else reasons.Add($"The memory limit of {AmountText.Of(resource, chosen.Limit ?? 0)} is {Times(chosen.Limit / usage.Max)} the highest peak seen; it reserves nothing.");
        return reasons;
    }

    private static string Seen(ResourceUsage usage) =>
        $"median {AmountText.Of(usage.Resource, usage.Quantile(0.5))}, p95 {AmountText.Of(usage.Resource, usage.Quantile(0.95))}, highest {AmountText.Of(usage.Resource, usage.Max)}";

    private static string Percent(double share) => (Math.Floor(share * 1000) / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Times(double? factor) => (factor ?? 0).ToString("0.#", CultureInfo.InvariantCulture) + " times";

    private static double MemoryLimit(ResourceUsage usage, double? inForce)
    {
        var killed = usage.Kills.Count == 0 ? 0 : LimitToKilled * usage.Kills.Max(k => k.Limit);
        var need = HumanAmounts.Memory.AtLeast(Math.Max(LimitToPeak * usage.Max + LimitMargin, killed));
        var least = Math.Max(LeastLimitToPeak * usage.Max + LeastLimitMargin, killed);
        return inForce >= least && inForce <= MostLimitToNeed * need ? inForce.Value : need;
    }

    private double Request(ResourceUsage usage, double? inForce)
    {
        var past = usage.Decayed(HalfLife);
        var weights = (usage.Resource == ResourceKind.Cpu ? _cpu : _memory).For(past);
        var amounts = HumanAmounts.Of(usage.Resource);
        var (best, least) = (0, double.MaxValue);
        var last = amounts.IndexOfAtLeast(usage.Max);
        for (var i = 0; i <= last; i++)
        {
            var cost = weights.Cost(amounts[i], past.Above(amounts[i], amounts.Bucket(i)));
            if (cost < least) (best, least) = (i, cost);
        }

        if (inForce is not > 0) return amounts[best];
        var saved = weights.Cost(inForce.Value, past.Above(inForce.Value)) - least;
        var worth = amounts[best] > inForce ? WorthRaising : WorthLowering;
        return saved <= Math.Max(worth * least, weights.NotWorthAChange) ? inForce.Value : amounts[best];
    }

    /// <param name="PercentOfTime">What one percent of the time above the request costs, as if this much were reserved.</param>
    /// <param name="Demand">How many times as costly demand above the request is as what is reserved.</param>
    /// <param name="NotWorthAChange">The gain that is not worth a change, however large a share it is.</param>
    private readonly record struct Weights(double PercentOfTime, double Demand, double NotWorthAChange)
    {
        public double Cost(double request, Excess above) => request + 100 * PercentOfTime * above.Share + Demand * above.Mean;

        // A sidecar of 5m is not worth 50m for its start.
        public Weights For(UsageDistribution usage) => this with { PercentOfTime = Math.Min(PercentOfTime, MostPercentOfTimeToMean * usage.Mean) };
    }
}
