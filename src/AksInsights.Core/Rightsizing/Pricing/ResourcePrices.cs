namespace AksInsights.Core.Rightsizing.Pricing;

/// <summary>What reserving costs.</summary>
/// <param name="CoreHour">One core for one hour.</param>
/// <param name="GibHour">One GiB of memory for one hour.</param>
public readonly record struct ResourcePrices(double CoreHour, double GibHour)
{
    private const double NanocoresInCore = 1e9;
    private const double BytesInGib = 1 << 30;

    /// <summary>The hours of a month, as cloud price lists count.</summary>
    public const double HoursInMonth = 730;

    /// <summary>What an amount of CPU costs in a month.</summary>
    public double CpuMonth(double nanocores) => nanocores / NanocoresInCore * CoreHour * HoursInMonth;

    /// <summary>What an amount of memory costs in a month.</summary>
    public double MemoryMonth(double bytes) => bytes / BytesInGib * GibHour * HoursInMonth;
}
