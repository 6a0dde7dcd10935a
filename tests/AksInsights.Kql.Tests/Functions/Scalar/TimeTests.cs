using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;
using static AksInsights.Kql.Tests.Functions.Scalar.CalendarTests;

namespace AksInsights.Kql.Tests.Functions.Scalar;

/// <summary>Bins, the clock, and making and writing times. Expected values are those of the functions' pages unless said otherwise.</summary>
public class TimeTests
{
    [Fact]
    public void BinsAreMultiplesOfTheirSize()
    {
        Assert.Equal(4.0, Evaluate("bin", 4.5, 1));
        Assert.Equal(TimeSpan.FromDays(14).Ticks, Evaluate("bin", TimeSpan.FromDays(16), TimeSpan.FromDays(7)));
        Assert.Equal("1970-05-11T00:00:00.0000000Z", Written(Evaluate("bin", At("1970-05-11 13:45:07"), TimeSpan.FromDays(1))));
        Assert.Equal(2.0, Evaluate("floor", 2.15, 1));
        // 0001-01-01 was a Monday, so weeks begin on Mondays.
        Assert.Equal("2024-04-29T00:00:00.0000000Z", Written(Evaluate("bin", At("2024-05-01 12:00"), TimeSpan.FromDays(7))));
    }

    [Theory]
    [InlineData(7, 5, 5)]
    [InlineData(-7, 5, -10)]
    [InlineData(-5, 5, -5)]
    [InlineData(0, 5, 0)]
    [InlineData(long.MaxValue, 10, 9223372036854775800)]
    public void BinsGoTowardsMinusInfinity(long value, long size, long expected) => Assert.Equal(expected, Evaluate("bin", value, size));

    [Fact]
    public void BinsOfNoSizeAreNull()
    {
        Assert.Null(Evaluate("bin", 5, 0));
        Assert.Null(Evaluate("bin", 5, -1));
        Assert.Null(Evaluate("bin", 5, Null(KqlType.Long)));
        Assert.Null(Evaluate("bin", Null(KqlType.Real), 0.5));
        Assert.Null(Evaluate("bin", At("2024-01-01"), TimeSpan.Zero));
    }

    [Fact]
    public void BinsHaveTheWiderType()
    {
        Assert.Equal(KqlType.Real, TypeOf("bin", 5, 0.5));
        Assert.Equal(KqlType.Long, TypeOf("bin", new Typed(KqlType.Int, 5), 2));
        Assert.Equal(KqlType.Decimal, TypeOf("bin", 5.5m, 0.5));
        Assert.Equal(-5.5m, Evaluate("bin", -5.25m, 0.5m));
    }

    [Fact]
    public void ARunOfRowsFallsIntoTheBinsOfEachRow()
    {
        // Up and down, so that the last bin is right, wrong above and wrong below; NaN must not be taken for a member of any.
        double[] values = [0.1, 0.9, 1.0, 5.5, 5.4, -0.1, double.NaN, 0.2, double.PositiveInfinity, 3];
        FunctionCatalog.TryFind("bin", out var bin);
        var kernel = bin!.Signatures[0].Kernel!(new CallShape([KqlType.Real, KqlType.Real], [null, 1.0]));
        var site = new CallSite(KqlType.Real, 0, CancellationToken.None);
        var column = kernel.Evaluate(site, [new FlatColumn<double>(KqlType.Real, values), Constants.Create(KqlType.Real, 1.0, 10)], 10);
        double[] expected = [0, 0, 1, 5, 5, -1, double.NaN, 0, double.PositiveInfinity, 3];
        Assert.Equal(expected, ((Column<double>)column).Flatten().ToArray());
    }

    [Fact]
    public void AnchoredBinsStandOnTheirPoint()
    {
        Assert.Equal(4.5, Evaluate("bin_at", 6.5, 2.5, 7));
        Assert.Equal(TimeSpan.FromHours(-12).Ticks, Evaluate("bin_at", TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromHours(12)));
        Assert.Equal("2017-05-14T12:00:00.0000000Z", Written(Evaluate("bin_at", At("2017-05-15 10:20"), TimeSpan.FromDays(1), At("1970-01-01 12:00"))));
        Assert.Equal("2017-05-14T00:00:00.0000000Z", Written(Evaluate("bin_at", At("2017-05-17 10:20"), TimeSpan.FromDays(7), At("2017-06-04"))));
    }

    [Fact]
    public void TheClockIsTheQuerys()
    {
        Assert.Equal(Now.Ticks, Evaluate("now"));
        Assert.Equal(Now.AddDays(-2).Ticks, Evaluate("now", TimeSpan.FromDays(-2)));
        Assert.Equal(Now.AddHours(-1).Ticks, Evaluate("ago", TimeSpan.FromHours(1)));
        Assert.Equal(Now.AddHours(1).Ticks, Evaluate("ago", TimeSpan.FromHours(-1)));
        Assert.Null(Evaluate("ago", Null(KqlType.TimeSpan)));
        Assert.Null(Evaluate("ago", TimeSpan.MaxValue));
    }

    [Fact]
    public void DatetimesAreMadeOfTheirParts()
    {
        Assert.Equal("2017-10-01T00:00:00.0000000Z", Written(Evaluate("make_datetime", 2017, 10, 1)));
        Assert.Equal("2017-10-01T12:10:00.0000000Z", Written(Evaluate("make_datetime", 2017, 10, 1, 12, 10)));
        Assert.Equal("2017-10-01T12:11:00.1234567Z", Written(Evaluate("make_datetime", 2017, 10, 1, 12, 11, 0.1234567)));
        Assert.Equal("2017-10-01T00:00:00.0000000Z", Written(Evaluate("make_datetime", "2017-10-01")));
        Assert.Null(Evaluate("make_datetime", 2017, 13, 1));
        Assert.Null(Evaluate("make_datetime", 2017, 2, 29));
        Assert.Null(Evaluate("make_datetime", 2017, 2, 2, 24));
        Assert.Null(Evaluate("make_datetime", 2017, 2, Null(KqlType.Long)));
    }

    [Fact]
    public void TimespansAreMadeOfTheirParts()
    {
        Assert.Equal(new TimeSpan(1, 12, 30, 55, 123).Ticks, Evaluate("make_timespan", 1, 12, 30, 55.123));
        Assert.Equal(new TimeSpan(1, 12, 0).Ticks, Evaluate("make_timespan", 1, 12));
        Assert.Equal(new TimeSpan(1, 12, 30).Ticks, Evaluate("make_timespan", 1, 12, 30));
        Assert.Null(Evaluate("make_timespan", 1, 60));
        Assert.Null(Evaluate("make_timespan", 1, 1, -1));
    }

    [Theory]
    [InlineData("seconds", 1546300800L)]
    [InlineData("milliseconds", 1546300800000L)]
    [InlineData("microseconds", 1546300800000000L)]
    [InlineData("nanoseconds", 1546300800000000000L)]
    public void UnixTimesCountFrom1970(string unit, long value)
    {
        Assert.Equal("2019-01-01T00:00:00.0000000Z", Written(Evaluate($"unixtime_{unit}_todatetime", value)));
        Assert.Equal("1970-01-01T00:00:00.0000000Z", Written(Evaluate($"unixtime_{unit}_todatetime", 0.0)));
    }

    [Fact]
    public void UnixTimesHaveFractionsAndLimits()
    {
        Assert.Equal("1969-12-31T23:59:58.5000000Z", Written(Evaluate("unixtime_seconds_todatetime", -1.5)));
        Assert.Null(Evaluate("unixtime_seconds_todatetime", long.MaxValue));
        Assert.Null(Evaluate("unixtime_seconds_todatetime", double.NaN));
    }

    [Theory]
    [InlineData("yy-MM-dd [HH:mm:ss]", "17-01-29 [09:00:05]")]
    [InlineData("yyyy-M-dd [H:mm:ss]", "2017-1-29 [9:00:05]")]
    [InlineData("yy-MM-dd [hh:mm:ss tt]", "17-01-29 [09:00:05 AM]")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "2017-01-29T09:00:05Z")]
    public void DatetimesAreWrittenInTheirFormat(string format, string expected) =>
        Assert.Equal(expected, Evaluate("format_datetime", At("2017-01-29 09:00:05"), format));

    [Theory]
    // The table of page format-datetime-function.
    [InlineData("2009-06-15T13:45:30.6175420", "ffff", "6175")]
    [InlineData("2009-06-15T13:45:30.0001150", "fffffff", "0001150")]
    [InlineData("2009-06-15T13:45:30.0001150", "FFFFFFF", "000115")]
    [InlineData("2009-06-15T13:45:30.0500000", "F", "")]
    [InlineData("2009-06-15T13:45:30", "h tt", "1 PM")]
    [InlineData("0900-01-01T00:00:00", "y yy yyyy hh", "0 00 0900 12")]
    public void DatetimeElementsAreThoseOfTheTable(string date, string format, string expected) =>
        Assert.Equal(expected, Evaluate("format_datetime", At(date), format));

    [Theory]
    [InlineData("MMM")]
    [InlineData("dddd")]
    [InlineData("")]
    [InlineData("yyyy week")]
    public void FormatsThatAreNotDocumentedAreRefused(string format) =>
        Assert.Equal(KqlType.Error, TypeOf("format_datetime", At("2017-01-29"), format));

    [Fact]
    public void AComplaintNamesWhatIsWrong()
    {
        FunctionCatalog.TryFind("format_datetime", out var format);
        var call = new CallShape([KqlType.DateTime, KqlType.String], [null, "yyyy-MMM"]);
        Assert.Equal("The format element `MMM`", format!.Signatures[0].Complaint!(call).What);
        FunctionCatalog.TryFind("datetime_diff", out var diff);
        call = new CallShape([KqlType.String, KqlType.DateTime, KqlType.DateTime], ["fortnight", null, null]);
        Assert.Equal("The unit `fortnight` of `datetime_diff`", diff!.Signatures[0].Complaint!(call).What);
        Assert.Contains("week", diff.Signatures[0].Complaint!(call).Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dd.hh:mm:ss:FF", "29.09:00:05:12")]
    [InlineData("ddd.h:mm:ss [fffffff]", "029.9:00:05 [1234500]")]
    public void TimespansAreWrittenInTheirFormat(string format, string expected) =>
        Assert.Equal(expected, Evaluate("format_timespan", new TimeSpan(Ticks("29.09:00:05.12345")), format));

    [Fact]
    public void ZonesMoveTimesBothWays()
    {
        // Page datetime-local-to-utc-function.
        var local = At("2020-02-02 20:02:20");
        Assert.Equal("2020-02-03T04:02:20.0000000Z", Written(Evaluate("datetime_local_to_utc", local, "US/Pacific")));
        Assert.Equal("2020-02-03T02:02:20.0000000Z", Written(Evaluate("datetime_local_to_utc", local, "America/Chicago")));
        Assert.Equal("2020-02-02T19:02:20.0000000Z", Written(Evaluate("datetime_local_to_utc", local, "Europe/Paris")));
        Assert.Equal("2020-02-02T21:02:20.0000000Z", Written(Evaluate("datetime_utc_to_local", local, "Europe/Paris")));
        Assert.Null(Evaluate("datetime_utc_to_local", local, "Europe/Atlantis"));
    }

    [Theory]
    // The same page: the clocks of Brussels went from 02:00 to 03:00.
    [InlineData("2022-03-27 01:00", "2022-03-27T00:00:00.0000000Z")]
    [InlineData("2022-03-27 02:00", "2022-03-27T00:00:00.0000000Z")]
    [InlineData("2022-03-27 03:00", "2022-03-27T01:00:00.0000000Z")]
    public void SkippedTimesAreTakenAsAhead(string local, string expected) =>
        Assert.Equal(expected, Written(Evaluate("datetime_local_to_utc", At(local), "Europe/Brussels")));

    [Fact]
    public void ZonesAreListed() => Assert.Contains("\"Europe/Paris\"", Call("datetime_list_timezones"));

    private static long Ticks(string span) => TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture).Ticks;

    [Fact]
    public void AssertionsFailWithTheirMessage()
    {
        Assert.Equal(true, Evaluate("assert", true, "unheard"));
        var failed = Assert.Throws<CallFailedException>(() => Evaluate("assert", false, "Length must be greater than zero"));
        Assert.Equal("assert() has failed with message: 'Length must be greater than zero'.", failed.Message);
    }
}
