using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Percentiles of numbers in dynamic values, as dynamic values.</summary>
internal sealed class DynamicPercentiles(PercentileAggregator numbers) : PercentileAggregator
{
    private readonly PercentileAggregator _numbers = numbers;

    public override long Bytes => _numbers.Bytes;

    public override void Resize(int groups) => _numbers.Resize(groups);

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments) => _numbers.Add(groups, arguments);

    public override void Merge(Aggregator other, ReadOnlySpan<int> map) => _numbers.Merge(((DynamicPercentiles)other)._numbers, map);

    public override Column Finish(int groups) => Wrap(_numbers.Finish(groups), groups);

    public override Column[] Finish(int groups, double[] wanted) => Array.ConvertAll(_numbers.Finish(groups, wanted), c => Wrap(c, groups));

    private static Column Wrap(Column column, int groups)
    {
        var cell = DynamicCells.Of(column);
        var values = new object[groups];
        for (var i = 0; i < groups; i++) values[i] = cell(i)!;
        return new FlatColumn<object>(KqlType.Dynamic, values);
    }
}
