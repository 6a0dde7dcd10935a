using AksInsights.Kql.Functions.Aggregates;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>The store of values by group, with more groups than partitions and states merged into merged states.</summary>
public class GroupedValuesTests
{
    [Theory]
    [InlineData(1, 50_000)]
    [InlineData(3, 20_000)]
    [InlineData(256, 3_000)]
    [InlineData(3_000, 30_000)]
    public void EveryGroupGetsItsValuesBackInTheOrderOfAdding(int groups, int rows)
    {
        var random = new Random(groups);
        var expected = Enumerable.Range(0, groups).Select(_ => new List<long>()).ToArray();
        var values = new GroupedValues();
        for (var start = 0; start < rows; start += 1000)
        {
            var chunk = Enumerable.Range(0, 1000).Select(_ => random.Next(groups)).ToArray();
            var numbers = chunk.Select(_ => random.NextInt64()).ToArray();
            switch (start / 1000 % 3)
            {
                case 0:
                    values.Add(chunk, numbers);
                    break;
                case 1:
                    Array.Fill(chunk, chunk[0]);
                    values.AddRange(chunk[0], numbers);
                    break;
                default:
                    for (var i = 0; i < chunk.Length; i++) values.Add(chunk[i], numbers[i]);
                    break;
            }

            for (var i = 0; i < chunk.Length; i++) expected[chunk[i]].Add(numbers[i]);
        }

        using var reader = values.Read(groups);
        for (var g = 0; g < groups; g++) Assert.Equal(expected[g], reader.ToArray(g));
    }

    [Fact]
    public void MergedStatesAreReadAfterTheOwnValues()
    {
        var (first, second, third) = (new GroupedValues(), new GroupedValues(), new GroupedValues());
        first.Add(0, 1);
        first.Add(1, 2);
        second.Add(0, 3);
        third.Add(1, 4);
        third.Add(0, 5);

        // The third's groups 0, 1 are the second's 1, 2; the second's 0, 1, 2 are the first's 3, 0, 1.
        second.Merge(third, [1, 2]);
        first.Merge(second, [3, 0, 1]);
        using var reader = first.Read(4);
        Assert.Equal(["1,5", "2,4", "", "3"], Enumerable.Range(0, 4).Select(g => string.Join(',', reader.ToArray(g))));
    }
}
