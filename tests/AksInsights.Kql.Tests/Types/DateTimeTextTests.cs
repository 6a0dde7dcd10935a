using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Types;

public class DateTimeTextTests
{
    [Theory]
    // The shapes of learn.microsoft.com/kusto/query/scalar-data-types/datetime.
    [InlineData("2014-05-25T08:20:03.123456Z", "2014-05-25T08:20:03.1234560Z")]
    [InlineData("2014-05-25T08:20:03.123456", "2014-05-25T08:20:03.1234560Z")]
    [InlineData("2014-05-25T08:20", "2014-05-25T08:20:00.0000000Z")]
    [InlineData("2014-11-08 15:55:55.123456Z", "2014-11-08T15:55:55.1234560Z")]
    [InlineData("2014-11-08 15:55:55", "2014-11-08T15:55:55.0000000Z")]
    [InlineData("2014-11-08 15:55", "2014-11-08T15:55:00.0000000Z")]
    [InlineData("2014-11-08", "2014-11-08T00:00:00.0000000Z")]
    [InlineData("Sat, 8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z")]
    [InlineData("Sat, 8 Nov 14 15:05:02", "2014-11-08T15:05:02.0000000Z")]
    [InlineData("Sat, 8 Nov 14 15:05", "2014-11-08T15:05:00.0000000Z")]
    [InlineData("Sat, 8 Nov 14 15:05 GMT", "2014-11-08T15:05:00.0000000Z")]
    [InlineData("8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z")]
    [InlineData("8 Nov 14 15:05", "2014-11-08T15:05:00.0000000Z")]
    [InlineData("Saturday, 08-Nov-14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z")]
    [InlineData("Saturday, 08-Nov-14 15:05", "2014-11-08T15:05:00.0000000Z")]
    [InlineData("08-Nov-14 15:05:02", "2014-11-08T15:05:02.0000000Z")]
    [InlineData("Sat Nov  8 15:05:02 2014", "2014-11-08T15:05:02.0000000Z")]
    // Others that todatetime takes.
    [InlineData("1970-5-12", "1970-05-12T00:00:00.0000000Z")]
    [InlineData("12/31/2015 3:04 PM", "2015-12-31T15:04:00.0000000Z")]
    [InlineData("12/31/2015 12:04:05 AM", "2015-12-31T00:04:05.0000000Z")]
    [InlineData("Nov 8, 2014", "2014-11-08T00:00:00.0000000Z")]
    [InlineData("2015-12", "2015-12-01T00:00:00.0000000Z")]
    [InlineData("20151231", "2015-12-31T00:00:00.0000000Z")]
    [InlineData("20151231T235958Z", "2015-12-31T23:59:58.0000000Z")]
    [InlineData("2015-12-31T23:59:58.123456789Z", "2015-12-31T23:59:58.1234568Z")]
    [InlineData("2015-12-31T23:00:00+02:00", "2015-12-31T21:00:00.0000000Z")]
    [InlineData("2015-12-31T23:00:00-0130", "2016-01-01T00:30:00.0000000Z")]
    [InlineData("  2015-12-31  ", "2015-12-31T00:00:00.0000000Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31 23:59:59.9999999", "9999-12-31T23:59:59.9999999Z")]
    public void DocumentedShapesAreRead(string text, string expected)
    {
        Assert.True(DateTimeText.TryParse(text, out var ticks));
        Assert.Equal(expected, DateTimeText.Format(ticks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2015-13-01")]
    [InlineData("2015-02-29")]
    [InlineData("2015-02-28T24:00:00")]
    [InlineData("2015-02-28 10")]
    [InlineData("2015-02-28T10:00:00 nonsense")]
    [InlineData("13/31/2015")]
    [InlineData("10:20:30")]
    [InlineData("9999-12-31T23:59:59.99999999")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("1.5")]
    [InlineData("5")]
    [InlineData("2014-05-25T08:20:")]
    [InlineData("\0\0")]
    public void OtherTextIsRefused(string text) => Assert.False(DateTimeText.TryParse(text, out _));
}
