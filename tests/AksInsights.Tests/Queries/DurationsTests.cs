using AksInsights.Core.Queries;

namespace AksInsights.Tests.Queries;

public class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604800)]
    [InlineData("-3h", -10800)]
    [InlineData("0m", 0)]
    public void ReadsAmountsOfUnits(string text, int seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("15")]
    [InlineData("15 m")]
    [InlineData("m15")]
    [InlineData("1m1h")]
    [InlineData("1m1m")]
    [InlineData("1.5h")]
    [InlineData("99999999999999999999s")]
    [InlineData("99999999999d")]
    public void RefusesWhatIsNoDuration(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(3600, "1h")]
    [InlineData(90061, "1d1h1m1s")]
    [InlineData(-60, "-1m")]
    public void WritesTheShortestForm(int seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));
}
