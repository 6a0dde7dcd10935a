using System.Globalization;
using System.Text;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Service.Commands;

/// <summary>A histogram as a small picture: inline SVG, with a line at the request in force and at the proposed one.</summary>
internal static class HistogramPicture
{
    private const int Width = 220;
    private const int Height = 44;
    private const int MostBars = 44;

    /// <summary>Draws it; empty when there are no samples.</summary>
    /// <param name="usage">The samples.</param>
    /// <param name="now">The request in force, if one is.</param>
    /// <param name="then">The proposed request, if one is.</param>
    public static string Draw(UsageHistogram usage, double? now, double? then)
    {
        var buckets = new List<(int Bucket, long Count)>();
        foreach (var bucket in usage) buckets.Add(bucket);
        if (buckets.Count == 0) return "";
        int[] marks = [.. new[] { now, then }.OfType<double>().Where(m => m > 0).Select(LogBuckets.Of)];
        var first = Math.Max(Math.Min(buckets[0].Bucket, marks.DefaultIfEmpty(int.MaxValue).Min()) - 1, 0);
        var last = Math.Max(buckets[^1].Bucket, marks.DefaultIfEmpty(0).Max()) + 1;
        var weights = new double[Math.Min(MostBars, last - first + 1)];
        var width = (double)Width / weights.Length;
        foreach (var (bucket, count) in buckets) weights[Bar(bucket, first, last, weights.Length)] += count;
        var most = weights.Max();
        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\"><title>share of samples by amount</title>");
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            // Rare samples stay visible: it is they that matter for a limit.
            var height = Math.Max(weights[i] / most * (Height - 6), 1.5);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * width:0.#}\" y=\"{Height - height:0.#}\" width=\"{width - 1:0.#}\" height=\"{height:0.#}\" fill=\"#0550ae\"/>");
        }

        Line(now, "#8c959f");
        Line(then, "#1a7f37");
        return svg.Append("</svg>").ToString();

        void Line(double? at, string colour)
        {
            if (at is not > 0) return;
            var x = ((LogBuckets.Of(at.Value) - first + 1.0) / (last - first + 1) * Width) - 1;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"0\" width=\"2\" height=\"{Height}\" fill=\"{colour}\"/>");
        }
    }

    private static int Bar(int bucket, int first, int last, int bars) => Math.Min((int)((bucket - first) / (double)(last - first + 1) * bars), bars - 1);
}
