using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Tests.Changes;

/// <summary>Recommendations as the tests of changes need them.</summary>
internal static class ChangeSamples
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A recommendation of these amounts.</summary>
    public static Recommendation Recommend(ContainerKey key, ContainerResources current, ContainerResources proposed) => new()
    {
        Container = key,
        Current = current,
        Proposed = proposed,
        Policy = "default",
        Reasons = ["Usage stayed below the request."],
        Confidence = new Confidence(ConfidenceLevel.High, []),
        QosBefore = QosClass.Burstable,
        QosAfter = QosClass.Burstable,
        Replicas = 3,
        MonthlySaving = 12.5m,
        Currency = "USD",
        Risks = ["A peak once a quarter would not be in the window."],
        Usage = new UsageSummary(
            Start,
            Start.AddDays(28),
            670,
            TimeSpan.FromMinutes(5),
            new UsageLevels<CpuQuantity>(CpuQuantity.FromMillicores(80), CpuQuantity.FromMillicores(190), CpuQuantity.FromMillicores(310)),
            new UsageLevels<MemoryQuantity>(new MemoryQuantity(180L << 20), new MemoryQuantity(210L << 20), new MemoryQuantity(240L << 20)),
            0,
            2),
        Backtest = new BacktestSummary(28, 0, 0.003, 0.02, 0.01, -0.41),
    };
}
