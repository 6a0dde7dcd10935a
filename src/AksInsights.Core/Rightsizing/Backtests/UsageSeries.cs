using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>What one container used of one resource, sample by sample.</summary>
/// <param name="Name">Its name, for the report.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Interval">How far apart samples are; at least a second.</param>
/// <param name="Start">The time of the first sample.</param>
/// <param name="Values">The samples in nanocores or bytes; not-a-number where there is none.</param>
public sealed record UsageSeries(string Name, ResourceKind Resource, TimeSpan Interval, DateTimeOffset Start, double[] Values)
{
    /// <summary>The same without days of which less than half was observed; what follows moves up, so that a day is an observed day.</summary>
    public UsageSeries WithoutGapDays()
    {
        var day = (int)(TimeSpan.FromDays(1) / Interval);
        return this with { Values = [.. Values.Chunk(day).Where(d => d.Count(double.IsFinite) > 0.5 * d.Length).SelectMany(d => d)] };
    }
}
