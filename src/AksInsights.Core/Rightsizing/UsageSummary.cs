using AksInsights.Core.Quantities;

namespace AksInsights.Core.Rightsizing;

/// <summary>What the pods of a container used each, over the window that a recommendation was made from.</summary>
/// <param name="From">The start of the window.</param>
/// <param name="To">Its end.</param>
/// <param name="HoursSeen">In how many hours of it there were samples.</param>
/// <param name="Interval">How far apart samples are.</param>
/// <param name="Cpu">CPU.</param>
/// <param name="Memory">Memory as its working set, which is what kills and evictions go by.</param>
/// <param name="OomKills">How often the container was killed for memory in the window.</param>
/// <param name="Restarts">How often it restarted for any reason.</param>
public sealed record UsageSummary(
    DateTimeOffset From,
    DateTimeOffset To,
    int HoursSeen,
    TimeSpan Interval,
    UsageLevels<CpuQuantity> Cpu,
    UsageLevels<MemoryQuantity> Memory,
    int OomKills,
    int Restarts);

/// <summary>How much was used, half of the time, nearly always, and at most.</summary>
/// <param name="Median">Not more than this for half of the time.</param>
/// <param name="P95">Not more than this for 95 % of the time.</param>
/// <param name="Max">The greatest sample.</param>
public sealed record UsageLevels<T>(T Median, T P95, T Max)
    where T : struct;
