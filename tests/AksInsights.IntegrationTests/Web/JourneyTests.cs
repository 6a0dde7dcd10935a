using System.Net;
using AksInsights.Core.Findings;
using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>What people come for, step by step in a real browser; with scripts and without.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class JourneyTests(WebFixture web)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheWorstFindingIsFoundReadAcknowledgedAndSuppressed(bool scripts)
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(40));
        await using var browser = await web.Browser.OpenAsync(scene.Site, new BrowserPageOptions { Scripts = scripts });
        var page = browser.Page;
        Assert.Equal(200, await browser.GoAsync("/"));
        Assert.Equal("40 open findings", await browser.HeadingAsync());
        await browser.ClickAsync(page.Locator("section", new PageLocatorOptions { HasText = "Worst, and nobody is on it" }).GetByRole(AriaRole.Link).First);

        Assert.Equal(WebStory.Worst, await browser.HeadingAsync());
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("full in about 50 minutes", text, StringComparison.Ordinal);
        Assert.Contains("97.6", text, StringComparison.Ordinal);
        Assert.Contains("<b>not bold</b>", text, StringComparison.Ordinal);
        Assert.Contains("Escalated: from error", text, StringComparison.Ordinal);
        Assert.Contains("let endTime", await page.GetByLabel("KQL").InnerTextAsync(), StringComparison.Ordinal);

        await page.Locator("#acknowledge-name").FillAsync("Ann");
        await page.Locator("#acknowledge-reason").FillAsync("growing the disk");
        await browser.ClickAsync(AriaRole.Button, "Acknowledge");
        Assert.Contains("Acknowledged", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("by Ann", await page.Locator("section", new PageLocatorOptions { HasText = "What people say" }).InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByText("Suppress for a while").ClickAsync();
        Assert.Equal("Ann", await page.Locator("#suppress-name").InputValueAsync());
        await page.Locator("#suppress-reason").FillAsync("the disk grows tonight");
        await page.Locator("#suppress-days").SelectOptionAsync("1");
        await browser.ClickAsync(AriaRole.Button, "Suppress");
        Assert.Contains("Suppressed", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);

        await browser.GoAsync("/findings?workflow=suppressed");
        Assert.Equal("1 finding matches", await page.Locator("#total").InnerTextAsync());
        await browser.ClickAsync(AriaRole.Link, WebStory.Worst);
        await browser.ClickAsync(AriaRole.Button, "Take it back");
        Assert.Contains("Taken back", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("900")]
    [InlineData("soon")]
    public async Task ASuppressionOfNoLengthIsAMistakeAndNothingIsSaid(string days)
    {
        var finding = (await web.Scene.Store.ListAsync(new FindingFilter { Limit = 1 }, default))[0];
        using var client = new HttpClient { BaseAddress = web.Scene.Site };
        using var form = new FormUrlEncodedContent([new("name", "Ann"), new("reason", "known"), new("days", days)]);
        using var answer = await client.PostAsync(new Uri($"findings/{finding.Id}/suppress", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("from 1 to 365", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(finding.Workflow, (await web.Scene.Store.FindAsync(finding.Id, default))!.Workflow);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheListIsNarrowedByTheFormAndTheAddressAloneBringsItBack(bool scripts)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = scripts });
        var page = browser.Page;
        await browser.GoAsync("/findings");
        await Field(page, "text").FillAsync("orders-db");
        await browser.ClickAsync(AriaRole.Button, "Show");
        Assert.Contains("text=orders-db", page.Url, StringComparison.Ordinal);
        Assert.Equal("1 finding matches", await page.Locator("#total").InnerTextAsync());

        await browser.GoAsync("/findings?severity=error&query=pods&namespace=shop&order=newest-first");
        Assert.Equal("error", await Field(page, "severity").InputValueAsync());
        Assert.Equal("pods", await Field(page, "query").InputValueAsync());
        Assert.Equal("shop", await Field(page, "namespace").InputValueAsync());
        Assert.Equal("newest-first", await Field(page, "order").InputValueAsync());
        var rows = await page.Locator("table.findings tbody tr").AllInnerTextsAsync();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains("pods/", row, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains("shop", row, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("warning", row, StringComparison.Ordinal));

        await browser.GoAsync("/findings?text=nothing-is-called-so");
        Assert.Contains("Nothing matches", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task PagesFollowEachOtherUntilEveryFindingWasShownOnce()
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = false });
        await browser.GoAsync("/findings");
        var seen = new List<string?>();
        for (var more = true; more;)
        {
            foreach (var link in await browser.Page.Locator("table.findings .what > a").AllAsync()) seen.Add(await link.GetAttributeAsync("href"));
            var next = browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Next ›" });
            more = await next.CountAsync() > 0;
            if (more) await browser.ClickAsync(next);
        }

        Assert.Equal(WebFixture.Findings, seen.Count);
        Assert.Equal(WebFixture.Findings, seen.Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AQueryIsReadWithItsParametersItsHealthAndItsFindings(bool scripts)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = scripts });
        await browser.GoAsync("/");
        await browser.ClickAsync(AriaRole.Link, "Queries");
        await browser.Page.Locator("[name=area]").SelectOptionAsync("storage");
        if (!scripts) await browser.ClickAsync(AriaRole.Button, "Show");
        await browser.Page.WaitForURLAsync("**/queries?*area=storage*");
        await browser.ClickAsync(browser.Page.Locator("table.queries a[href='/queries/storage/pv-nearly-full']"));
        var text = await browser.Page.Locator("main").InnerTextAsync();
        Assert.Contains("maxUsedShare", text, StringComparison.Ordinal);
        Assert.Contains("0.95", text, StringComparison.Ordinal);
        Assert.Contains("complete", text, StringComparison.Ordinal);
        await browser.ClickAsync(AriaRole.Link, WebStory.Worst);
        Assert.Equal(WebStory.Worst, await browser.HeadingAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task TheDigestTellsWhatIsNewAndLeadsToIt()
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = false });
        await browser.GoAsync("/digests");
        await browser.ClickAsync(AriaRole.Link, WebStory.Worst);
        Assert.Equal(WebStory.Worst, await browser.HeadingAsync());
    }

    [Fact]
    public async Task KeysGoAlongAListAndToTheSearch()
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site);
        await browser.GoAsync("/findings");
        await browser.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await browser.Page.Locator(":focus").InnerTextAsync());
        await browser.Page.Keyboard.PressAsync("j");
        await browser.Page.Keyboard.PressAsync("j");
        await browser.Page.Keyboard.PressAsync("k");
        Assert.Equal(WebStory.Worst, await browser.Page.Locator(":focus").InnerTextAsync());
        await browser.Page.Keyboard.PressAsync("/");
        Assert.Equal("text", await browser.Page.Locator(":focus").GetAttributeAsync("name"));
    }

    [Fact]
    public async Task ColoursAreChosenWithoutAScriptAndRemembered()
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = false });
        await browser.GoAsync("/findings?severity=critical");
        await browser.ClickAsync(browser.Page.Locator(".theme button"));
        await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await browser.ClickAsync(browser.Page.Locator(".theme button"));
        await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.EndsWith("/findings?severity=critical", browser.Page.Url, StringComparison.Ordinal);
    }

    private static ILocator Field(IPage page, string name) => page.Locator($".filters [name={name}]");
}
