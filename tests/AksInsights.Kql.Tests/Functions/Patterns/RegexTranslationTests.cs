using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Patterns;

namespace AksInsights.Kql.Tests.Functions.Patterns;

public class RegexTranslationTests
{
    [Theory]
    [InlineData("a.c", "xabcx", "abc")]
    [InlineData("(?i)ABC", "xabcx", "abc")]
    [InlineData("a+?", "aaa", "a")]
    [InlineData("(?U)a+", "aaa", "a")]
    [InlineData("(?U)a+?", "aaa", "aaa")]
    [InlineData("(?U:a+)a*", "aaa", "aaa")]
    [InlineData("(?s)a.b", "a\nb", "a\nb")]
    [InlineData("(?m)^b$", "a\nb\nc", "b")]
    [InlineData("[[:digit:]]{2}", "ab12", "12")]
    [InlineData("[[:^alpha:]]+", "ab12cd", "12")]
    [InlineData("[a-z&&[^c]]+", "cabd", "abd")]
    [InlineData("[0-9--4]+", "44356", "356")]
    [InlineData("[a-g~~b-h]+", "bcahd", "ah")]
    [InlineData("[x[^xyz]]+", "yzxab", "xab")]
    [InlineData(@"\p{Greek}+", "abc\u03b1\u03b2", "\u03b1\u03b2")]
    [InlineData(@"\pL+", "12ab", "ab")]
    [InlineData(@"\PL+", "ab12", "12")]
    [InlineData(@"\x41\x{42}\u0043", "ABC", "ABC")]
    [InlineData(@"\Qa.b\E+", "a.bb", "a.bb")]
    [InlineData("(?x) a b # comment (\n c", "abc", "abc")]
    [InlineData("a{x}", "a{x}", "a{x}")]
    [InlineData("[]a]+", "b]a", "]a")]
    [InlineData("[a-]+", "x-a", "-a")]
    [InlineData("\ud83d\ude00+", "\ud83d\ude00\ud83d\ude00", "\ud83d\ude00\ud83d\ude00")]
    [InlineData(@"\bfoo\b", "a foo b", "foo")]
    public void PatternsOfTheLanguageMatch(string pattern, string text, string expected) =>
        Assert.Equal(expected, RegexTranslation.Get(pattern).Match(text).Value);

    [Theory]
    [InlineData("a$", "a\n")]
    [InlineData("a.c", "a\nc")]
    [InlineData(@"\d", "x")]
    public void WhatTheLanguageDoesNotMatchIsNotMatched(string pattern, string text) =>
        Assert.False(RegexTranslation.Get(pattern).IsMatch(text));

    [Theory]
    [InlineData("a(?=b)", "look-ahead")]
    [InlineData("(?<!a)b", "look-behind")]
    [InlineData(@"(a)\1", "back-references")]
    [InlineData(@"(?P<n>a)\k<n>", "back-references")]
    [InlineData("(?>a)", "atomic")]
    [InlineData("(a", "missing")]
    [InlineData("a)", "closes no group")]
    [InlineData("[a", "missing")]
    [InlineData(@"\p{Klingon}", "Klingon")]
    [InlineData(@"\G", @"\G")]
    [InlineData("*a", "cannot be read")]
    [InlineData("(?(a)b)", "opens no group")]
    public void WhatTheLanguageDoesNotHaveIsRefusedByName(string pattern, string reason)
    {
        Assert.False(RegexTranslation.TryGet(pattern, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Throws<CallFailedException>(() => RegexTranslation.Get(pattern));
    }

    [Fact]
    public void GroupsAreNumberedFromLeftToRightWhetherNamedOrNot()
    {
        var pattern = RegexTranslation.Get(@"(?P<first>\w)(\w+)(?P<last>\w)");
        var match = pattern.Match("abcd");
        Assert.Equal(["a", "bc", "d"], Enumerable.Range(1, pattern.GroupCount).Select(i => match.Groups[i].Value));
        Assert.Equal(1, pattern.GroupNumbers["first"]);
        Assert.Equal(3, pattern.GroupNumbers["last"]);
    }

    [Fact]
    public void AnExplodingPatternIsAnsweredAllTheSame() =>
        Assert.False(RegexTranslation.Get("^(a+)+$").IsMatch(new string('a', 40) + "b"));
}
