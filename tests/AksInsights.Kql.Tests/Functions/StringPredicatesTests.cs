using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Tests.Functions;

public class StringPredicatesTests
{
    [Theory]
    [InlineData("KustoExplorerQueryRun", "Explorer", false)]
    [InlineData("Kusto Explorer", "explorer", true)]
    [InlineData("kube-system/coredns-5d78c9869d-abcde", "coredns", true)]
    [InlineData("kube-system/coredns-5d78c9869d-abcde", "coredns-5d78c9869d", true)]
    [InlineData("kube-system/coredns-5d78c9869d-abcde", "coredns-5d78", false)]
    [InlineData("my_pod_name", "pod", true)]
    [InlineData("mypod pod", "pod", true)]
    [InlineData("mypod", "pod", false)]
    [InlineData("a -- b", "--", true)]
    [InlineData("a--b", "--b", true)]
    [InlineData("a--bc", "--b", false)]
    [InlineData("North America", "am", false)]
    [InlineData("", "a", false)]
    [InlineData("a", "", true)]
    public void HasWantsWholeTerms(string text, string needle, bool expected) =>
        Assert.Equal(expected, StringPredicates.Has(text, needle, ignoreCase: true));

    [Theory]
    [InlineData("North America", "ame", true, false)]
    [InlineData("North America", "ica", false, true)]
    [InlineData("North America", "meri", false, false)]
    [InlineData("North America", "north am", true, false)]
    [InlineData("North America", "TH AMERICA", false, true)]
    public void PrefixAndSuffixAreThoseOfTerms(string text, string needle, bool prefix, bool suffix)
    {
        Assert.Equal(prefix, StringPredicates.HasPrefix(text, needle, ignoreCase: true));
        Assert.Equal(suffix, StringPredicates.HasSuffix(text, needle, ignoreCase: true));
    }

    [Fact]
    public void CaseCountsUnlessIgnored()
    {
        Assert.False(StringPredicates.Has("North America", "america", ignoreCase: false));
        Assert.False(StringPredicates.Contains("FabriKam", "BRik", ignoreCase: false));
        Assert.True(StringPredicates.Contains("FabriKam", "BRik", ignoreCase: true));
        Assert.True(StringPredicates.StartsWith("Fabrikam", "fab", ignoreCase: true));
        Assert.False(StringPredicates.StartsWith("Fabrikam", "fab", ignoreCase: false));
        Assert.True(StringPredicates.EndsWith("Fabrikam", "KAM", ignoreCase: true));
        Assert.False(StringPredicates.EndsWith("Fabrikam", "KAM", ignoreCase: false));
    }
}
