using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions;

public class ConversionsTests
{
    private static readonly DateTime Noon = new(2017, 10, 15, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void EveryScalarHasItsText()
    {
        Assert.Equal("123", Call("tostring", 123));
        Assert.Equal("1", Call("tostring", 1.0));
        Assert.Equal("123.45", Call("tostring", 123.45));
        Assert.Equal("0.1", Call("tostring", 0.1));
        Assert.Equal("NaN", Call("tostring", double.NaN));
        Assert.Equal("true", Call("tostring", true));
        Assert.Equal("123.45678", Call("tostring", 123.45678m));
        Assert.Equal("2017-10-15T12:00:00.0000000Z", Call("tostring", Noon));
        Assert.Equal("03:00:00", Call("tostring", TimeSpan.FromHours(3)));
        Assert.Equal("-1.02:03:04.5000000", Call("tostring", -new TimeSpan(1, 2, 3, 4, 500)));
        Assert.Equal("70fc66f7-8279-44fc-9092-d364d70fce44", Call("tostring", Guid.Parse("70fc66f7-8279-44fc-9092-d364d70fce44")));
        Assert.Equal("a", Call("tostring", "a"));
    }

    [Theory]
    [InlineData(KqlType.Bool)]
    [InlineData(KqlType.Long)]
    [InlineData(KqlType.Real)]
    [InlineData(KqlType.Decimal)]
    [InlineData(KqlType.DateTime)]
    [InlineData(KqlType.TimeSpan)]
    [InlineData(KqlType.Guid)]
    [InlineData(KqlType.Dynamic)]
    public void NullHasNoTextAndStaysNullElsewhere(KqlType type)
    {
        Assert.Equal("", Call("tostring", Null(type)));
        Assert.Equal("null", Call("tolong", Null(type)));
    }

    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "true")]
    [InlineData("[1,'a',null]", "[1,\"a\",null]")]
    [InlineData("{'a':{'b':1}}", "{\"a\":{\"b\":1}}")]
    [InlineData("datetime(2017-10-15)", "2017-10-15T00:00:00.0000000Z")]
    [InlineData("1h", "01:00:00")]
    public void ADynamicHasTheTextOfWhatItHolds(string literal, string expected) =>
        Assert.Equal(expected, Call("tostring", Dyn(literal)));

    [Theory]
    [InlineData("123", "123")]
    [InlineData(" -5 ", "-5")]
    [InlineData("0x1F", "31")]
    [InlineData("2.9", "2")]
    [InlineData("abc", "null")]
    [InlineData("", "null")]
    [InlineData("9223372036854775808", "null")]
    public void TextThatIsAWholeNumberConverts(string text, string expected)
    {
        Assert.Equal(expected, Call("tolong", text));
        Assert.Equal(expected, Call("tolong", new Typed(KqlType.Dynamic, text)));
    }

    [Fact]
    public void FractionsAreCutOffAndWhatDoesNotFitIsNull()
    {
        Assert.Equal("2", Call("toint", 2.3));
        Assert.Equal("-2", Call("tolong", -2.9));
        Assert.Equal("null", Call("toint", 3_000_000_000L));
        Assert.Equal("null", Call("tolong", 1e19));
        Assert.Equal("null", Call("tolong", double.NaN));
        Assert.Equal("null", Call("todecimal", 1e30));
        Assert.Equal("null", Call("todecimal", double.PositiveInfinity));
        Assert.Equal("1", Call("tolong", true));
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("1", "true")]
    [InlineData("0", "false")]
    [InlineData("yes", "null")]
    public void TextThatIsATruthValueConverts(string text, string expected) => Assert.Equal(expected, Call("tobool", text));

    [Fact]
    public void NumbersOtherThanZeroAreTrue()
    {
        Assert.Equal("true", Call("tobool", 123));
        Assert.Equal("false", Call("toboolean", 0.0));
        Assert.Equal("true", Call("tobool", Dyn("0.5")));
        Assert.Equal("null", Call("tobool", Noon));
    }

    [Fact]
    public void OtherTypesAreReadFromText()
    {
        Assert.Equal("123.4", Call("toreal", "123.4"));
        Assert.Equal("123.45678", Call("todecimal", "123.45678"));
        Assert.Equal("2015-12-24T00:00:00.0000000Z", Call("todatetime", "2015-12-24"));
        Assert.Equal("null", Call("todatetime", "no date"));
        Assert.Equal("00:01:00", Call("totimespan", "0.00:01:00"));
        Assert.Equal("null", Call("totime", "soon"));
        Assert.Equal("70fc66f7-8279-44fc-9092-d364d70fce44", Call("toguid", "70fc66f7-8279-44fc-9092-d364d70fce44"));
        Assert.Equal("null", Call("toguid", "1"));
    }

    [Fact]
    public void TicksGoBothWays()
    {
        Assert.Equal(Noon.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture), Call("tolong", Noon));
        Assert.Equal("2017-10-15T12:00:00.0000000Z", Call("todatetime", Noon.Ticks));
        Assert.Equal("null", Call("todatetime", -1));
        Assert.Equal("10000000", Call("tolong", TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("{\"a\": [1, 2.5, null]}", "{\"a\":[1,2.5,null]}")]
    [InlineData("not json", "not json")]
    [InlineData("", "null")]
    [InlineData("null", "null")]
    [InlineData("'a'", "'a'")]
    public void ParseJsonReadsJsonAndKeepsOtherText(string json, string expected) => Assert.Equal(expected, Call("parse_json", json));

    [Fact]
    public void ParseJsonPassesADynamicOn() => Assert.Equal("[1]", Call("todynamic", Dyn("[1]")));

    [Theory]
    [InlineData("\"abc\"", "string")]
    [InlineData("{\"abc\":1}", "dictionary")]
    [InlineData("[1,2,3]", "array")]
    [InlineData("1", "int")]
    [InlineData("1.5", "real")]
    [InlineData("null", "null")]
    public void GetTypeTellsWhatADynamicHolds(string literal, string expected) => Assert.Equal(expected, Call("gettype", Dyn(literal)));

    [Fact]
    public void GetTypeTellsTheTypeOfAScalar()
    {
        Assert.Equal("string", Call("gettype", "a"));
        Assert.Equal("long", Call("gettype", 111));
        Assert.Equal("timespan", Call("gettype", TimeSpan.FromSeconds(1)));
        Assert.Equal("real", Call("gettype", 123.45));
    }

    [Fact]
    public void EveryPairOfTypesHasAKernelThatTakesNull()
    {
        foreach (var from in Enum.GetValues<KqlType>().Where(t => t != KqlType.Error))
        {
            foreach (var to in Enum.GetValues<KqlType>().Where(t => t != KqlType.Error))
            {
                var site = new CallSite(to, 0, CancellationToken.None);
                var result = Conversions.For(from, to).Evaluate(site, [Constants.Create(from, null, 2)], 2);
                Assert.Equal(to, result.Type);
                Assert.Equal(2, result.Length);
                // A text is never null, so it is its emptiness that converts.
                if (to == KqlType.String) Assert.Equal("", result.Box(1));
                else if (from != KqlType.String) Assert.Null(result.Box(1));
            }
        }
    }
}
