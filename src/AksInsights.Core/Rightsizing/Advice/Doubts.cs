using System.Globalization;
using AksInsights.Core.Rightsizing.History;

namespace AksInsights.Core.Rightsizing.Advice;

/// <summary>How much a past is to be trusted, and why not more. Pure.</summary>
internal static class Doubts
{
    private const int DaysInWeek = 7;
    private const int RecentDays = 3;
    private const double Growing = 1.3;
    private const double RestartsADay = 3;

    /// <summary>The confidence in what is chosen from a window.</summary>
    /// <param name="history">The whole past.</param>
    /// <param name="window">The days that count.</param>
    /// <param name="atCpuLimit">The share of the time at the CPU limit; null when it was hardly ever reached.</param>
    public static Confidence Of(ContainerHistory history, IReadOnlyList<UsageDay> window, double? atCpuLimit)
    {
        var doubts = new List<string>();
        var level = ConfidenceLevel.High;
        var days = window.Count;
        var isJob = history.Container.WorkloadKind is "Job" or "CronJob";
        if (days < RecentDays) Doubt(ConfidenceLevel.Low, $"Only {Counted(days, "day")} of usage: a daily rhythm is hardly seen.");
        else if (days < DaysInWeek) Doubt(ConfidenceLevel.Medium, $"Only {Counted(days, "day")} of usage: a weekly rhythm is not seen.");
        var interval = window[^1].Interval;
        if (interval > TimeSpan.FromMinutes(5)) Doubt(ConfidenceLevel.Low, $"Samples are {Minutes(interval)} minutes apart: shorter bursts are not seen.");
        else if (interval > TimeSpan.FromMinutes(1)) Doubt(ConfidenceLevel.Medium, $"Samples are {Minutes(interval)} minutes apart: shorter bursts are not seen.");
        if (Growth(window) is { } growth) Doubt(ConfidenceLevel.Low, $"Memory is growing: its highest peak of the last {RecentDays} days is {Percent(growth - 1)} above all before.");
        if (atCpuLimit is { } share) Doubt(ConfidenceLevel.Low, $"CPU was at its limit for {Percent(share)} of the time: what it would have used is not known, so the request is not lowered.");
        if (window.Sum(d => d.OomKills) is var kills and > 0) Doubt(ConfidenceLevel.Low, $"It was killed for memory {Times(kills)}: what it would have used is not known.");
        if (window.Sum(d => d.Restarts) is var restarts && restarts > RestartsADay * days) Doubt(ConfidenceLevel.Medium, $"It restarted {Times(restarts)}: much of what was seen is starting up.");
        var missed = (days - 2) * 24 - window.Skip(1).SkipLast(1).Sum(d => d.HoursSeen);
        if (!isJob && days > 2 && missed > 0.2 * (days - 2) * 24) Doubt(ConfidenceLevel.Medium, $"Samples are missing in {missed} of {(days - 2) * 24} hours.");
        if (isJob && window.Sum(d => d.HoursSeen) < DaysInWeek * 24) level = (ConfidenceLevel)Math.Min((int)level, (int)ConfidenceLevel.Medium);
        if (isJob && doubts.Count == 0 && level != ConfidenceLevel.High) doubts.Add("It runs now and then only.");
        return new Confidence(level, doubts);

        void Doubt(ConfidenceLevel most, string why)
        {
            doubts.Add(why);
            if (most < level) level = most;
        }
    }

    private static double? Growth(IReadOnlyList<UsageDay> window)
    {
        if (window.Count < DaysInWeek) return null;
        var before = window.SkipLast(RecentDays).Max(d => d.Memory.Max);
        var recent = window.TakeLast(RecentDays).Max(d => d.Memory.Max);
        return before > 0 && recent > Growing * before ? recent / before : null;
    }

    private static string Minutes(TimeSpan interval) => interval.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
