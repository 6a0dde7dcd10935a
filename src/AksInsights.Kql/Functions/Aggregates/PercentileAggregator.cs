using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>A state from which any number of percentiles can be taken: <c>percentiles(x, 50, 95)</c> is one such state and two columns.</summary>
internal abstract class PercentileAggregator : Aggregator
{
    /// <summary>Several percentiles, each a column of <paramref name="groups"/> rows. The state is not used afterwards.</summary>
    public abstract Column[] Finish(int groups, double[] wanted);
}
