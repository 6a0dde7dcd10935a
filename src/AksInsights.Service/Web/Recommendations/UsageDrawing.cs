using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Service.Web.Recommendations;

/// <summary>Where bars and lines of a histogram are in a picture whose sides are 1: amounts go from left to right on a logarithmic scale.</summary>
/// <param name="From">The amount at the left edge.</param>
/// <param name="To">The amount at the right edge.</param>
/// <param name="Bars">The bars: where each begins, how wide and how high it is, and what it stands for.</param>
/// <param name="Marks">The lines: where each is, and its name.</param>
public sealed record UsageDrawing(double From, double To, IReadOnlyList<UsageBar> Bars, IReadOnlyList<(double At, string Name)> Marks)
{
    private const int MostBars = 64;

    // Rare samples stay visible: it is they that matter for a limit.
    private const double LeastHeight = 0.03;

    /// <summary>Lays a histogram out; null when there is nothing to draw.</summary>
    /// <param name="usage">The samples.</param>
    /// <param name="amounts">Amounts to mark, with their names; those that are not set are left out.</param>
    public static UsageDrawing? Of(UsageHistogram usage, params (string Name, double? Amount)[] amounts)
    {
        var buckets = new List<(int Bucket, long Count)>();
        foreach (var bucket in usage) buckets.Add(bucket);
        if (buckets.Count == 0) return null;
        var marks = amounts.Where(mark => mark.Amount > 0).Select(mark => (mark.Name, Bucket: LogBuckets.Of(mark.Amount!.Value))).ToList();
        var first = Math.Max(marks.Select(mark => mark.Bucket).Append(buckets[0].Bucket).Min() - 2, 1);
        var last = Math.Min(marks.Select(mark => mark.Bucket).Append(buckets[^1].Bucket).Max() + 2, LogBuckets.Count - 1);
        var span = last - first + 1;
        var wide = (span + MostBars - 1) / MostBars;
        var samples = buckets.Sum(bucket => bucket.Count);
        var bars = buckets.GroupBy(bucket => Math.Max(bucket.Bucket - first, 0) / wide)
            .Select(group => (Bar: group.Key, Count: group.Sum(bucket => bucket.Count))).ToList();
        var most = bars.Max(bar => bar.Count);
        return new UsageDrawing(
            LogBuckets.Start(first),
            LogBuckets.End(last),
            [.. bars.Select(bar => new UsageBar(
                bar.Bar * wide / (double)span, Math.Min(wide, span - (bar.Bar * wide)) / (double)span, Math.Max(LeastHeight, bar.Count / (double)most), LogBuckets.Start(first + (bar.Bar * wide)), LogBuckets.End(Math.Min(first + (bar.Bar * wide) + wide - 1, last)), bar.Count / (double)samples))],
            [.. marks.Select(mark => ((mark.Bucket - first + 1) / (double)span, mark.Name))]);
    }
}

/// <summary>A bar of a histogram.</summary>
/// <param name="At">Where it begins, from 0 to 1.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is, the highest being 1.</param>
/// <param name="From">Above which amount it counts.</param>
/// <param name="To">Up to which.</param>
/// <param name="Share">The share of all samples that it holds.</param>
public sealed record UsageBar(double At, double Width, double Height, double From, double To, double Share);
