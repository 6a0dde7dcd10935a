using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Several percentiles as one dynamic array; null for a group without values.</summary>
internal sealed class PercentileArrays(PercentileAggregator values, double[] percentiles) : Aggregator
{
    private readonly PercentileAggregator _values = values;

    public override long Bytes => _values.Bytes;

    public override void Resize(int groups) => _values.Resize(groups);

    public override void Add(ReadOnlySpan<int> groups, Column[] arguments) => _values.Add(groups, arguments);

    public override void Merge(Aggregator other, ReadOnlySpan<int> map) => _values.Merge(((PercentileArrays)other)._values, map);

    public override Column Finish(int groups)
    {
        var columns = _values.Finish(groups, percentiles);
        var cells = Array.ConvertAll(columns, DynamicCells.Of);
        var arrays = new object[groups];
        for (var group = 0; group < groups && columns.Length > 0; group++)
        {
            if (!columns[0].IsNull(group)) arrays[group] = new DynamicArray(Array.ConvertAll(cells, cell => cell(group)));
        }

        return new FlatColumn<object>(KqlType.Dynamic, arrays);
    }
}
