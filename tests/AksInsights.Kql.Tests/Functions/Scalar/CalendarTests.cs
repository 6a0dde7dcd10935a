using System.Globalization;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Scalar;

/// <summary>Expected values are those of the functions' pages, or were worked out on a calendar.</summary>
public class CalendarTests
{
    [Theory]
    // Page datetime-diff-function.
    [InlineData("year", "2017-01-01", "2000-12-31", 17)]
    [InlineData("quarter", "2017-07-01", "2017-03-30", 2)]
    [InlineData("month", "2017-01-01", "2015-12-30", 13)]
    [InlineData("Week", "2017-10-29 00:00", "2017-09-30 23:59", 5)]
    [InlineData("day", "2017-10-29 00:00", "2017-09-30 23:59", 29)]
    [InlineData("HOUR", "2017-10-31 01:00", "2017-10-30 23:59", 2)]
    [InlineData("minute", "2017-10-30 23:05:01", "2017-10-30 23:00:59", 5)]
    [InlineData("second", "2017-10-30 23:00:10.100", "2017-10-30 23:00:00.900", 10)]
    [InlineData("millisecond", "2017-10-30 23:00:00.200100", "2017-10-30 23:00:00.100900", 100)]
    [InlineData("microsecond", "2017-10-30 23:00:00.1009001", "2017-10-30 23:00:00.1008009", 100)]
    [InlineData("nanosecond", "2017-10-30 23:00:00.0000000", "2017-10-30 23:00:00.0000007", -700)]
    public void DatetimeDiffCountsBoundaries(string unit, string first, string second, long expected) =>
        Assert.Equal(expected, Evaluate("datetime_diff", unit, At(first), At(second)));

    [Fact]
    public void DatetimeDiffRefusesAnUnknownUnit() =>
        Assert.Equal(KqlType.Error, TypeOf("datetime_diff", "fortnight", At("2017-01-01"), At("2017-01-01")));

    [Theory]
    // Page datetime-add-function; the rest by the calendar.
    [InlineData("year", -5, "2017-01-01", "2012-01-01T00:00:00.0000000Z")]
    [InlineData("quarter", 12, "2017-01-01", "2020-01-01T00:00:00.0000000Z")]
    [InlineData("month", -15, "2017-01-01", "2015-10-01T00:00:00.0000000Z")]
    [InlineData("week", 100, "2017-01-01", "2018-12-02T00:00:00.0000000Z")]
    [InlineData("month", 1, "2024-01-31", "2024-02-29T00:00:00.0000000Z")]
    [InlineData("nanosecond", 250, "2017-01-01", "2017-01-01T00:00:00.0000002Z")]
    [InlineData("day", 1, "9999-12-31", null)]
    [InlineData("year", 20000, "2017-01-01", null)]
    [InlineData("week", -100000000000, "2017-01-01", null)]
    public void DatetimeAddFollowsTheCalendar(string unit, long amount, string date, string? expected) =>
        Assert.Equal(expected, Written(Evaluate("datetime_add", unit, amount, At(date))));

    [Theory]
    // Page datetime-part-function.
    [InlineData("year", 2017)]
    [InlineData("quarter", 4)]
    [InlineData("month", 10)]
    [InlineData("week_of_year", 44)]
    [InlineData("day", 30)]
    [InlineData("dayOfYear", 303)]
    [InlineData("hour", 1)]
    [InlineData("minute", 2)]
    [InlineData("second", 3)]
    [InlineData("millisecond", 765)]
    [InlineData("microsecond", 765432)]
    [InlineData("nanosecond", 765432100)]
    public void DatetimePartTakesOutAPart(string part, long expected) =>
        Assert.Equal(expected, Evaluate("datetime_part", part, At("2017-10-30 01:02:03.7654321")));

    [Theory]
    // Pages startofday-function and its neighbours: offsets -1, 0, 1 from 2017-01-01 10:10:17, a Sunday.
    [InlineData("startofday", "2016-12-31T00:00:00.0000000Z", "2017-01-01T00:00:00.0000000Z", "2017-01-02T00:00:00.0000000Z")]
    [InlineData("startofweek", "2016-12-25T00:00:00.0000000Z", "2017-01-01T00:00:00.0000000Z", "2017-01-08T00:00:00.0000000Z")]
    [InlineData("startofmonth", "2016-12-01T00:00:00.0000000Z", "2017-01-01T00:00:00.0000000Z", "2017-02-01T00:00:00.0000000Z")]
    [InlineData("startofyear", "2016-01-01T00:00:00.0000000Z", "2017-01-01T00:00:00.0000000Z", "2018-01-01T00:00:00.0000000Z")]
    [InlineData("endofday", "2016-12-31T23:59:59.9999999Z", "2017-01-01T23:59:59.9999999Z", "2017-01-02T23:59:59.9999999Z")]
    [InlineData("endofweek", "2016-12-31T23:59:59.9999999Z", "2017-01-07T23:59:59.9999999Z", "2017-01-14T23:59:59.9999999Z")]
    [InlineData("endofmonth", "2016-12-31T23:59:59.9999999Z", "2017-01-31T23:59:59.9999999Z", "2017-02-28T23:59:59.9999999Z")]
    [InlineData("endofyear", "2016-12-31T23:59:59.9999999Z", "2017-12-31T23:59:59.9999999Z", "2018-12-31T23:59:59.9999999Z")]
    public void BoundsMoveByTheirOffset(string function, string before, string here, string after)
    {
        var date = At("2017-01-01 10:10:17");
        Assert.Equal(before, Written(Evaluate(function, date, -1)));
        Assert.Equal(here, Written(Evaluate(function, date, 0)));
        Assert.Equal(here, Written(Evaluate(function, date)));
        Assert.Equal(after, Written(Evaluate(function, date, 1)));
    }

    [Theory]
    [InlineData("endofday", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("endofyear", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("startofmonth", "9999-12-01T00:00:00.0000000Z")]
    public void TheLastDayHasItsBounds(string function, string expected) => Assert.Equal(expected, Written(Evaluate(function, At("9999-12-31"))));

    [Fact]
    public void BoundsBeyondTheCalendarAreNull()
    {
        // 0001-01-01 was a Monday.
        Assert.Null(Evaluate("startofweek", At("0001-01-01")));
        Assert.Null(Evaluate("startofday", At("9999-12-31"), 1));
        Assert.Null(Evaluate("endofmonth", At("9999-12-31"), 1));
        Assert.Null(Evaluate("startofyear", At("2017-01-01"), long.MinValue));
    }

    [Theory]
    // Page week-of-year-function.
    [InlineData("2020-12-31", 53)]
    [InlineData("2020-06-15", 25)]
    [InlineData("1970-01-01", 1)]
    [InlineData("2000-01-01", 52)]
    public void WeeksOfTheYearAreThoseOfIso8601(string date, long expected) => Assert.Equal(expected, Evaluate("week_of_year", At(date)));

    [Theory]
    [InlineData("getyear", 2015)]
    [InlineData("getmonth", 12)]
    [InlineData("monthofyear", 12)]
    [InlineData("dayofmonth", 14)]
    [InlineData("dayofyear", 348)]
    [InlineData("hourofday", 18)]
    public void PartsHaveTheirOwnFunctions(string function, long expected)
    {
        Assert.Equal(expected, Evaluate(function, At("2015-12-14 18:54")));
        Assert.Equal(KqlType.Int, TypeOf(function, At("2015-12-14 18:54")));
    }

    [Theory]
    // Page day-of-week-function.
    [InlineData("1947-11-30 10:00:05", 0)]
    [InlineData("1970-05-11", 1)]
    [InlineData("1970-05-12", 2)]
    public void DaysOfTheWeekAreTimespansSinceSunday(string date, int days)
    {
        Assert.Equal(days * TimeSpan.TicksPerDay, Evaluate("dayofweek", At(date)));
        Assert.Equal(KqlType.TimeSpan, TypeOf("dayofweek", At(date)));
    }

    internal static DateTime At(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    internal static string? Written(object? ticks) => ticks is null ? null : DateTimeText.Format((long)ticks);
}
