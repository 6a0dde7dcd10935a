namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>What came of a policy for one resource of all containers.</summary>
/// <remarks>Slack and deficit are pooled, so that a large container weighs more; shares of time are means over containers, so that each weighs the same.</remarks>
public sealed record BacktestScore
{
    /// <summary>How many containers were scored.</summary>
    public required int Containers { get; init; }

    /// <summary>How much more was requested than used, as a share of what was used.</summary>
    public required double Slack { get; init; }

    /// <summary>The same for the container in the middle.</summary>
    public required double MedianSlack { get; init; }

    /// <summary>The share of the time in which usage was above the request.</summary>
    public required double AboveRequest { get; init; }

    /// <summary>The usage above the request, as a share of all usage.</summary>
    public required double Deficit { get; init; }

    /// <summary>The share of the time in which usage was above the limit: throttled, for CPU.</summary>
    public required double AboveLimit { get; init; }

    /// <summary>Out-of-memory kills for 100 days of a container.</summary>
    public required double KillsPer100Days { get; init; }

    /// <summary>The share of containers that were killed at least once.</summary>
    public required double ContainersKilled { get; init; }

    /// <summary>Changes by more than 10 % for a container in 30 days; null when nothing could change.</summary>
    public required double? ChangesPerMonth { get; init; }

    /// <summary>What is reserved on average, in nanocores or bytes, over all containers.</summary>
    public required double Reserved { get; init; }

    /// <summary>Adds up what came of a policy; null when no track was scored.</summary>
    public static BacktestScore? Of(IReadOnlyList<ReplayTally> tallies, TimeSpan step)
    {
        var scored = tallies.Where(t => t.Seconds > 0).ToList();
        if (scored.Count == 0) return null;
        var used = scored.Sum(t => t.Used);
        var again = scored.Sum(t => Math.Max(t.Decisions - 1, 0));
        return new BacktestScore
        {
            Containers = scored.Count,
            Slack = (scored.Sum(t => t.Reserved) - used) / used,
            MedianSlack = Median([.. scored.Select(t => t.Slack)]),
            AboveRequest = scored.Average(t => t.SecondsAboveRequest / t.Seconds),
            Deficit = scored.Sum(t => t.Deficit) / used,
            AboveLimit = scored.Average(t => t.SecondsAboveLimit / t.Seconds),
            KillsPer100Days = 100 * scored.Sum(t => t.Episodes) / scored.Sum(t => t.Seconds / TimeSpan.FromDays(1).TotalSeconds),
            ContainersKilled = scored.Average(t => t.Episodes > 0 ? 1.0 : 0),
            ChangesPerMonth = again == 0 ? null : scored.Sum(t => t.Changes) / (double)again * (TimeSpan.FromDays(30) / step),
            Reserved = scored.Sum(t => t.Reserved / t.Seconds),
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
