using AksInsights.Core.Findings;
using AksInsights.Service.Web;

namespace AksInsights.Tests.Web;

/// <summary>What may come of the library's Markdown, and of names that a cluster gave.</summary>
public sealed class MarkdownHtmlTests
{
    [Fact]
    public void TagsAreShownAndNotObeyed() =>
        Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt; <strong>bold</strong></p>\n", MarkdownHtml.Render("<script>alert(1)</script> **bold**").Value);

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,x)")]
    [InlineData("![x](https://elsewhere.example/x.png)")]
    public void LinksLeadToPagesOnly(string markdown)
    {
        var html = MarkdownHtml.Render(markdown).Value;
        Assert.DoesNotContain("javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("data:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AWebLinkStays() => Assert.Contains("href=\"https://kubernetes.io/docs\"", MarkdownHtml.Render("[docs](https://kubernetes.io/docs)").Value, StringComparison.Ordinal);

    [Fact]
    public void CommandsHaveTheNamesOfTheFinding()
    {
        var key = new FindingKey([new("namespace", "shop"), new("workload", "a`**b")]);
        Assert.Equal("<p><code>kubectl -n shop get &lt;workload&gt;</code></p>\n", MarkdownHtml.Render("`kubectl -n <namespace> get <workload>`", key).Value);
    }
}
