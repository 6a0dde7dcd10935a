namespace AksInsights.Core.Rightsizing.Usage;

/// <summary>The buckets that amounts are counted in: each is 5 % wider than the one before, so that its middle is within 2.5 % of all it holds.</summary>
/// <remarks>
/// Amounts are nanocores or bytes. Bucket 0 holds 0 to 1, bucket b above 1.05^(b-1) and up to 1.05^b. The queries <c>rightsizing/usage-*</c> compute the same
/// number: <c>iff(v &lt;= 1, 0, toint(ceiling(log(v) / log(1.05))))</c>.
/// </remarks>
public static class LogBuckets
{
    /// <summary>How much greater the end of a bucket is than that of the one before.</summary>
    public const double Growth = 1.05;

    /// <summary>The number of buckets; the last holds what a 64-bit number can count.</summary>
    public const int Count = 896;

    private static readonly double LogOfGrowth = Math.Log(Growth);
    private static readonly double[] Ends = [.. Enumerable.Range(0, Count).Select(bucket => Math.Pow(Growth, bucket))];

    /// <summary>The bucket of an amount; what is above the last bucket goes into it.</summary>
    /// <param name="amount">Nanocores or bytes, a finite number.</param>
    public static int Of(double amount) => amount <= 1 ? 0 : (int)Math.Min(Math.Ceiling(Math.Log(amount) / LogOfGrowth), Count - 1);

    /// <summary>The greatest amount in a bucket.</summary>
    public static double End(int bucket) => Ends[bucket];

    /// <summary>The amount that all in the bucket are above.</summary>
    public static double Start(int bucket) => bucket == 0 ? 0 : Ends[bucket - 1];
}
