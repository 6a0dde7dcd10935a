using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Tests.Rightsizing;

/// <summary>Pasts of containers for tests.</summary>
internal static class AdviceSamples
{
    public const double Millicore = 1e6;
    public const double Mebibyte = 1 << 20;

    public static readonly DateOnly First = new(2026, 1, 5);

    /// <summary>A list that costs 1 a core-month and 0.1 a GiB-month.</summary>
    public static readonly PriceList Prices = PriceList.Of(new ResourcePrices(1 / ResourcePrices.HoursInMonth, 0.1 / ResourcePrices.HoursInMonth), "EUR");

    public static ContainerKey Key(string workload = "cart", string container = "app", string kind = "Deployment", string space = "shop") =>
        new("/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks", space, kind, workload, container);

    /// <summary>A day on which usage was steady.</summary>
    public static UsageDay Day(int number, double millicores, double mebibytes, ContainerResources inForce) => new()
    {
        Day = First.AddDays(number),
        Interval = TimeSpan.FromMinutes(1),
        HoursSeen = 24,
        Pods = 2,
        Cpu = Used(1440, millicores * Millicore),
        Memory = Used(1440, mebibytes * Mebibyte),
        InForce = inForce,
    };

    public static ResourceDay Used(int count, double amount) =>
        new(UsageHistogram.Of(Enumerable.Repeat(amount, count).ToArray()), UsageHistogram.Of(Enumerable.Repeat(amount, 24).ToArray()), amount);

    /// <summary>A container that used 100m and 200 MiB for some days.</summary>
    public static ContainerHistory Steady(ContainerResources inForce, int days = 28, ContainerKey? key = null, ContainerFacts? facts = null) =>
        new(key ?? Key(), facts ?? ContainerFacts.Unknown, [.. Enumerable.Range(0, days).Select(i => Day(i, 100, 200, inForce))]);

    public static ContainerResources Resources(string? cpu, string? cpuLimit, string? memory, string? memoryLimit) =>
        new(Cpu(cpu), Cpu(cpuLimit), Memory(memory), Memory(memoryLimit));

    public static ContainerAdvice Advise(ContainerHistory history, AdviceOptions? options = null, IRightsizingPolicy? policy = null) =>
        new Advisor(policy ?? LeastCostPolicy.Default, Prices, options ?? new AdviceOptions()).Advise(history);

    public static Recommendation Change(ContainerHistory history, AdviceOptions? options = null, IRightsizingPolicy? policy = null) =>
        Assert.IsType<ContainerAdvice.Change>(Advise(history, options, policy)).Recommendation;

    private static CpuQuantity? Cpu(string? text) => text is null ? null : CpuQuantity.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));

    private static MemoryQuantity? Memory(string? text) => text is null ? null : MemoryQuantity.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));
}
