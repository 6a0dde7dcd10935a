using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Tests.Execution;

public class RowMaskTests
{
    [Fact]
    public void TheRowsOfASetAreWrittenInOrder()
    {
        var random = new Random(11);
        for (var rows = 0; rows < 300; rows++)
        {
            var flags = Enumerable.Range(0, rows).Select(_ => random.Next(rows % 7 + 1) == 0).ToArray();
            var mask = new ulong[RowMask.Words(rows)];
            RowMask.Of(flags, mask);
            var expected = Enumerable.Range(0, rows).Where(row => flags[row]).ToArray();
            Assert.Equal(expected.Length, RowMask.Count(mask));
            var written = new int[expected.Length + RowMask.Slack];
            Assert.Equal(expected.Length, RowMask.Write(mask, written));
            Assert.Equal(expected, written[..expected.Length]);
            Assert.Equal(expected.Length == 0, RowMask.IsEmpty(mask));
        }
    }

    [Fact]
    public void AFullSetHasNoBitsBeyondTheLastRow()
    {
        for (var rows = 1; rows < 200; rows++)
        {
            var mask = new ulong[RowMask.Words(rows)];
            RowMask.Fill(mask, rows, true);
            Assert.Equal(rows, RowMask.Count(mask));
        }
    }

    [Fact]
    public void ANullIsNotInTheSet()
    {
        var mask = new ulong[2];
        RowMask.Of(new FlatColumn<bool>(Kql.Types.KqlType.Bool, Enumerable.Repeat(true, 100).ToArray(), Enumerable.Range(0, 100).Select(row => row % 3 == 0).ToArray()), mask);
        Assert.Equal(66, RowMask.Count(mask));
    }
}
