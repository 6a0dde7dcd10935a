using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Types;

public class DynamicTextTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("-0.25e2", "-25.0")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9.223372036854776E+18")]
    [InlineData(" [ 1 , true , null , \"a\" ] ", "[1,true,null,\"a\"]")]
    [InlineData("{\"b\":{},\"a\":[],\"b\":2}", "{\"b\":2,\"a\":[]}")]
    [InlineData("\"\\u0041\\n\\/\"", "\"A\\n/\"")]
    public void StrictJsonIsReadAndWrittenCompactly(string text, string expected)
    {
        Assert.True(DynamicText.TryParse(text, out var value));
        Assert.Equal(expected, DynamicText.Format(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("+1")]
    [InlineData("'a'")]
    [InlineData("[1,]")]
    [InlineData("{\"a\"}")]
    [InlineData("{a:1}")]
    [InlineData("[1] 2")]
    [InlineData("True")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"a")]
    [InlineData("1h")]
    public void TextThatIsNotJsonIsRefused(string text) => Assert.False(DynamicText.TryParse(text, out _));

    [Theory]
    [InlineData("{'a': 1, \"b\": [1h, datetime(2020-01-01), dynamic([1.])]}",
        "{\"a\":1,\"b\":[\"01:00:00\",\"2020-01-01T00:00:00.0000000Z\",[1.0]]}")]
    [InlineData("[True, real(nan), long(null), decimal(1.50)]", "[true,\"NaN\",null,\"1.50\"]")]
    [InlineData("[ // first\n 1, @'a\\b', h'x' ]", "[1,\"a\\\\b\",\"x\"]")]
    public void LiteralsMayBeLooser(string text, string expected)
    {
        Assert.True(DynamicText.TryParseLenient(text, out var value));
        Assert.Equal(expected, DynamicText.Format(value));
    }

    [Fact]
    public void WholeNumbersAreLongAndOthersDouble()
    {
        Assert.True(DynamicText.TryParse("[1, 1.0, 1e0]", out var value));
        Assert.Equal<object?>([1L, 1.0, 1.0], (DynamicArray)value!);
    }

    [Fact]
    public void LiteralInsideAQueryEndsBehindItsValue()
    {
        const string Query = "print dynamic( [1] ) | take 1";
        Assert.True(DynamicText.TryParseLiteral(Query, 14, out _, out var end));
        Assert.Equal(19, end);
    }

    [Fact]
    public void NestingBeyondTheLimitIsRefusedInsteadOfOverflowingTheStack()
    {
        var text = new string('[', 100_000) + new string(']', 100_000);
        Assert.False(DynamicText.TryParse(text, out _));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c\nd\u0001", "\"a\\\"b\\\\c\\nd\\u0001\"")]
    public void QuotedStringsReadBackAsTheyWere(string value, string expected)
    {
        Assert.Equal(expected, StringText.Quote(value));
        Assert.True(StringText.TryUnescape(expected.AsSpan(1, expected.Length - 2), out var back, out _));
        Assert.Equal(value, back);
    }

    [Theory]
    [InlineData("a\\d", 1)]
    [InlineData("\\u12", 0)]
    [InlineData("ab\\", 2)]
    public void UnknownEscapesAreLocated(string inside, int expected)
    {
        Assert.False(StringText.TryUnescape(inside, out _, out var at));
        Assert.Equal(expected, at);
    }
}
