using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>Measured amounts for people: rounded to what is worth reading, unlike the amounts of a manifest.</summary>
internal static class AmountText
{
    /// <summary>An amount with a unit: <c>137m</c>, <c>2.4</c> cores as <c>2400m</c>, <c>310Mi</c>.</summary>
    public static string Of(ResourceKind resource, double amount) => resource == ResourceKind.Cpu
        ? CpuQuantity.FromMillicores((long)Math.Round(Rounded(amount / 1e6))).ToString()
        : MemoryQuantity.FromMebibytes((long)Math.Round(Rounded(amount / (1 << 20)))).ToString();

    /// <summary>The resource within a sentence.</summary>
    public static string NameOf(ResourceKind resource) => resource == ResourceKind.Cpu ? "CPU" : "memory";

    // Three digits that count.
    private static double Rounded(double number)
    {
        if (number < 1000) return number;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(number)) - 2);
        return Math.Round(number / unit) * unit;
    }
}
