using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries.RowTests;

public class SeriesNotationTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("5x3", "5,5,5,5")]
    [InlineData("0+10x3", "0,10,20,30")]
    [InlineData("10-2.5x2", "10,7.5,5")]
    [InlineData("-1+1x2", "-1,0,1")]
    [InlineData("1 _ 2", "1,-,2")]
    [InlineData("_x3 1", "-,-,-,1")]
    [InlineData("null x", "0,x")]
    [InlineData("runningx1 waiting", "running,running,waiting")]
    [InlineData("'two words'x1 ''", "two words,two words,")]
    [InlineData("'it''s'", "it's")]
    [InlineData("box 'box'", "box,box")]
    public void ExpandsItems(string text, string expected)
    {
        Assert.True(SeriesNotation.TryExpand(text, out var values, out _));
        Assert.Equal(expected, string.Join(',', values.Select(v => v.IsMissing ? "-" : v.Text ?? "0")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("1 2 'a'y3", "'a'y3")]
    [InlineData("1 5x99999999999", "5x99999999999")]
    [InlineData("0+1x2000000", "0+1x2000000")]
    public void NamesTheItemItCannotRead(string text, string fault)
    {
        Assert.False(SeriesNotation.TryExpand(text, out _, out var found));
        Assert.Equal(fault, found);
    }
}
