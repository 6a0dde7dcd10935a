using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Which row arg_max and arg_min pick.</summary>
public class ArgExtremeTests
{
    [Theory]
    [InlineData(KqlType.Long)]
    [InlineData(KqlType.Real)]
    [InlineData(KqlType.String)]
    [InlineData(KqlType.Decimal)]
    [InlineData(KqlType.Guid)]
    [InlineData(KqlType.Bool)]
    public void TheFirstRowWithTheBestKeyWinsHoweverTheRowsAreSplit(KqlType type)
    {
        AggregateRows.Check(seed =>
        {
            var rows = AggregateRows.Random(seed, type);
            foreach (var max in new[] { true, false })
            {
                var expected = Enumerable.Range(0, AggregateRows.Groups).Select(g => Naive(rows, g, max)).ToArray();
                Assert.Equal(expected, Pick(type, max, rows, new Random(seed)));
            }
        });
    }

    [Fact]
    public void NaNLosesToNumbersAndWinsOverNull()
    {
        var rows = new List<(int Group, object?[] Cells)> { (0, [double.NaN]), (0, [double.NegativeInfinity]), (1, [null]), (1, [double.NaN]), (1, [null]) };
        Assert.Equal([1L, 3L, -1L, -1L, -1L], Pick(KqlType.Real, true, rows, new Random(1)));
        Assert.Equal([1L, 3L, -1L, -1L, -1L], Pick(KqlType.Real, false, rows, new Random(1)));
    }

    private static long Naive(List<(int Group, object?[] Cells)> rows, int group, bool max)
    {
        var own = rows.Select((r, i) => (r.Group, Key: r.Cells[0], Row: (long)i)).Where(r => r.Group == group).ToList();
        var keyed = own.Where(r => r.Key is not null).ToList();
        if (keyed.Count == 0) return own.Count == 0 ? -1 : own[0].Row;
        var order = Comparer<object?>.Create((a, b) => a is string x && b is string y ? string.CompareOrdinal(x, y) : Comparer<object?>.Default.Compare(a, b));
        return (max ? keyed.OrderByDescending(r => r.Key, order) : keyed.OrderBy(r => r.Key, order)).First().Row;
    }

    // Rows go to one of two states at random; the second state's groups are numbered backwards.
    private static long[] Pick(KqlType type, bool max, List<(int Group, object?[] Cells)> rows, Random random)
    {
        var states = new[] { ArgExtreme.Create(type, max), ArgExtreme.Create(type, max) };
        foreach (var state in states) state.Resize(AggregateRows.Groups);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var worker = random.Next(2);
            var key = ColumnBuilder.Create(type);
            key.AddBoxed(rows[i].Cells[0]);
            var group = worker == 0 ? rows[i].Group : AggregateRows.Groups - 1 - rows[i].Group;
            states[worker].Add([group], [key.Build(), new FlatColumn<long>(KqlType.Long, [i])]);
        }

        states[0].Merge(states[1], [.. Enumerable.Range(0, AggregateRows.Groups).Reverse()]);
        return ((Column<long>)states[0].Finish(AggregateRows.Groups)).Flatten().ToArray();
    }
}
