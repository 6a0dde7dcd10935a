using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Panels;

namespace AksInsights.Tests.Dashboards;

public sealed class GridFlowTests
{
    [Fact]
    public void PanelsStandBesideEachOtherAndThenBelowTheTallest()
    {
        var grid = new GridFlow();
        Assert.Equal(new GridPlace(1, 0, 0, 12, 4), grid.Place(Panel(12, 4)));
        Assert.Equal(new GridPlace(2, 12, 0, 8, 9), grid.Place(Panel(8, 9)));
        Assert.Equal(new GridPlace(3, 0, 9, 6, 3), grid.Place(Panel(6, 3)));
        Assert.Equal(new GridPlace(4, 0, 12, 24, 1), grid.PlaceHeading());
        Assert.Equal(new GridPlace(5, 0, 13, 24, 2), grid.Place(Panel(24, 2)));
    }

    [Theory]
    [InlineData(25, 4)]
    [InlineData(0, 4)]
    [InlineData(12, 0)]
    public void APanelThatFitsNowhereIsAMistakeOfOurs(int width, int height) =>
        Assert.Throws<InvalidOperationException>(() => new GridFlow().Place(Panel(width, height)));

    private static TextPanel Panel(int width, int height) => new("", "") { Width = width, Height = height };
}
