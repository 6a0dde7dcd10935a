using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Service.Commands;
using static AksInsights.Tests.Rightsizing.AdviceSamples;

namespace AksInsights.Tests.Rightsizing;

public sealed class AdviceHtmlTests
{
    [Fact]
    public void NamesAreShownAndNotObeyed()
    {
        var page = Page(Key(workload: "<script>alert(1)</script>", space: "a\" onload=\"x"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onload=\"x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChangeHasAPictureOfEachResourceAndNothingIsFetched()
    {
        var page = Page(Key());
        Assert.Equal(2, page.Split("<svg ").Length - 1);
        Assert.Equal(page.Split("<svg ").Length, page.Split("</svg>").Length);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        // Drawn with points as decimal marks, whatever the culture.
        Assert.DoesNotMatch("=\"[0-9]+,[0-9]+\"", page);
    }

    [Fact]
    public void JsonIsWhatProposeReads()
    {
        using var text = new StringWriter();
        AdviceFiles.WriteJson(View(Key()), text);
        var read = Assert.Single(RecommendationJson.Read(text.ToString(), out var mistake));
        Assert.Null(mistake);
        var written = Change(Steady(Resources("1", "1", "2Gi", "2Gi")));
        Assert.Equal((written.Proposed, written.Current, written.MonthlySaving, written.Backtest), (read.Proposed, read.Current, read.MonthlySaving, read.Backtest));
    }

    private static string Page(ContainerKey key)
    {
        using var text = new StringWriter();
        AdviceHtml.Write([View(key)], text);
        return text.ToString();
    }

    private static AdviceView View(ContainerKey key) => new(
        LeastCostPolicy.Default,
        AdviceReport.Of([Advise(Steady(Resources("1", "1", "2Gi", "2Gi"), key: key))], []),
        Prices,
        new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero),
        Detailed: false);
}
