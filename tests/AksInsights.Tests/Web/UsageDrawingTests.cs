using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Service.Web.Recommendations;

namespace AksInsights.Tests.Web;

/// <summary>What is drawn stays within the picture, whatever was used.</summary>
public sealed class UsageDrawingTests
{
    private const double Millicore = 1e6;

    [Fact]
    public void WithoutUsageThereIsNothingToDraw() => Assert.Null(UsageDrawing.Of(UsageHistogram.Empty, ("request now", 100 * Millicore)));

    [Fact]
    public void OneSampleIsOneBarThatHoldsIt()
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([100 * Millicore]))!;
        var bar = Assert.Single(drawing.Bars);
        Assert.Equal((1.0, 1.0), (bar.Height, bar.Share));
        Assert.True(bar.From < 100 * Millicore && bar.To >= 100 * Millicore);
        Assert.Empty(drawing.Marks);
    }

    [Fact]
    public void NothingUsedIsABarAtTheLeft()
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([0, 0, 0]), ("request now", 100 * Millicore))!;
        Assert.Equal(0, Assert.Single(drawing.Bars).At);
        Assert.InRange(Assert.Single(drawing.Marks).At, 0.9, 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    public void AnAmountThatIsNotSetHasNoLine(double? limit)
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([100 * Millicore]), ("request now", 200 * Millicore), ("limit now", limit))!;
        Assert.Equal("request now", Assert.Single(drawing.Marks).Name);
    }

    [Fact]
    public void ALineIsRightOfTheUsageBelowItAndLeftOfThatAbove()
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([100 * Millicore, 400 * Millicore]), ("request now", 200 * Millicore))!;
        Assert.Equal(2, drawing.Bars.Count);
        Assert.InRange(drawing.Marks[0].At, drawing.Bars[0].At + drawing.Bars[0].Width, drawing.Bars[1].At);
    }

    [Fact]
    public void ARareSampleIsSeenBesideMany()
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([.. Enumerable.Repeat(100 * Millicore, 100_000), 900 * Millicore]))!;
        Assert.InRange(drawing.Bars[^1].Height, 0.03, 0.1);
        Assert.Equal(1, drawing.Bars.Sum(bar => bar.Share), 9);
    }

    [Theory]
    [InlineData(1, 1e18)]
    [InlineData(1, 1e300)]
    [InlineData(1e9, 1e12)]
    [InlineData(0, 7e5)]
    public void HoweverFarApartTheyAreAllIsWithinThePicture(double least, double most)
    {
        var drawing = UsageDrawing.Of(UsageHistogram.Of([least, most]), ("request now", least), ("limit now", most))!;
        Assert.InRange(drawing.Bars.Count, 2, 64);
        Assert.All(drawing.Bars, bar => Assert.InRange(bar.At, 0, 1));
        Assert.All(drawing.Bars, bar => Assert.InRange(bar.At + bar.Width, 0, 1 + 1e-9));
        Assert.All(drawing.Marks, mark => Assert.InRange(mark.At, 0, 1));
        Assert.True(double.IsFinite(drawing.To) && drawing.From < drawing.To);
    }
}
