using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Types;

public class TimeSpanTextTests
{
    [Theory]
    // The forms of learn.microsoft.com/kusto/query/scalar-data-types/timespan.
    [InlineData("2d", "2.00:00:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("30m", "00:30:00")]
    [InlineData("10s", "00:00:10")]
    [InlineData("0.1s", "00:00:00.1000000")]
    [InlineData("100ms", "00:00:00.1000000")]
    [InlineData("10microsecond", "00:00:00.0000100")]
    [InlineData("1tick", "00:00:00.0000001")]
    [InlineData("15 seconds", "00:00:15")]
    [InlineData("2", "2.00:00:00")]
    [InlineData("0.12:34:56.7", "12:34:56.7000000")]
    [InlineData("-1.02:03:04", "-1.02:03:04")]
    [InlineData("29.09:00:05.12345", "29.09:00:05.1234500")]
    [InlineData("00:01", "00:01:00")]
    [InlineData("1:02:03:04", "1.02:03:04")]
    [InlineData("-5min", "-00:05:00")]
    [InlineData("25min", "00:25:00")]
    [InlineData("200nanoseconds", "00:00:00.0000002")]
    public void DocumentedFormsAreRead(string text, string expected)
    {
        Assert.True(TimeSpanText.TryParse(text, out var ticks));
        Assert.Equal(expected, TimeSpanText.Format(ticks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("h")]
    [InlineData("1w")]
    [InlineData("24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("1.5")]
    [InlineData("1:2:3:4:5")]
    [InlineData("99999999999d")]
    [InlineData("--1d")]
    public void OtherTextIsRefused(string text) => Assert.False(TimeSpanText.TryParse(text, out _));
}
