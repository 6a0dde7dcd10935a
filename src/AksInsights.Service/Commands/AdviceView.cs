using System.Globalization;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;

namespace AksInsights.Service.Commands;

/// <summary>The advice of one policy with what its texts need.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Report">Its advice.</param>
/// <param name="Prices">What reserving costs.</param>
/// <param name="ReadTo">Up to when usage was read.</param>
/// <param name="Detailed">Whether every change is told in full.</param>
internal sealed record AdviceView(IRightsizingPolicy Policy, AdviceReport Report, PriceList Prices, DateTimeOffset ReadTo, bool Detailed)
{
    /// <summary>The changes of some amounts in few characters: <c>500m -> 120m</c>.</summary>
    public static string Change(Recommendation recommendation, ResourceField field)
    {
        var (from, to) = (recommendation.Current[field], recommendation.Proposed[field]);
        if (from == to) return from is null ? "-" : Short(field, from, recommendation);
        return $"{(from is null ? "none" : Short(field, from, recommendation))} -> {to ?? "none"}";
    }

    /// <summary>What the policy would have done with the containers that change, together.</summary>
    public string? Backtest()
    {
        var tested = Report.Changes.Select(c => c.Recommendation).Where(r => r.Backtest is not null).ToList();
        if (tested.Count == 0) return null;
        var days = tested.Sum(r => r.Backtest!.Days);
        var kills = tested.Sum(r => r.Backtest!.OomKills);
        return $"On their own past, decided week by week from what was known then: {Counted.Of(kills, "OOM kill")} in {Number(days, "#,0")} container-days, "
            + $"{Number(100 * tested.Average(r => r.Backtest!.Throttled), "0.##")} % of the time throttled, "
            + $"{Number(100 * tested.Average(r => r.Backtest!.CpuAboveRequest), "0.#")} % above the CPU request, "
            + $"{Number(100 * tested.Average(r => r.Backtest!.MemoryAboveRequest), "0.#")} % above the memory request.";
    }

    /// <summary>The containers that are left alone, by cause, the most first.</summary>
    public IEnumerable<IGrouping<string, ContainerAdvice.LeftAlone>> LeftAlone() =>
        Report.All.OfType<ContainerAdvice.LeftAlone>().GroupBy(l => l.Cause).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);

    /// <summary>One line about what comes of it all.</summary>
    public string Summary()
    {
        var fits = Report.All.Count(a => a is ContainerAdvice.Fits);
        var alone = Report.All.Count(a => a is ContainerAdvice.LeftAlone);
        return $"{Counted.Of(Report.Changes.Count, "container")} to change, {fits} right already, {alone} left alone; {Saved(Report.MonthlySaving)}.";
    }

    /// <summary>What a change saves or costs in a month, in words.</summary>
    public string Saved(decimal monthly) => monthly < 0 ? $"{Money(-monthly)} {Prices.Currency} a month more" : $"{Money(monthly)} {Prices.Currency} a month saved";

    /// <summary>An amount of money.</summary>
    public static string Money(decimal amount) => amount.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>What is requested, for people.</summary>
    public static string Text(Reserved reserved) => $"{Number(reserved.Cpu / 1e9, "0.##")} cores, {Number(reserved.Memory / (1 << 30), "0.##")} GiB";

    /// <summary>How many pods run it.</summary>
    public static string Pods(Recommendation recommendation) => recommendation.Replicas == 1 ? "1 pod" : $"{Number(recommendation.Replicas, "0.#")} pods";

    /// <summary>A number in the invariant form.</summary>
    public static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    // 376.002Mi says no more to people than 376Mi does; what is proposed is written in full.
    private static string Short(ResourceField field, string amount, Recommendation recommendation)
    {
        var current = recommendation.Current;
        return amount.Length <= 7 ? amount : field switch
        {
            ResourceField.CpuRequest => $"{Number(current.CpuRequest!.Value.Millicores, "0")}m",
            ResourceField.CpuLimit => $"{Number(current.CpuLimit!.Value.Millicores, "0")}m",
            ResourceField.MemoryRequest => $"{Number(current.MemoryRequest!.Value.Mebibytes, "0")}Mi",
            _ => $"{Number(current.MemoryLimit!.Value.Mebibytes, "0")}Mi",
        };
    }
}
