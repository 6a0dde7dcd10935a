using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>Expected values: the examples of the functions' reference pages, unless a comment says otherwise.</summary>
public class TextFunctionsTests
{
    private const string Smile = "\ud83d\ude00";

    [Fact]
    public void LengthsCountCharactersAndBytes()
    {
        Assert.Equal("5", Call("strlen", "hello"));
        // One character of four bytes and two units.
        Assert.Equal("3", Call("strlen", $"a{Smile}b"));
        Assert.Equal("6", Call("string_size", $"a{Smile}b"));
        Assert.Equal("15", Call("string_size", "\u26bd\u26bd\u26bd\u26bd\u26bd"));
        Assert.Equal(KqlType.Long, TypeOf("strlen", "a"));
        Assert.Equal("true", Call("isascii", "some string"));
        Assert.Equal("false", Call("isascii", "\u00e9"));
        Assert.Equal("true", Call("isutf8", $"a{Smile}"));
        Assert.Equal("false", Call("isutf8", "\ud83d"));
    }

    [Fact]
    public void StrcatJoinsTheTextsOfAnything()
    {
        Assert.Equal("hello world", Call("strcat", "hello", " ", "world"));
        Assert.Equal("a1true00:00:01", Call("strcat", "a", 1, true, TimeSpan.FromSeconds(1)));
        Assert.Equal("ab", Call("strcat", "a", Null(KqlType.Long), "b"));
        Assert.Equal("1-2-A-00:00:01", Call("strcat_delim", "-", 1, "2", "A", TimeSpan.FromSeconds(1)));
        Assert.Equal("1->2->3", Call("strcat_array", Dyn("[1, 2, 3]"), "->"));
        Assert.Equal("", Call("strcat_array", Dyn("{}"), "->"));
    }

    [Fact]
    public void StrrepRepeats()
    {
        Assert.Equal("ABCABC", Call("strrep", "ABC", 2));
        Assert.Equal("123.123.123", Call("strrep", 123, 3, "."));
        Assert.Equal("00:00:03 00:00:03", Call("strrep", TimeSpan.FromSeconds(3), 2, " "));
        Assert.Equal(1024, Call("strrep", "a", 5000).Length);
    }

    [Theory]
    [InlineData(1, null, "23456")]
    [InlineData(2, 2, "34")]
    [InlineData(-2, 2, "56")]
    [InlineData(-9, 2, "12")]
    [InlineData(9, 2, "")]
    [InlineData(2, 0, "")]
    [InlineData(4, 99, "56")]
    public void SubstringCountsFromEitherEnd(int start, int? length, string expected) =>
        Assert.Equal(expected, length is null ? Call("substring", "123456", start) : Call("substring", "123456", start, length.Value));

    [Fact]
    public void PositionsAreThoseOfCharacters()
    {
        Assert.Equal("b", Call("substring", $"{Smile}b", 1));
        Assert.Equal(Smile, Call("substring", $"a{Smile}b", 1, 1));
        Assert.Equal("2", Call("indexof", $"a{Smile}b", "b"));
        Assert.Equal($"b{Smile}a", Call("reverse", $"a{Smile}b"));
    }

    [Fact]
    public void CaseAndOrderOfATextChange()
    {
        Assert.Equal("HELLO", Call("toupper", "Hello"));
        Assert.Equal("hello", Call("tolower", "Hello"));
        Assert.Equal("54.321", Call("reverse", 123.45));
        Assert.Equal("Z0000000.00:00:21T51-01-7102", Call("reverse", new DateTime(2017, 10, 15, 12, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void SplitGivesAnArrayAlways()
    {
        Assert.Equal("[\"aa\",\"bb\"]", Call("split", "aa_bb", "_"));
        Assert.Equal("[\"bbb\"]", Call("split", "aaa_bbb_ccc", "_", 1));
        Assert.Equal("[\"\"]", Call("split", "", "_"));
        Assert.Equal("[\"a\",\"\",\"b\"]", Call("split", "a__b", "_"));
        Assert.Equal("[\"aa\",\"cc\"]", Call("split", "aabbcc", "bb"));
        Assert.Equal("[]", Call("split", "a_b", "_", 7));
    }

    [Fact]
    public void TrimTakesARegularExpressionOffTheEnds()
    {
        Assert.Equal("https://bing.com", Call("trim", "--", "--https://bing.com--"));
        Assert.Equal("Te st1", Call("trim", @"[^\w]+", "-  Te st1// $"));
        Assert.Equal("Te st1// $", Call("trim_start", @"[^\w]+", "-  Te st1// $"));
        Assert.Equal("-  Te st1", Call("trim_end", @"[^\w]+", "-  Te st1// $"));
        Assert.Equal("bing", Call("trim_end", ".com", "bing.com"));
        Assert.Equal("Hello, world!", Call("trim", @"\s+", "    Hello, world!    "));
        Assert.Equal("", Call("trim", "a", "aaa"));
    }

    [Theory]
    [InlineData("2", "abcdefg", "cde")]
    [InlineData("2", "abcdefg", "cde", 1, 4)]
    [InlineData("-1", "abcdefg", "cde", 1, 2)]
    [InlineData("-1", "abcdefg", "cde", 3, 4)]
    [InlineData("2", "abcdefg", "cde", -5)]
    [InlineData("4", 1234567, 5, 1, 4)]
    [InlineData("2", "abcdefg", "cde", 2, -1)]
    [InlineData("9", "abcdefgabcdefg", "cde", 1, 10, 2)]
    [InlineData("-1", "abcdefgabcdefg", "cde", 1, -1, 3)]
    [InlineData("null", "abcdefg", "cde", 0, -2)]
    [InlineData("null", "abcdefg", "cde", 0, -1, -1)]
    public void IndexOfLooksInAWindow(string expected, params object[] arguments) => Assert.Equal(expected, Call("indexof", arguments));

    [Theory]
    [InlineData("0", "abcabc", "a.c")]
    [InlineData("3", "abcabcdefg", "a.c", 0, 9, 2)]
    [InlineData("-1", "abcabc", "a.c", 1, -1, 2)]
    [InlineData("-1", "ababaa", "a.a", 0, -1, 2)]
    [InlineData("null", "abcabc", "a|ab", -1)]
    public void IndexOfRegexDoesNotOverlap(string expected, params object[] arguments) => Assert.Equal(expected, Call("indexof_regex", arguments));

    [Theory]
    [InlineData("3", "aaa", "a")]
    [InlineData("3", "aaaa", "aa")]
    [InlineData("2", "ababa", "ab", "normal")]
    [InlineData("2", "ababa", "aba")]
    [InlineData("1", "ababa", "aba", "regex")]
    [InlineData("2", "abcabc", "a.c", "regex")]
    public void CountOfOverlapsUnlessItIsARegularExpression(string expected, params object[] arguments) =>
        Assert.Equal(expected, Call("countof", arguments));

    [Theory]
    [InlineData("0", "this is an example", "['this', 'example']")]
    [InlineData("1", "this is an example", "['not', 'example']")]
    [InlineData("-1", "this is an example", "['not', 'found']")]
    [InlineData("1", "Example number 2", "[1, 2, 3]")]
    [InlineData("-1", "this is an example", "[]")]
    public void HasAnyIndexIsThatOfTheFirstTermFound(string expected, string text, string values) =>
        Assert.Equal(expected, Call("has_any_index", text, Dyn(values)));

    [Theory]
    [InlineData("0", "ABC", "ABC")]
    [InlineData("1", "abc", "ABC")]
    [InlineData("-1", "ABC", "abc")]
    [InlineData("1", "abcde", "abc")]
    public void StrcmpComparesCodePoints(string expected, string one, string other) => Assert.Equal(expected, Call("strcmp", one, other));

    [Fact]
    public void ExtractTakesAGroupAndConvertsIt()
    {
        Assert.Equal("12", Call("extract", @"-(\d{2})-", 1, "15-12-2024", "int"));
        Assert.Equal(KqlType.Int, TypeOf("extract", @"-(\d{2})-", 1, "15-12-2024", "int"));
        Assert.Equal("JohnDoe", Call("extract", "User: ([^,]+)", 1, "User: JohnDoe, Email: johndoe@example.com, Age: 29"));
        Assert.Equal("ab", Call("extract", "(a)b", 0, "xab"));
        Assert.Equal("", Call("extract", "(a)b", 1, "c"));
        Assert.Equal("null", Call("extract", "(a)b", 1, "c", "long"));
        Assert.Equal("null", Call("extract", "([a-z]+)", 1, "abc", "long"));
        Assert.Equal("00:00:05", Call("extract", @"took (\S+)", 1, "took 00:00:05", "timespan"));
        Assert.Throws<CallFailedException>(() => Call("extract", "(?=a)", 0, "a"));
    }

    [Fact]
    public void ExtractAllTakesEveryMatch()
    {
        const string Id = "82b8be2d-dfa7-4bd1-8f63-24ad26d31449";
        Assert.Equal("[\"123\",\"567\",\"789\"]", Call("extract_all", @"(\d+)", "a set of numbers: 123, 567 and 789"));
        Assert.Equal(
            "[[\"8\",\"2b8be2\",\"d\"],[\"d\",\"fa\",\"7\"],[\"4\",\"bd\",\"1\"],[\"8\",\"f6\",\"3\"],[\"2\",\"4ad26d3144\",\"9\"]]",
            Call("extract_all", @"(\w)(\w+)(\w)", Id));
        Assert.Equal(
            "[[\"8\",\"d\"],[\"d\",\"7\"],[\"4\",\"1\"],[\"8\",\"3\"],[\"2\",\"9\"]]",
            Call("extract_all", @"(\w)(\w+)(\w)", Dyn("[1,3]"), Id));
        Assert.Equal(
            Call("extract_all", @"(\w)(\w+)(\w)", Id),
            Call("extract_all", @"(?P<first>\w)(?P<middle>\w+)(?P<last>\w)", Dyn("['first',2,'last']"), Id));
        Assert.Equal("null", Call("extract_all", "(x)", Id));
    }

    [Theory]
    [InlineData("$.name", null, "John")]
    [InlineData("$.age", "long", "30")]
    [InlineData("$.age", null, "30")]
    [InlineData("$['tags'][1].x", null, "y")]
    [InlineData("$.tags", null, "[1,{\"x\":\"y\"}]")]
    [InlineData("$.none", null, "")]
    [InlineData("$.none.deeper", "long", "null")]
    public void ExtractJsonFollowsAPath(string path, string? type, string expected)
    {
        const string Json = "{\"name\": \"John\", \"age\": 30, \"tags\": [1, {\"x\": \"y\"}]}";
        Assert.Equal(expected, type is null ? Call("extract_json", path, Json) : Call("extractjson", path, Json, type));
    }

    [Fact]
    public void ReplaceRegexPutsGroupsBack()
    {
        Assert.Equal("Number was: 1", Call("replace_regex", "Number is 1", @"is (\d+)", @"was: \1"));
        Assert.Equal("Number was: 1", Call("replace", @"is (\d+)", @"was: \1", "Number is 1"));
        Assert.Equal("[a][b]$1", Call("replace_regex", "ab", "[ab]", @"[\0]") + "$1");
        Assert.Equal("$1", Call("replace_regex", "a", "(a)", "$1"));
    }

    [Fact]
    public void ReplaceStringsGoesOnceFromLeftToRight()
    {
        const string Message = "This is an example of using replace_strings()";
        Assert.Equal("A magic trick can turn a hamster into a dog", Call("replace_string", "A magic trick can turn a cat into a dog", "cat", "hamster"));
        Assert.Equal("A magic trick can turn a dog into a pigeon", Call("replace_strings", "A magic trick can turn a cat into a dog", Dyn("['cat', 'dog']"), Dyn("['dog', 'pigeon']")));
        Assert.Equal("This was an example of using replace_strings()", Call("replace_strings", Message, Dyn("['This', 'is']"), Dyn("['This', 'was']")));
        Assert.Equal("Thwas was an example of using replace_strings()", Call("replace_strings", Message, Dyn("['is', 'This']"), Dyn("['was', 'This']")));
        Assert.Equal("This was an example of using replace_strings()", Call("replace_strings", Message, Dyn("['This', 'is']"), Dyn("[12345, 'was']")));
    }

    [Theory]
    [InlineData("abc", "x", "abc", "xxx")]
    [InlineData("abc", "", "ab", "")]
    [InlineData("krasp", "otsku", "spark", "kusto")]
    public void TranslateExchangesCharacters(string search, string replacement, string source, string expected) =>
        Assert.Equal(expected, Call("translate", search, replacement, source));

    [Fact]
    public void CodePointsMakeTextsAndBack()
    {
        Assert.Equal("Kusto", Call("unicode_codepoints_to_string", 75, 117, 115, 116, 111));
        Assert.Equal("Kusto", Call("make_string", Dyn("[75, 117, 115]"), 116, 111));
        Assert.Equal("", Call("make_string", 75, -1));
        Assert.Equal("[75,117,115,116,111]", Call("unicode_codepoints_from_string", "Kusto"));
        Assert.Equal("[128512]", Call("to_utf8", Smile));
    }

    [Fact]
    public void ToHexWritesTwosComplement()
    {
        Assert.Equal("100", Call("tohex", 256));
        Assert.Equal("ffffffffffffff00", Call("tohex", -256));
        Assert.Equal("ffffff00", Call("tohex", new Typed(KqlType.Int, -256), 8));
        Assert.Equal("00000100", Call("tohex", 256, 8));
        Assert.Equal("100", Call("tohex", 256, 2));
    }

    [Theory]
    [InlineData("isempty", "true", "false")]
    [InlineData("isnotempty", "false", "true")]
    [InlineData("notempty", "false", "true")]
    [InlineData("isnull", "false", "false")]
    [InlineData("isnotnull", "true", "true")]
    public void ATextIsEmptyButNeverNull(string name, string ofEmpty, string ofText)
    {
        Assert.Equal(ofEmpty, Call(name, ""));
        Assert.Equal(ofText, Call(name, "x"));
    }

    [Theory]
    [InlineData(KqlType.Bool)]
    [InlineData(KqlType.Int)]
    [InlineData(KqlType.Real)]
    [InlineData(KqlType.Decimal)]
    [InlineData(KqlType.DateTime)]
    [InlineData(KqlType.TimeSpan)]
    [InlineData(KqlType.Guid)]
    [InlineData(KqlType.Dynamic)]
    public void EveryOtherTypeMayBeNull(KqlType type)
    {
        Assert.Equal("true", Call("isnull", Null(type)));
        Assert.Equal("true", Call("isempty", Null(type)));
        Assert.Equal("false", Call("notnull", Null(type)));
    }

    [Fact]
    public void EmptyContainersAreNeitherNullNorEmpty()
    {
        Assert.Equal("false", Call("isempty", Dyn("[]")));
        Assert.Equal("false", Call("isnull", Dyn("{}")));
        Assert.Equal("false", Call("isempty", 0));
    }

    [Fact]
    public void AQuotedTextMatchesItselfOnly()
    {
        const string Text = "(so$me.Te^xt)[a-z]{2}|\\";
        Assert.Equal(@"\(so\$me\.Te\^xt\)", Call("regex_quote", "(so$me.Te^xt)"));
        Assert.Equal("1", Call("countof", Text, Call("regex_quote", Text), "regex"));
    }

    [Theory]
    [InlineData("564 Bytes", 564)]
    [InlineData("10.1 KB", 10332, 1)]
    [InlineData("19 MB", 20010332)]
    [InlineData("19.08 MB", 20010332, 2)]
    [InlineData("19541 KB", 20010332, 0, "KB")]
    [InlineData("", 1, 0, "pages")]
    public void BytesHaveAUnit(string expected, params object[] arguments) => Assert.Equal(expected, Call("format_bytes", arguments));

    [Fact]
    public void AFailedAssertionSaysItsMessage()
    {
        Assert.Equal("true", Call("assert", true, "never seen"));
        var failed = Assert.Throws<CallFailedException>(() => Call("assert", false, "Length must be greater than zero"));
        Assert.Contains("Length must be greater than zero", failed.Message, StringComparison.Ordinal);
    }
}
