using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>The amounts that people write: 10m, 15m, 25m, 250m, 1500m; 64Mi, 72Mi, 512Mi, 1Gi. Each is at most an eighth above the one before, except the least.</summary>
public sealed class HumanAmounts
{
    private const double Millicore = 1e6;
    private const double Mebibyte = 1 << 20;

    private readonly double[] _amounts;
    private readonly int[] _buckets;

    private HumanAmounts(IEnumerable<double> amounts)
    {
        _amounts = [.. amounts];
        _buckets = [.. _amounts.Select(LogBuckets.Of)];
    }

    /// <summary>Amounts of CPU, in nanocores.</summary>
    public static HumanAmounts Cpu { get; } = new(CpuSteps().Select(m => m * Millicore));

    /// <summary>Amounts of memory, in bytes.</summary>
    public static HumanAmounts Memory { get; } = new(MemorySteps().Select(m => m * Mebibyte));

    /// <summary>How many there are.</summary>
    public int Count => _amounts.Length;

    /// <summary>One of them; the least is number 0.</summary>
    public double this[int index] => _amounts[index];

    /// <summary>The amounts of a resource.</summary>
    public static HumanAmounts Of(ResourceKind resource) => resource == ResourceKind.Cpu ? Cpu : Memory;

    /// <summary>The bucket of an amount.</summary>
    internal int Bucket(int index) => _buckets[index];

    /// <summary>The number of the least amount that is not below another one; the last when there is none.</summary>
    public int IndexOfAtLeast(double amount)
    {
        var index = Array.BinarySearch(_amounts, amount);
        return Math.Min(index < 0 ? ~index : index, _amounts.Length - 1);
    }

    /// <summary>The least amount that is not below another one.</summary>
    public double AtLeast(double amount) => _amounts[IndexOfAtLeast(amount)];

    private static IEnumerable<double> CpuSteps()
    {
        (int From, int To, int Step)[] ranges =
            [(10, 100, 5), (100, 200, 10), (200, 500, 25), (500, 1000, 50), (1000, 2000, 100), (2000, 5000, 250), (5000, 10_000, 500), (10_000, 256_001, 1000)];
        foreach (var (from, to, step) in ranges)
        {
            for (var m = from; m < to; m += step) yield return m;
        }
    }

    private static IEnumerable<double> MemorySteps()
    {
        for (var m = 16; m < 64; m += 4) yield return m;
        for (var power = 64; power < 4 << 20; power *= 2)
        {
            for (var eighth = 0; eighth < 8; eighth++) yield return power + power / 8 * eighth;
        }
    }
}
