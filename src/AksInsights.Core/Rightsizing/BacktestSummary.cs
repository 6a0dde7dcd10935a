using System.Globalization;

namespace AksInsights.Core.Rightsizing;

/// <summary>What a policy would have done on the past of one container, had every decision been made with what was known then.</summary>
/// <param name="Days">How many days were replayed.</param>
/// <param name="OomKills">How many times the memory limit would have been passed, at most once an hour.</param>
/// <param name="Throttled">Share of the time, 0 to 1, in which usage was above the CPU limit.</param>
/// <param name="CpuAboveRequest">Share of the time in which usage was above the CPU request.</param>
/// <param name="MemoryAboveRequest">Share of the time in which usage was above the memory request.</param>
/// <param name="ReservedChange">By how much less (negative) or more would have been reserved than was, as a share of the cost of what was; null when nothing was.</param>
public sealed record BacktestSummary(
    double Days, int OomKills, double Throttled, double CpuAboveRequest, double MemoryAboveRequest, double? ReservedChange)
{
    /// <summary>For people: <c>on the last 28 days: 0 OOM kills, 0.3 % throttled, 41 % less reserved</c>.</summary>
    public override string ToString()
    {
        var reserved = ReservedChange switch
        {
            null => "",
            < 0 => $", {Percent(-ReservedChange.Value, "0")} less reserved",
            _ => $", {Percent(ReservedChange.Value, "0")} more reserved",
        };
        var kills = OomKills == 1 ? "1 OOM kill" : $"{OomKills} OOM kills";
        return $"on the last {Days.ToString("0", CultureInfo.InvariantCulture)} days: {kills}, {Percent(Throttled, "0.#")} throttled{reserved}";
    }

    private static string Percent(double share, string format) => (share * 100).ToString(format, CultureInfo.InvariantCulture) + " %";
}
